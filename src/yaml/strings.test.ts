import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { readDocument } from './read.ts';
import { library } from './library.ts';
import { copyOf, createStrings, KeyTable, ValueTable } from './strings.ts';
import type { Value } from './value.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

describe('shared strings', () => {
  it('are the text that was asked for, whatever takes the same slot', () => {
    const table = new ValueTable(2);
    const text = 'one two three four five six seven eight';
    for (let round = 0; round < 3; round += 1) {
      for (let start = 0; start < text.length; start += 1) {
        // The same hash for all, which only costs speed.
        for (let end = start; end <= text.length; end += 1) expect(table.take(text, start, end, 7)).toBe(text.slice(start, end));
      }
    }
  });

  it('do not mix up keys', () => {
    const table = new KeyTable(2, (text) => (text === '' ? undefined : `<${text}>`));
    expect(['a', 'b', 'a', '', 'constructor', '__proto__', '8080', '01'].map((text) => table.take(text, 0, text.length, 7))).toEqual([
      ...['<a>', '<b>', '<a>', undefined, '<constructor>', '<__proto__>', '<8080>', '<01>'],
    ]);
  });

  it('resolve plain keys and leave quoted ones', () => {
    const { plainKeys, quotedKeys } = createStrings(64);
    expect([plainKeys.take('010', 0, 3, 1), quotedKeys.take('010', 0, 3, 1), plainKeys.take('<<', 0, 2, 2)]).toEqual([
      '8',
      '010',
      undefined,
    ]);
  });
});

describe('memory', () => {
  const makeText = (index: number): string => {
    const name = `name-of-thirty-characters-${String(index).padStart(5, '0')}`;
    return [
      `kept: ${name}`,
      `quoted: "${name}"`,
      `block: |-\n  ${name}`,
      `folded: >-\n  ${name}\n  y`,
      `lines: ${name}\n  y`,
      `flow: [${name}]`,
      `escaped: "${name}\\n"`,
      `single: 'it''s ${name}'`,
      `${name}: key`,
    ]
      .concat(Array.from({ length: 2000 }, (_, line) => `filler-${line}: ${'x'.repeat(80)}`))
      .join('\n');
  };

  it.each(['scanner', 'library'])('of a text is not held by the values that the %s took from it', (reader) => {
    const strings = createStrings(64);
    const kept: unknown[] = [];
    const count = reader === 'scanner' ? 40 : 4;
    const readOne = (index: number): void => {
      const text = reader === 'scanner' ? makeText(index) : `anchor: &x 1\n${makeText(index)}`;
      const reading = readDocument(text, { start: 0, end: text.length, index: 0 }, library, strings);
      const members = new Map<string, Value>(
        reading !== 'library-needed' && reading.kind === 'value' ? Object.entries(reading.value ?? {}) : [],
      );
      kept.push(...['kept', 'quoted', 'block', 'folded', 'lines', 'flow', 'escaped', 'single'].map((name) => members.get(name)));
      kept.push([...members.keys()].filter((name) => name.startsWith('name-')));
    };
    readOne(0);
    const before = heap();
    for (let index = 1; index <= count; index += 1) readOne(index);
    const perText = (heap() - before) / count;
    expect(kept).toHaveLength((count + 1) * 9);
    expect(kept).not.toContain(undefined);
    // A text has 200 kilobytes.
    expect(perText).toBeLessThan(100_000);
  });

  it('is copied, not sliced, also by itself', () => {
    expect(copyOf('0123456789012345678901234567890', 1, 30)).toBe('12345678901234567890123456789');
    expect([copyOf('abc', 1, 1), copyOf('abcdefghijklmnop', 0, 12), copyOf('abcdefghijklmnop', 1, 14)]).toEqual([
      '',
      'abcdefghijkl',
      'bcdefghijklmn',
    ]);
  });
});
