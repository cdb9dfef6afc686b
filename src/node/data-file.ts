import { UsageError } from '../engine/options.ts';
import { createLines } from '../text/lines.ts';
import { ReadError } from '../text/source.ts';
import { contentStart, splitDocuments } from '../yaml/documents.ts';
import { type Library, readDocument, readNodes, resolveNearest } from '../yaml/read.ts';
import type { Node, Path, Value } from '../yaml/value.ts';
import { quote } from './messages.ts';
import { onDisk, type OwnFiles } from './own-files.ts';
import { beyondLimit, createTextReader } from './read-text.ts';

/** A file of our own, YAML or JSON, that has been read. */
export interface DataFile {
  readonly value: Value;
  /** Where something is, for a message: `meshlint.yaml:3:1`. */
  readonly place: (path: Path, part: 'key' | 'value') => string;
}

export interface DataFileOptions {
  /** As it is shown. */
  readonly name: string;
  /** For messages: "configuration". */
  readonly what: string;
  readonly mostBytes: number;
  /** Default: the disk. */
  readonly files?: OwnFiles | undefined;
}

/** A path in a message, where it stands in front of a place. */
export function nameOfFile(shown: string): string {
  return /[\p{Cc}\p{Cf}]/u.test(shown) ? quote(shown) : shown;
}

/** Reads one document. Throws a UsageError that says what is wrong with it, and where. */
export async function readDataFile(path: string, { name: shown, what, mostBytes, files = onDisk }: DataFileOptions): Promise<DataFile> {
  const name = files.name(shown);
  const text = await textOf();
  const at = (offset: number): string => {
    const { line, column } = createLines(text).position(offset);
    return `${name}:${String(line)}:${String(column)}`;
  };
  const [span, more] = splitDocuments(text);
  if (more !== undefined)
    throw new UsageError(`${at(contentStart(text, more.start, more.end))}: a ${what} is one document, and this is the second one`);
  if (span === undefined) return { value: {}, place: () => at(0) };
  let library: Library | undefined;
  let reading = readDocument(text, span, undefined);
  if (reading === 'library-needed') {
    ({ library } = await import('../yaml/library.ts'));
    reading = readDocument(text, span, library);
  }
  if (reading === 'library-needed') throw new Error('the library was loaded and is still asked for');
  if (reading.kind !== 'value') {
    const [problem] = reading.kind === 'broken' ? reading.problems : [reading.problem];
    throw new UsageError(`${at(problem?.range.start ?? 0)}: ${problem?.message ?? 'it is no YAML'}`);
  }
  let root: Node | undefined | 'library-needed';
  return {
    value: reading.value,
    place(steps, part) {
      root ??= readNodes(text, span, library);
      const node = root === undefined || root === 'library-needed' ? undefined : resolveNearest(root, steps).node;
      return at((part === 'key' ? (node?.key ?? node?.value) : node?.value)?.start ?? 0);
    },
  };

  async function textOf(): Promise<string> {
    try {
      const read = files.disk.source(path, createTextReader(mostBytes));
      await files.load();
      const found = read();
      if (found.length > mostBytes) throw beyondLimit(mostBytes);
      return found;
    } catch (error) {
      if (error instanceof ReadError) throw new UsageError(`the ${what} ${name} is ${error.message}`.replace("is can't", "can't"));
      throw error;
    }
  }
}
