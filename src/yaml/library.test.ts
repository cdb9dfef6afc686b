import { describe, expect, it } from 'vitest';
import { splitDocuments } from './documents.ts';
import { library } from './library.ts';
import { resolveNearest } from './read.ts';
import type { Node, Reading, Value } from './value.ts';

function spanOf(text: string) {
  return splitDocuments(text)[0] ?? { start: 0, end: text.length, index: 0 };
}

function read(text: string): Reading {
  return library.readDocument(text, spanOf(text));
}

function nodeAt(text: string, ...path: readonly (string | number)[]): Node | undefined {
  const root = library.readNodes(text, spanOf(text));
  const found = root && resolveNearest(root, path);
  return found?.depth === path.length ? found.node : undefined;
}

/** What is wrong, and the text that is underlined. */
function problem(text: string): readonly [string, string] | undefined {
  const reading = read(text);
  if (reading.kind === 'value') return undefined;
  const found = reading.kind === 'broken' ? reading.problems[0] : reading.problem;
  return found && [found.message, text.slice(found.range.start, found.range.end)];
}

describe('the library reads', () => {
  it.each<[string, Value]>([
    ['a: &x 1\nb: *x\nc: [*x, *x]\n', { a: 1, b: 1, c: [1, 1] }],
    ['a: &x {b: [1]}\nc: *x\n', { a: { b: [1] }, c: { b: [1] } }],
    ['a: &x 1\nb: &x 2\nc: *x\n', { a: 1, b: 2, c: 2 }],
    ['&k a: b\n*k : c\n'.replace('*k :', 'd: *k\ne:'), { a: 'b', d: 'a', e: 'c' }],
    ['a: &x\nb: *x', { a: null, b: null }],
    ['b: &b {a: 2, c: 3}\nd:\n  <<: *b\n  a: 1', { b: { a: 2, c: 3 }, d: { a: 1, c: 3 } }],
    ['b: &b {a: 2, c: 3}\nd:\n  a: 1\n  <<: *b', { b: { a: 2, c: 3 }, d: { a: 2, c: 3 } }],
    ['b: &b {a: 2}\nc: &c {a: 3, x: 1}\nd:\n  <<: [*b, *c]', { b: { a: 2 }, c: { a: 3, x: 1 }, d: { a: 2, x: 1 } }],
    ['<<: {a: 1}\nb: 2', { a: 1, b: 2 }],
    ['"<<": {a: 1}', { '<<': { a: 1 } }],
    [
      'a: !!str 12\nb: !!int "12"\nc: !!float 1\nd: !!bool "yes"\ne: !!null ""\nf: !!str\ng: ! 12',
      { a: '12', b: 12, c: 1, d: true, e: null, f: '', g: '12' },
    ],
    ['a: !Ref 12\nb: !foo {c: 1}\nd: !!set {e}\nf: !!timestamp 2001-01-01', { a: '12', b: { c: 1 }, d: { e: null }, f: '2001-01-01' }],
    ['a: !!binary aGVs\n  bG8=\n'.replace('\n  ', ''), { a: 'hello' }],
    ['a: !!binary |\n  aGVs\n  bG8=\n', { a: 'hello' }],
    ['%YAML 1.2\n---\na: b\n', { a: 'b' }],
    // The package takes "host" and "b" for one key, unless the comment is hidden from it.
    ['a:\n# c\n  host\n  \nb: &x 1\n', { a: 'host', b: 1 }],
    ['a: |\n  x\n  # c\nb: &x "1\n  # 2"\n', { a: 'x\n# c\n', b: '1 # 2' }],
    ['? a\n: b\n? c\n', { a: 'b', c: null }],
    ['a: [2001:db8::, b:]\nc: {d:, e :}', { a: ['2001:db8::', 'b:'], c: { 'd:': null, 'e :': null } }],
    ['a: 1\rb: "c\r  d"\r', { a: 1, b: 'c d' }],
    ['a:\tb\t# c\nd: "e"#f', { a: 'b', d: 'e' }],
    ['--- {a: b}\n', { a: 'b' }],
    ['# \u2028\t\na: &x b', { a: 'b' }],
    ['--- |\n  a\n', 'a\n'],
    ['a: "b\\\n  c"', { a: 'bc' }],
    ['a: [b: c]', { a: [{ b: 'c' }] }],
    [
      '__proto__: &x 1\nconstructor: *x\n<<: {hasOwnProperty: 2}',
      JSON.parse('{"__proto__":1,"constructor":1,"hasOwnProperty":2}') as Value,
    ],
  ])('%j', (text, value) => {
    expect(read(text)).toEqual({ kind: 'value', value });
  });
});

