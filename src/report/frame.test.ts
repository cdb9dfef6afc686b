import { describe, expect, it } from 'vitest';
import type { Location } from '../rule/finding.ts';
import { lastLine, markedLine } from './frame.ts';
import { locate } from './samples.ts';
import { displayWidth, wrap } from './width.ts';

/** The line, and below it the mark, as they would be shown. */
function frameOf(location: Location): string {
  const marked = markedLine(location);
  return marked ? `${marked.text}\n${' '.repeat(marked.indent)}${'^'.repeat(marked.length)}` : '';
}

function frame(text: string, part: string): string {
  return frameOf(locate('a.yaml', text, part));
}

describe('markedLine', () => {
  it('marks exactly the range', () => {
    expect(frame('  host: reviews # x', 'reviews')).toBe('  host: reviews # x\n        ^^^^^^^');
  });

  it('marks one column where nothing is written', () => {
    expect(frame('host:', '')).toBe('host:\n^');
    const end = locate('a.yaml', 'host:', 'host:');
    expect(frameOf({ ...end, start: end.end })).toBe('host:\n     ^');
  });

  it('marks a range of several lines to the end of its first', () => {
    expect(frame('http:\n  - a: 1\n', 'http:\n  - a: 1')).toBe('http:\n^^^^^');
    expect(frame('a: |\n  text\n', '|\n  text\n')).toBe('a: |\n   ^');
  });

  it('expands tabs to the stops before and inside of the range', () => {
    expect(frame('\ta:\tb\tc', 'b\tc')).toBe('    a:  b   c\n        ^^^^^');
  });

  it('counts wide, combining and invisible characters as a terminal does', () => {
    expect(frame('服务: x', 'x')).toBe('服务: x\n      ^');
    expect(frame('e\u0301: 服务', '服务')).toBe('e\u0301: 服务\n   ^^^^');
    expect(frame('🚀🚀 x', 'x')).toBe('🚀🚀 x\n     ^');
    expect(frame('\u1112\u1161\u11ab x', 'x')).toBe('\u1112\u1161\u11ab x\n   ^');
  });

  it('shows control characters, and keeps the mark below', () => {
    expect(frame('\u001b[1m: x', 'x')).toBe('\\u001b[1m: x\n           ^');
  });

  it('cuts a long line behind a range at its head', () => {
    const shown = frame(`key: ${'x'.repeat(500)}`, 'key');
    expect(shown).toMatch(/^key: x+…\n\^\^\^$/);
    expect(shown.length).toBeLessThan(110);
  });

  it('cuts a long line around the range', () => {
    const shown = frame(`${'a'.repeat(3000)}[here]${'b'.repeat(3000)}`, '[here]');
    const [line = '', mark = ''] = shown.split('\n');
    expect(line).toMatch(/^…a+\[here\]b+…$/);
    expect(line.slice(mark.indexOf('^'), mark.length)).toBe('[here]');
    expect(line.length).toBeLessThan(100);
  });

  it('cuts a long line in front of a range at its end', () => {
    const shown = frame(`${'服'.repeat(300)} end`, 'end');
    const [line = '', mark = ''] = shown.split('\n');
    expect(line).toMatch(/^…服+ end$/);
    expect(mark).toMatch(/ \^\^\^$/);
    expect(mark.length).toBe(displayWidth(line));
  });

  it('cuts a range that is longer than a line', () => {
    const shown = frame(`${'a'.repeat(150)}${'b'.repeat(1000)}`, 'b'.repeat(1000));
    const [line = '', mark = ''] = shown.split('\n');
    expect(line).toMatch(/^…a+b+…$/);
    expect(mark.length).toBe(line.length);
    expect(mark.indexOf('^')).toBe(line.indexOf('b'));
  });

  it('does not cut a character in half, nor look at all of a long line', () => {
    const line = '🚀'.repeat(2_000_000);
    const location = {
      ...locate('a.yaml', 'x', 'x'),
      lines: [line],
      start: { line: 1, column: 2_000_002 },
      end: { line: 1, column: 2_000_003 },
    };
    const begin = performance.now();
    for (let i = 0; i < 100; i += 1) expect(markedLine(location)?.text).toMatch(/^…🚀+…$/u);
    expect(performance.now() - begin).toBeLessThan(1000);
  });

  it('shows nothing where no text is known, and a place outside of the line at its end', () => {
    const location = locate('a.yaml', 'abc', 'abc');
    expect(markedLine({ ...location, lines: [] })).toBeUndefined();
    expect(frameOf({ ...location, start: { line: 1, column: 50 }, end: { line: 1, column: 60 } })).toBe('abc\n   ^');
  });
});

describe('lastLine', () => {
  it('does not count a line of which nothing is in the range', () => {
    expect(lastLine(locate('a.yaml', 'a\nb\nc', 'a\nb\n'))).toBe(2);
    expect(lastLine(locate('a.yaml', 'a\nb\nc', 'a\nb'))).toBe(2);
    expect(lastLine(locate('a.yaml', 'a\nb\nc', 'a'))).toBe(1);
  });
});

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['服务', 4],
    ['ｱ', 1],
    ['🚀', 2],
    ['\u200d\ufe0f', 0],
    ['\u00ad', 0],
    ['한', 2],
    ['…', 1],
  ])('of %j is %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('wrap', () => {
  it('breaks at spaces and keeps long words whole', () => {
    expect(wrap('one two  three\nfour https://example.com/long', 9)).toEqual(['one two', 'three', 'four', 'https://example.com/long']);
    expect(wrap('服务 服务', 8)).toEqual(['服务', '服务']);
    expect(wrap('  ', 8)).toEqual([]);
  });
});
