import { describe, expect, it } from 'vitest';
import { splitDocuments } from './documents.ts';
import { library } from './library.ts';
import { readDocument, readNodes, resolveNearest, resolvePath } from './read.ts';
import type { Node, Path } from './value.ts';

function spanOf(text: string) {
  return splitDocuments(text)[0] ?? { start: 0, end: text.length, index: 0 };
}

function rootOf(text: string): Node {
  const root = readNodes(text, spanOf(text), library);
  if (root === undefined || root === 'library-needed') throw new Error('not read');
  return root;
}

describe('reading a document', () => {
  it('needs the library only for what the scanner refuses', () => {
    expect(readDocument('a: 1', spanOf('a: 1'), undefined)).toEqual({ kind: 'value', value: { a: 1 } });
    expect(readDocument('a: &x 1', spanOf('a: &x 1'), undefined)).toBe('library-needed');
    expect(readNodes('a: &x 1', spanOf('a: &x 1'), undefined)).toBe('library-needed');
    expect(readDocument('a: &x 1', spanOf('a: &x 1'), library)).toEqual({ kind: 'value', value: { a: 1 } });
    expect(readDocument('a: [', spanOf('a: ['), library)).toMatchObject({ kind: 'broken' });
    expect(readNodes('a: [', spanOf('a: ['), library)).toBeUndefined();
  });

  it('reads only its own document', () => {
    const text = 'a: 1\n---\nb: [\n---\nc: 3\n';
    expect(splitDocuments(text).map((span) => readDocument(text, span, library))).toMatchObject([
      { kind: 'value', value: { a: 1 } },
      { kind: 'broken', problems: [{ range: { start: 12, end: 13 } }] },
      { kind: 'value', value: { c: 3 } },
    ]);
  });
});

describe('resolving a path', () => {
  const text = 'spec:\n  http:\n  - name: a\n  - 8080: b\nconstructor: {__proto__: c}\n';
  const at = (path: Path, part: 'key' | 'value'): string | undefined => {
    const range = resolvePath(rootOf(text), path, part);
    return range && text.slice(range.start, range.end);
  };

  it('finds keys and values', () => {
    expect(at(['spec', 'http', 0, 'name'], 'value')).toBe('a');
    expect(at(['spec', 'http', 0, 'name'], 'key')).toBe('name');
    expect(at(['spec', 'http', 1], 'value')).toBe('8080: b');
    expect(at(['spec', 'http', 1, 8080], 'value')).toBe('b');
    expect(at(['constructor', '__proto__'], 'value')).toBe('c');
    expect(at([], 'value')).toBe(text.trimEnd());
  });

  it('finds no key where there is none, and nothing beyond the document', () => {
    expect([at([], 'key'), at(['spec', 'http', 0], 'key')]).toEqual([undefined, undefined]);
    for (const path of [
      ['x'],
      ['toString'],
      ['spec', 'http', 2],
      ['spec', 'http', '0'],
      ['spec', 'http', -1],
      ['spec', 'http', 0, 'name', 'x'],
    ]) {
      expect(at(path, 'value')).toBeUndefined();
    }
  });

  it('finds the nearest ancestor', () => {
    const { node, depth } = resolveNearest(rootOf(text), ['spec', 'http', 0, 'route', 0]);
    expect([text.slice(node.value.start, node.value.end), depth]).toEqual(['name: a', 3]);
  });
});
