import { describe, expect, it } from 'vitest';
import { splitDocuments } from './documents.ts';

const split = (text: string): readonly string[] => splitDocuments(text).map(({ start, end }) => text.slice(start, end));

describe('splitting a stream', () => {
  it('cuts at lines that begin with --- or ...', () => {
    expect(split('a: 1\n---\nb: 2\n...\n---\nc: 3')).toEqual(['a: 1\n', '\nb: 2\n', '\nc: 3']);
  });

  it('numbers the documents that have content', () => {
    expect(splitDocuments('---\n# Source: empty\n---\n---\na: 1\n---\n\n  # nothing\n---\nb: 2\n')).toEqual([
      { start: 27, end: 33, index: 0 },
      { start: 53, end: 59, index: 1 },
    ]);
  });

  it('finds no document in blanks and comments', () => {
    for (const text of ['', ' \n\t\n', '# c', '---', '---\n...\n', '\uFEFF', '\uFEFF# c\n---\n']) expect(split(text)).toEqual([]);
  });

  it('gives a document what stands on the line of its marker', () => {
    expect(split('--- foo\n--- |\n text\n---\t{a: b}\n--- # c\na: 1\n')).toEqual([' foo\n', ' |\n text\n', '\t{a: b}\n', ' # c\na: 1\n']);
  });

  it('takes only whole markers in column 0', () => {
    const text = 'a: |\n  ---\n  ...\nb: ---\n----: c\n---d: e\n....: f\n';
    expect(split(text)).toEqual([text]);
  });

  it.each(['\n', '\r\n', '\r'])('knows lines that end in %j', (end) => {
    const text = ['---', 'a: 1', '---', '# nothing', '---', 'b: 2', '...', ''].join(end);
    expect(split(text)).toEqual([`${end}a: 1${end}`, `${end}b: 2${end}`]);
  });

  it('leaves byte order marks out, also those of files that were joined', () => {
    expect(split('\uFEFFa: 1\n\uFEFF---\nb: 2\n')).toEqual(['a: 1\n', '\nb: 2\n']);
    expect(split('\uFEFF---\na: 1\n')).toEqual(['\na: 1\n']);
    expect(split('a: x\uFEFF---\n')).toEqual(['a: x\uFEFF---\n']);
  });

  it('leaves directives with the document that follows', () => {
    expect(split('%YAML 1.2\n---\na: 1\n---\nb: 2\n')).toEqual(['%YAML 1.2\n---\na: 1\n', '\nb: 2\n']);
    expect(split('a: 1\n...\n# c\n%YAML 1.2\n---\nb: 2\n')).toEqual(['a: 1\n', '\n# c\n%YAML 1.2\n---\nb: 2\n']);
    expect(split('---\n%YAML 1.2\n---\nb: 2\n')).toEqual(['\n%YAML 1.2\n', '\nb: 2\n']);
  });

  it.each(['\n', '\r\n', '\r'])('takes linear time for many documents with lines that end in %j', (end) => {
    const text = ['# c', 'a: 1', '---', ''].join(end).repeat(200_000);
    const begin = performance.now();
    expect(splitDocuments(text)).toHaveLength(200_000);
    expect(performance.now() - begin).toBeLessThan(3000);
  });
});
