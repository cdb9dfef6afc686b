import { describe, expect, it } from 'vitest';
import { splitDocuments } from './documents.ts';
import { scan, scanNodes } from './scanner.ts';
import type { Node, Value } from './value.ts';

function spanOf(text: string) {
  return splitDocuments(text)[0] ?? { start: 0, end: text.length, index: 0 };
}

function read(text: string): Value | undefined {
  const scanned = scan(text, spanOf(text));
  return scanned.kind === 'value' ? scanned.value : undefined;
}

/** The text of each node, by its path: value, then key, then content where it is not the value. */
function places(text: string): Record<string, readonly string[]> {
  const scanned = scanNodes(text, spanOf(text));
  const found: Record<string, readonly string[]> = {};
  const visit = (node: Node, path: string): void => {
    const { value, key, content, children } = node;
    found[path] = [value, ...(key ? [key] : []), ...(content && content.start !== value.start ? [content] : [])].map(({ start, end }) =>
      start === end ? `@${start}` : text.slice(start, end),
    );
    if (children) for (const [name, child] of children.entries()) visit(child, `${path}/${name}`);
  };
  if (scanned.kind === 'value' && scanned.root) visit(scanned.root, '');
  return found;
}

describe('the scanner reads', () => {
  it.each<[string, Value]>([
    ['a: 1\nb:\n  c: x\n  d:\n    - w\n    - z\n', { a: 1, b: { c: 'x', d: ['w', 'z'] } }],
    ['a:\n- b\n- c: 1\n  d: 2\n-\n  e\ng: h', { a: ['b', { c: 1, d: 2 }, 'e'], g: 'h' }],
    ['- - a\n  - b\n-   - c\n- - - d\n', [['a', 'b'], ['c'], [['d']]]],
    ['-   a: 1\n    b: 2\n- c', [{ a: 1, b: 2 }, 'c']],
    ['a:\nb: ~\nc:   # comment\nd:\n', { a: null, b: null, c: null, d: null }],
    ['-\n- # comment\n- a', [null, null, 'a']],
    ['text', 'text'],
    ['  a: 1\n  b: 2\n', { a: 1, b: 2 }],
    ['---\n# c\na: 1\n', { a: 1 }],
    ['a: b # c\n# d\n  # e\nc: d#e\n\n\nf: "g" # h', { a: 'b', c: 'd#e', f: 'g' }],
    ['a: one\n  two\n\n  three\n   four\nb: c', { a: 'one two\nthree four', b: 'c' }],
    ['a: - b'.replace('- b', '-b'), { a: '-b' }],
    ['a: b\n  - c', { a: 'b - c' }],
    ['a: x:y z\nb: http://c:80/d?e=f#g', { a: 'x:y z', b: 'http://c:80/d?e=f#g' }],
    ['a b : c\nd.e/f-g: h', { 'a b': 'c', 'd.e/f-g': 'h' }],
    ['8080: a\ny: b\n1.0: c\n"8081": d\n"y": e', { 8080: 'a', true: 'b', 1: 'c', 8081: 'd', y: 'e' }],
    ['a: yes\nb: "yes"\nc: 010\nd: \'1\'', { a: true, b: 'yes', c: 8, d: '1' }],
    ['a: {b: 1, "c": [x, \'y\'], d: , e}\n', { a: { b: 1, c: ['x', 'y'], d: null, e: null } }],
    ['a: [\n  b, # c\n  {c: d},\n]\ne: []\nf: {}', { a: ['b', { c: 'd' }], e: [], f: {} }],
    ['{"a":{"b":[1,true,null,"x\\n\\u0041\\/"]},\n\t"c" : -1.5e3}', { a: { b: [1, true, null, 'x\nA/'] }, c: -1500 }],
    ['a: [http://b:80/c, d:e]', { a: ['http://b:80/c', 'd:e'] }],
    ['a: "b\\t\\"c\\" \\\\ \\x41 \\U0001f600"\nd: \'it\'\'s\'', { a: 'b\t"c" \\ A \u{1f600}', d: "it's" }],
    ['a: "one\n  two\n\n  three"\nb: \'one\n\n\n  two\'', { a: 'one two\nthree', b: 'one\n\ntwo' }],
    ['a: ["x\ny", {\nb: c}]\n', { a: ['x y', { b: 'c' }] }],
    ['a: "b \\\n   c\\\n  \\ d\\\r\n  \\\n"\ne: f', { a: 'b c d', e: 'f' }],
    ['"a b": c\n\'d\': e\n"f\\u0041": g', { 'a b': 'c', d: 'e', fA: 'g' }],
    ['a: |\n  one\n   two\n\n  three\nb: |-\n  x\nc: |+\n  y\n\nd: e', { a: 'one\n two\n\nthree\n', b: 'x', c: 'y\n\n', d: 'e' }],
    ['a: >\n  one\n  two\n\n  three\n    four\n  five\n\n\nb: >-\n  x\n  y', { a: 'one two\nthree\n  four\nfive\n', b: 'x y' }],
    ['a: |2\n    x\n  y\nb: |1-\n  z\n', { a: '  x\ny\n', b: ' z' }],
    ['- |\n  a\n# c\n- >-\n  b\n  c\n', ['a\n', 'b c']],
    ['a: |\n\nb: |+\n\n\nc: |', { a: '', b: '\n\n', c: '' }],
    ['a: |\n  x', { a: 'x' }],
    ['a: | # c\n  # d\n  e\n # f\nb: c', { a: '# d\ne\n', b: 'c' }],
    ['a: 1\r\nb: "x\r\n  y"\r\nc: |\r\n  z\r\n  w\r\n', { a: 1, b: 'x y', c: 'z\nw\n' }],
    ['\uFEFFa: 1', { a: 1 }],
    ['a:   \n  b: c  \n', { a: { b: 'c' } }],
    ['a: "b"#c\nd: [e,#f\n"g"#h\n]#i', { a: 'b', d: ['e', 'g'] }],
    ['{"a" :b, "c" :}', { a: 'b', c: null }],
    ['a: 99999999999999999\nb: 123456789012345', { a: 1e17, b: 123456789012345 }],
    ['a: >1\n\n   b\n', { a: '\n  b\n' }],
    ['ü: \u{1f600}\nb: e\u0301', { ü: '\u{1f600}', b: 'e\u0301' }],
  ])('%j', (text, value) => {
    expect(read(text)).toEqual(value);
  });

  it('keys that every object seems to have', () => {
    const value = read('__proto__: 1\nconstructor: 2\nhasOwnProperty: 3\ntoString: {__proto__: {a: b}, valueOf: c}\n');
    expect(Object.entries(value ?? {}).slice(0, 3)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
      ['hasOwnProperty', 3],
    ]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(JSON.stringify(value)).toContain('"toString":{"__proto__":{"a":"b"},"valueOf":"c"}');
    for (const key of ['__proto__', 'constructor', 'hasOwnProperty']) expect(read(`${key}: 1\n${key}: 2\n`)).toBeUndefined();
  });

  it('keys in the order of the text', () => {
    expect(Object.keys(read('b: 1\na: 2\nc: 3\n') ?? {})).toEqual(['b', 'a', 'c']);
  });
});

