import { describe, expect, it } from 'vitest';
import { splitDocuments } from './documents.ts';
import { library } from './library.ts';
import { limits } from './limits.ts';
import { readDocument, readNodes } from './read.ts';
import { scan } from './scanner.ts';
import type { Reading } from './value.ts';

function spanOf(text: string) {
  return splitDocuments(text)[0] ?? { start: 0, end: text.length, index: 0 };
}

function read(text: string): Reading | 'library-needed' {
  return readDocument(text, spanOf(text), library);
}

/** Milliseconds that a reading takes. */
function timeOf(run: () => void): number {
  const begin = performance.now();
  run();
  return performance.now() - begin;
}

const tooDeep = { kind: 'beyond-limits', problem: { message: 'more than 256 collections inside each other' } };
const million = 1_000_000;

describe('nesting', () => {
  it.each([
    ['brackets', '['.repeat(million)],
    ['closed brackets', '['.repeat(million) + ']'.repeat(million)],
    ['braces with keys', '{a: '.repeat(million)],
    ['dashes', '- '.repeat(million)],
    ['dashes on the next line', `${'- '.repeat(million)}\n- a`],
    ['lines that are indented further and further', Array.from({ length: 2000 }, (_, column) => `${' '.repeat(column)}a:\n`).join('')],
  ])('of a million %s is beyond the limits at once, for both readers', (_, text) => {
    expect(timeOf(() => expect(read(text)).toMatchObject(tooDeep))).toBeLessThan(2000);
    expect(
      timeOf(() => expect(library.readDocument(text.slice(0, 4 * million), spanOf(text.slice(0, 4 * million)))).toMatchObject(tooDeep)),
    ).toBeLessThan(2000);
  });

  it.each([
    ['questions', '? '.repeat(million)],
    ['brackets behind an anchor', `a: &x ${'['.repeat(million)}`],
  ])('of %s, which only the library reads, does not end the process', (_, text) => {
    expect(read(text)).toMatchObject({ kind: expect.stringMatching(/^(broken|beyond-limits)$/) as string });
  });

  it('is counted the same way by both readers', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{a: ', '}'],
    ] as const) {
      const fits = open.repeat(limits.depth) + close.repeat(limits.depth);
      const exceeds = open + fits + close;
      for (const reader of [(text: string) => scan(text, spanOf(text)), (text: string) => library.readDocument(text, spanOf(text))]) {
        expect(reader(fits).kind).toBe('value');
        expect(reader(exceeds)).toMatchObject(tooDeep);
      }
    }
    const dashes = (count: number) => `${'- '.repeat(count)}x`;
    expect([scan(dashes(256), spanOf(dashes(256))).kind, scan(dashes(257), spanOf(dashes(257))).kind]).toEqual(['value', 'beyond-limits']);
    expect(library.readDocument(dashes(256), spanOf(dashes(256))).kind).toBe('value');
    expect(library.readDocument(dashes(257), spanOf(dashes(257))).kind).toBe('beyond-limits');
  });

  it('counts the depth of what comes through an alias', () => {
    const inner = `a: &a ${'['.repeat(200)}${']'.repeat(200)}\n`;
    expect(read(`${inner}b: ${'['.repeat(50)}*a${']'.repeat(50)}\n`)).toMatchObject({ kind: 'value' });
    expect(read(`${inner}b: ${'['.repeat(60)}*a${']'.repeat(60)}\n`)).toMatchObject(tooDeep);
  });
});

describe('aliases', () => {
  it('that multiply are counted before they are expanded', () => {
    const lines = ['a0: &a0 x'];
    for (let level = 1; level < 12; level += 1)
      lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ')}]`);
    const bomb = lines.join('\n');
    expect(
      timeOf(() =>
        expect(read(bomb)).toMatchObject({ kind: 'beyond-limits', problem: { message: 'more than 1000000 values in one document' } }),
      ),
    ).toBeLessThan(2000);
    expect(readNodes(bomb, spanOf(bomb), library)).toBeUndefined();
  });

  it('that multiply through merge keys are counted too', () => {
    const members = Array.from({ length: 2000 }, (_, index) => `k${index}: 1`).join(', ');
    expect(read(`a: &a {${members}}\nb:\n${'  - <<: *a\n'.repeat(600)}`)).toMatchObject({ kind: 'beyond-limits' });
  });

  it('that contain themselves are beyond the limits', () => {
    const message = 'the content of the anchor "a" contains itself';
    expect(read('a: &a [*a]')).toMatchObject({ kind: 'beyond-limits', problem: { message, range: { start: 7, end: 9 } } });
    expect(read('a: &a\n  b: &b {c: *a}\n')).toMatchObject({ kind: 'beyond-limits', problem: { message } });
    expect(read('a: &a\n  <<: *a\n')).toMatchObject({ kind: 'beyond-limits' });
  });
});

