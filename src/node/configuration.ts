import { realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { checkConfiguration, type Configuration, type KnownRule } from '../engine/configuration.ts';
import { UsageError } from '../engine/options.ts';
import { fieldOf, isList, isObject } from '../engine/ours.ts';
import { createLines } from '../text/lines.ts';
import { ReadError } from '../text/source.ts';
import { contentStart, splitDocuments } from '../yaml/documents.ts';
import { type Library, readDocument, readNodes, resolveNearest } from '../yaml/read.ts';
import type { DocumentSpan, Node, Path, Value } from '../yaml/value.ts';
import { codeOf, quote, reason } from './messages.ts';
import { createTextReader } from './read-text.ts';

/** A configuration file that has been read. */
export interface ConfigurationFile {
  /** Absolute: its paths and globs are relative to it. */
  readonly folder: string;
  /** As it is shown. */
  readonly path: string;
  readonly configuration: Configuration;
}

/** Nobody writes more. */
const mostBytes = 1024 * 1024;

/** Reads a configuration file (absolute). Throws a UsageError that says what is wrong with it, and where. */
export async function readConfiguration(
  path: string,
  cwd: string,
  rules: readonly KnownRule[],
  plugins: ReadonlySet<string> = new Set(),
): Promise<ConfigurationFile> {
  const shownPath = relative(cwd, path).split(sep).join('/');
  const name = /[\p{Cc}\p{Cf}]/u.test(shownPath) ? quote(shownPath) : shownPath;
  const text = textOf(path, name);
  const at = (offset: number): string => {
    const { line, column } = createLines(text).position(offset);
    return `${name}:${String(line)}:${String(column)}`;
  };
  const [span, more] = splitDocuments(text);
  if (more !== undefined)
    throw new UsageError(`${at(contentStart(text, more.start, more.end))}: a configuration is one document, and this is the second one`);
  const { value, root } = span === undefined ? { value: {}, root: undefined } : await parse(text, span, at);
  const offset = (steps: Path, part: 'key' | 'value'): number => {
    const node = root === undefined ? undefined : resolveNearest(root, steps).node;
    const range = part === 'key' ? (node?.key ?? node?.value) : node?.value;
    return range?.start ?? 0;
  };
  // First: the rules of a plugin that is not there are unknown.
  const absent = absentPlugin(value, dirname(path), plugins);
  if (absent !== undefined) {
    throw new UsageError(
      `${at(offset(['plugins', absent.index], 'value'))}: the configuration asks for the plugin ${quote(absent.file)}, which the command line does not name`,
      `a configuration never runs code; to load it: --plugin ${relative(cwd, resolve(dirname(path), absent.file))
        .split(sep)
        .join('/')}`,
    );
  }
  const checked = checkConfiguration(value, rules);
  if (checked.problems === undefined) return { folder: dirname(path), path: shownPath, configuration: checked.configuration };
  const lines = checked.problems.map(({ path: steps, part, message }) => `${at(offset(steps, part))}: ${message}`);
  throw new UsageError(lines.join('\n'));
}

/** The first plugin in the list that is not among those that were loaded. */
function absentPlugin(
  value: Value,
  folder: string,
  plugins: ReadonlySet<string>,
): { readonly file: string; readonly index: number } | undefined {
  const list = isObject(value) ? fieldOf(value, 'plugins') : undefined;
  if (!isList(list)) return undefined;
  for (const [index, file] of list.entries()) {
    if (typeof file === 'string' && file !== '' && !plugins.has(real(resolve(folder, file)))) return { file, index };
  }
  return undefined;
}

function real(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function textOf(path: string, name: string): string {
  try {
    return createTextReader(mostBytes).file(path);
  } catch (error) {
    if (error instanceof ReadError) throw new UsageError(`the configuration ${name} is ${error.message}`.replace("is can't", "can't"));
    throw error;
  }
}

async function parse(
  text: string,
  span: DocumentSpan,
  at: (offset: number) => string,
): Promise<{ readonly value: Value; readonly root: Node | undefined }> {
  let library: Library | undefined;
  let reading = readDocument(text, span, undefined);
  if (reading === 'library-needed') {
    ({ library } = await import('../yaml/library.ts'));
    reading = readDocument(text, span, library);
  }
  if (reading === 'library-needed') throw new Error('the library was loaded and is still asked for');
  if (reading.kind === 'value') {
    const root = readNodes(text, span, library);
    return { value: reading.value, root: root === 'library-needed' ? undefined : root };
  }
  const problems = reading.kind === 'broken' ? reading.problems : [reading.problem];
  throw new UsageError(
    problems
      .slice(0, 1)
      .map(({ message, range }) => `${at(range.start)}: ${message}`)
      .join('\n'),
  );
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return undefined;
    throw new UsageError(`the configuration can't be read: ${reason(error)}`);
  }
}

/** The file that `--config` names, absolute. Throws a UsageError when there is none. */
export async function namedConfiguration(file: string, cwd: string): Promise<string> {
  const path = resolve(cwd, file);
  const stats = look(path);
  if (stats === undefined) throw (await import('./suggest-path.ts')).missingPath(file, path, cwd);
  if (stats.isDirectory())
    throw new UsageError(`--config takes a file, and ${quote(file)} is a folder`, `--config ${join(file, 'meshlint.yaml')}`);
  return path;
}