describe('the scanner refuses', () => {
  it.each([
    ...[
      'a: &x b',
      'a: *x',
      'a: !!str b',
      '&x a: b',
      '%YAML 1.2\n---\na: b',
      '? a\n: b',
      '? [a]\n: b',
      '[a]: b',
      '{a: b}: c',
      '<<: {a: b}',
      'a: {<<: b}',
    ],
    ...[
      'a: 1\na: 2',
      '{a: 1, a: 2}',
      '{"a": 1, a: 2}',
      '"a": 1\na: 2',
      '1: a\n"1": b',
      'y: a\ntrue: b',
      '~: a',
      ': a',
      'null: a',
      '.nan: x\n? b',
    ],
    ...['\ta: b', 'a:\n\tb: c', 'a:\tb', 'a: b\t', '-\ta', 'a: b\t# c', 'a: {\n\tb: c}', 'a:\n  - b\n\t\n'],
    ...[
      'a: b: c',
      'a: b\n  c: d',
      'a:\n    b: c\n  d: e',
      'a:\n  b: c\n d: e',
      'a: b\nc',
      'a\nb: c',
      'a: - b',
      'a: b\n- c',
      '- a\nb: c',
      '- a\n - b\nc',
    ],
    ...[
      'a: "b',
      "a: 'b",
      'a: "b" c',
      'a: "b"c',
      '"a" b: c',
      'a: [b',
      'a: [b]]',
      'a: [b] c',
      'a: {b: c',
      'a: [b, , c]',
      'a: [,]',
      'a: {,}',
      'a: [b}',
    ],
    ...[
      'a: @b',
      'a: `b',
      'a: %b',
      'a: |x\n  b',
      'a: |10\n  b',
      'a: "\\q"',
      'a: "\\x4"',
      'a: "\\u12"',
      'a: "\\U00110000"',
      'a: .nan',
      'a: [.inf]',
      '--- a: b',
      '--- a',
      'a: b # c\n  d',
      'a: b\n# c\n  d',
      'a: "b\\ \n  c"',
      'a: "b\\\n\n  c"',
      'a: b\n \t\n',
      'a: |\n  b\n \tc',
    ],
    ...[
      'a: [b: c]',
      'a: [::1]',
      'a: [b::, c]',
      'a: {b:, c}',
      'a: {b :}',
      'a: [b?c]',
      'a: {?b: c}',
      'a: {"b" "c"}',
      'a: {b: c d: e}',
      'a: |\n    \n  b',
    ],
    ...[
      'a: \0',
      'a: "\x07"',
      'a: \x7f',
      '# \x01\na: b',
      'a: b\uFEFF',
      'a: \uFFFE',
      'a: b\rc: d',
      'a: "b\rc"',
      '',
      '# c',
      `${'k'.repeat(1100)}: a`,
    ],
  ])('%j', (text) => {
    expect(scan(text, spanOf(text))).toEqual({ kind: 'refused' });
  });
});