describe('the library places', () => {
  it('what came through an alias at the alias, with its anchor', () => {
    const text = 'a: &x\n  b: [1]\nc: *x\n';
    expect(nodeAt(text, 'c')).toMatchObject({ value: { start: 18, end: 20 }, key: { start: 15, end: 16 }, anchor: { start: 8, end: 14 } });
    expect(nodeAt(text, 'c', 'b', 0)).toEqual({ value: { start: 18, end: 20 }, anchor: { start: 12, end: 13 } });
    expect(nodeAt(text, 'c', 'b')).toMatchObject({ key: { start: 18, end: 20 } });
    expect(nodeAt(text, 'a', 'b', 0)).toEqual({ value: { start: 12, end: 13 }, content: { start: 12, end: 13 } });
  });

  it('an alias inside of aliased content at the outer alias, with the inner anchor', () => {
    const text = 'a: &x 1\nb: &y [*x]\nc: *y';
    expect(nodeAt(text, 'c', 0)).toEqual({ value: { start: 22, end: 24 }, anchor: { start: 6, end: 7 } });
  });

  it('what was merged at the alias, and what is written where it is', () => {
    const text = 'a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n';
    expect(nodeAt(text, 'c', 'b')).toEqual({ value: { start: 22, end: 24 }, key: { start: 22, end: 24 }, anchor: { start: 10, end: 11 } });
    expect(nodeAt(text, 'c', 'd')).toMatchObject({ value: { start: 30, end: 31 } });
    expect(nodeAt('<<: {a: 1}', 'a')).toMatchObject({ value: { start: 8, end: 9 }, key: { start: 5, end: 6 } });
  });

  it('documents behind a marker by the offsets of the whole text', () => {
    const text = '--- &x\na: 1\n--- [b]\n';
    const spans = splitDocuments(text);
    const nodes = spans.map((span) => library.readNodes(text, span));
    expect(nodes[0]?.children).toEqual(
      new Map([['a', { value: { start: 10, end: 11 }, key: { start: 7, end: 8 }, content: { start: 10, end: 11 } }]]),
    );
    expect(nodes[1]?.value).toEqual({ start: 16, end: 19 });
  });
});