describe('size', () => {
  it('is limited in values, the same for both readers', () => {
    const items = (count: number) => `[${'1,'.repeat(count)}]`;
    const fits = items(limits.nodes - 1);
    const exceeds = items(limits.nodes);
    expect(scan(fits, spanOf(fits)).kind).toBe('value');
    expect(scan(exceeds, spanOf(exceeds))).toMatchObject({
      kind: 'beyond-limits',
      problem: { message: 'more than 1000000 values in one document' },
    });
  });

  it('is limited where only the library can read', () => {
    const large = `a: &x b\nc: "${'d'.repeat(limits.slowDocument)}"\n`;
    expect(read(large)).toMatchObject({ kind: 'beyond-limits', problem: { message: expect.stringContaining('8 MiB') as string } });
    const dense = `a: &x [${'b,'.repeat(600_000)}]`;
    expect(read(dense)).toMatchObject({ kind: 'beyond-limits', problem: { message: expect.stringContaining('1500000 tokens') as string } });
  });

  it.each([
    ['one scalar', `a: ${'b'.repeat(5 * million)}`],
    ['one quoted scalar', `a: "${'b\\n'.repeat(2 * million)}"`],
    ['one scalar of many lines', `a: b\n${'  c\n'.repeat(million)}`],
    ['one quoted scalar of many lines', `a: "b\n${'  c\n\n'.repeat(million / 2)}"`],
    ['one block of text', `a: |\n${'  b\n\n'.repeat(million / 2)}`],
    ['one folded block', `a: >\n${'  b\n\n'.repeat(million / 2)}`],
    ['many keys', Array.from({ length: 100_000 }, (_, index) => `key-${index}: x\n`).join('')],
    ['many numeric keys', Array.from({ length: 100_000 }, (_, index) => `${index * 7919}: x\n`).join('')],
    ['many keys in braces', `{${Array.from({ length: 100_000 }, (_, index) => `key-${index}: x,\n`).join('')}}`],
    ['many items', '- a\n'.repeat(100_000)],
    ['many items in brackets', `[${'a,'.repeat(100_000)}]`],
    ['many comments', `${'# c\n'.repeat(million)}a: b\n${'  # c\n'.repeat(million)}`],
    ['many blank lines', `a: b\n${'\n'.repeat(million)}c: d`],
  ])('of %s is read in linear time', (_, text) => {
    expect(timeOf(() => expect(scan(text, spanOf(text)).kind).toBe('value'))).toBeLessThan(2000);
  });

  it.each([
    ['closing brackets', ']'.repeat(million)],
    ['templates', '{{ x }}\n'.repeat(100_000)],
    ['quotes', '"\n'.repeat(200_000)],
    ['open brackets', 'a: [b\n'.repeat(30_000)],
    ['commas', `[${','.repeat(100_000)}`],
    ['lists for keys', 'a: b\n- c\n'.repeat(20_000)],
    ['blank lines in a block', `a: &x b\nc: |\n${'\n'.repeat(300_000)}  d`],
  ])('of broken text with %s is told in bounded time', (_, text) => {
    expect(timeOf(() => expect(read(text)).not.toMatchObject({ kind: 'library-needed' }))).toBeLessThan(6000);
  });
});

describe('odd characters', () => {
  it.each(['\0', '\x01', '\x1f', '\x7f', '\x80', '\x9f', '\uFFFE', '\uFFFF'])('%j is no YAML, wherever it stands', (character) => {
    for (const text of [`a: ${character}`, `a: "${character}"`, `# ${character}\na: b`, `a: |\n  ${character}\n`, `${character}: a`]) {
      expect(scan(text, spanOf(text)).kind).toBe('refused');
      expect(read(text)).toMatchObject({ kind: 'broken', problems: [{ message: expect.stringContaining('control character') as string }] });
    }
  });

  it('a byte order mark inside a document is a character like others', () => {
    expect(read('a: b\uFEFFc\n')).toEqual({ kind: 'value', value: { a: 'b\uFEFFc' } });
  });

  it('a lone carriage return ends a line, for every reader', () => {
    expect(read('a: b\rc: d\r')).toEqual({ kind: 'value', value: { a: 'b', c: 'd' } });
    const root = readNodes('a: b\rc: d\r', spanOf('a: b\rc: d\r'), library);
    expect(root).toMatchObject({ value: { start: 0, end: 9 } });
  });

  it('NEL and the separators of Unicode do not', () => {
    expect(read('a: b\u0085c\u2028d\u2029e\n')).toEqual({ kind: 'value', value: { a: 'b\u0085c\u2028d\u2029e' } });
  });
});