describe('the scanner places', () => {
  it('blocks from their first key or dash to the end of their last value', () => {
    expect(places('# c\na:\n  b: x # c\n  c:\n  - 1\n  - w: z\n\n# d\n')).toEqual({
      '': ['a:\n  b: x # c\n  c:\n  - 1\n  - w: z'],
      '/a': ['b: x # c\n  c:\n  - 1\n  - w: z', 'a'],
      '/a/b': ['x', 'b'],
      '/a/c': ['- 1\n  - w: z', 'c'],
      '/a/c/0': ['1'],
      '/a/c/1': ['w: z'],
      '/a/c/1/w': ['z', 'w'],
    });
  });

  it('quotes with, and contents without them', () => {
    expect(places('"a": "b"\n\'c\' : [\'d\', "e\\n", f, {g: h}]')).toEqual({
      '': ['"a": "b"\n\'c\' : [\'d\', "e\\n", f, {g: h}]'],
      '/a': ['"b"', '"a"', 'b'],
      '/c': ['[\'d\', "e\\n", f, {g: h}]', "'c'"],
      '/c/0': ["'d'", 'd'],
      '/c/1': ['"e\\n"'],
      '/c/2': ['f'],
      '/c/3': ['{g: h}'],
      '/c/3/g': ['h', 'g'],
    });
  });

  it('what is not written behind its colon or dash', () => {
    expect(places('a:  # c\nb:\n- \n-\nc: {d, e: , f: x}')).toMatchObject({
      '/a': ['@2', 'a'],
      '/b': ['- \n-', 'b'],
      '/b/0': ['@12'],
      '/b/1': ['@15'],
      '/c/d': ['@21', 'd'],
      '/c/e': ['@25', 'e'],
    });
  });

  it('blocks of text from their header to their last line', () => {
    expect(places('a: |- # c\n  x\n  y\n\nb: >-\n  z\nc: |\n  v\n')).toMatchObject({
      '/a': ['|- # c\n  x\n  y', 'a'],
      '/b': ['>-\n  z', 'b', 'z'],
      '/c': ['|\n  v', 'c'],
    });
  });

  it('several lines of a scalar as one, without a content', () => {
    const scanned = scanNodes('a: b\n  c\nd: "e\n  f"\n', { start: 0, end: 20 });
    const root = scanned.kind === 'value' ? scanned.root : undefined;
    expect(root?.children).toEqual(
      new Map([
        ['a', { value: { start: 3, end: 8 }, key: { start: 0, end: 1 } }],
        ['d', { value: { start: 12, end: 19 }, key: { start: 9, end: 10 } }],
      ]),
    );
  });

  it('contents only where the text is the value', () => {
    const scanned = scanNodes('[1, 0x10, yes, true, "", ~, 1.0]', { start: 0, end: 32 });
    const children = scanned.kind === 'value' && Array.isArray(scanned.root?.children) ? scanned.root.children : [];
    expect(children.map((child: Node) => child.content !== undefined)).toEqual([true, false, false, true, true, false, false]);
  });

  it('documents in the middle of a text by its offsets', () => {
    const text = 'a: 1\n---\nb: 2\n';
    const span = splitDocuments(text)[1] ?? { start: 0, end: 0, index: 0 };
    const scanned = scanNodes(text, span);
    expect(scanned.kind === 'value' && scanned.root).toMatchObject({ value: { start: 9, end: 13 } });
  });
});