describe('what is wrong with broken YAML', () => {
  it.each([
    ['a: "b\nc: d\n', 'the quoted text that begins here is not closed', '"'],
    ["a: 'b", 'the quoted text that begins here is not closed', "'"],
    ['a: [b\nc: d', 'the bracket "[" is not closed', '['],
    ['a: [ # [b]', 'the bracket "[" is not closed, or a line of it is not indented deeper than its key', '['],
    ['a: {b: c # {d}', 'the bracket "{" is not closed, or a line of it is not indented deeper than its key', '{'],
    ['x: [y]\na: {b: [c, d]\ne: f', 'the bracket "{" is not closed', '{'],
    ['a: &x [\nb\n]', 'the bracket "[" is not closed, or a line of it is not indented deeper than its key', '['],
    ['a: &x "b\nc"', 'the quoted text that begins here is not closed, or a line of it is not indented deeper than its key', '"'],
    ['a: [b]]', 'the bracket "]" closes nothing', ']'],
    ['a: b\n}', 'the bracket "}" closes nothing', '}'],
    ['a: b: c', '"b: c" has a colon in it and stands without quotes behind a key', 'b: c'],
    ['a: b\n\n   c: d\n', '"c" stands deeper than the key above it, which already has the value "b"', 'c'],
    ['a:\n    b: c\n  d: e\n', '"d" is indented by 2 spaces, which fits nothing above it', 'd'],
    ['- - a\n - b', 'a list item is indented by 1 space, which fits nothing above it', '- b'],
    ['a: b\n- c', 'a list item stands where a key is expected', '- c'],
    ['a:\n  b: c\n  - d', 'a list item stands where a key is expected', '- d'],
    ['- a: b\n c: d', '"c" stands where a list item is expected', 'c'],
    ['- a\nb: c', '"b" stands where a list item is expected', 'b'],
    ['spec:\n  host:reviews\n  b: c', 'a space is missing behind the colon of "host:reviews"', 'host:reviews'],
    ['a: 1\nhost:reviews\n', 'a space is missing behind the colon of "host:reviews"', 'host:reviews'],
    ['Some prose here\napiVersion: v1\n', '"Some prose here" is no key, since no colon follows it on its line', 'Some prose here'],
    ['a: b # c\n  d', '"d" is no key, since no colon follows it on its line', 'd'],
    ['\ta: b', 'a tab is used as indentation, where YAML takes only spaces', '\t'],
    ['a:\n  - b\n\t\n  - c', 'a tab is used as indentation, where YAML takes only spaces', '\t'],
    ['-\ta: b', 'a tab is used as indentation, where YAML takes only spaces', '\t'],
    ['a: |\n\tb\n', 'a tab is used as indentation, where YAML takes only spaces', '\t'],
    ['a: "b" c', '"c" follows a value that is already complete', 'c'],
    ['a: @b', 'a value without quotes cannot begin with "@"', '@b'],
    ['a: "\\q"', '"\\q" is no escape that double quotes know', '\\q'],
    ['a: "\\xZZ"', '"\\xZZ" is no escape that double quotes know', '\\xZZ'],
    ['a: |x\n  b', '"x" stands on the line of a block indicator, where the text begins one line below', 'x'],
    ['a: |\n    \n  x', 'the blank lines at the beginning of this text have more spaces than its first line', 'x'],
    ['a: - b', 'a list cannot begin on the line of its key', '- b'],
    ['--- a: b', 'a map or list cannot begin on the line of "---"', 'a: b'],
    ['a: [b, , c]', 'no value stands before a comma', ','],
    ['a: {"b" "c"}', 'a comma or colon is missing between brackets', '"c"}'],
    ['# c\nhost: a\nb: 1\nhost: c', 'key "host" is already given on line 2', 'host'],
    ['1: a\n"1": b', 'key "1" is already given on line 1', '"1"'],
    ['a: {b: 1, b: 2}', 'key "b" is already given on line 1', 'b'],
    ['a: *x', 'the anchor "x" of this alias is not defined before it', '*x'],
    ['*x : a', 'the anchor "x" of this alias is not defined before it', '*x'],
    ['a: &x: b', 'the name of an anchor ends in a colon', ': b'],
    ['a: &x &y b', 'a value has more than one anchor', '&y b'],
    ['<<: x', 'what is merged by "<<" is a map or a list of maps', 'x'],
    ['? [a]\n: b', 'this key is a list or map, where Kubernetes takes only text', '[a]'],
    ['~: b', 'this key is null, where Kubernetes takes only text', '~'],
    ['a: .nan', '".nan" is a number that JSON, and so Kubernetes, cannot hold', '.nan'],
    ['a: !!int x', '"x" is no integer, as its tag !!int says', 'x'],
    ['a: !!binary x', 'the text of the tag !!binary is no base64', 'x'],
    ['a: [::1]', '"::1" begins with a colon and stands between brackets without quotes', '::1'],
    ['a: [b?c=d]', '"b?c=d" has a "?" in it and stands between brackets without quotes', 'b?c=d'],
    ['a: b\0', 'the control character U+0000 is not allowed in YAML', '\0'],
    ['# \x1b\na: b', 'the control character U+001B is not allowed in YAML', '\x1b'],
    ['"a\\u0007": 1\n"a\\u0007": 2', 'key "a\\u0007" is already given on line 1', '"a\\u0007"'],
  ])('%j', (text, message, underlined) => {
    expect(problem(text)).toEqual([message, underlined]);
  });

  it('is told at its place in the whole text', () => {
    const text = 'a: 1\n---\nb: [c\n';
    const [, span] = splitDocuments(text);
    expect(span && library.readDocument(text, span)).toMatchObject({ problems: [{ range: { start: 12, end: 13 } }] });
  });

  it('is one clause without a full stop, and one problem only', () => {
    for (const text of ['a: [b\nc: {d\n"e\n\t- f: g: h\n@', '}\n]\n}\n: x\n- y', '{{ a }}\n{{ b }}\n']) {
      const reading = read(text);
      expect(reading).toMatchObject({ kind: 'broken', problems: [{ message: expect.stringMatching(/^[^A-Z\n]/) as string }] });
      if (reading.kind === 'broken') expect(reading.problems[0]?.message).not.toMatch(/\.$/);
    }
  });
});
