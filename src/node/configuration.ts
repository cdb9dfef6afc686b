import { realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { checkConfiguration, type Configuration, type KnownRule } from '../engine/configuration.ts';
import { UsageError } from '../engine/options.ts';
import { fieldOf, isList, isObject } from '../engine/ours.ts';
import type { Value } from '../yaml/value.ts';
import { nameOfFile, readDataFile } from './data-file.ts';
import { quote } from './messages.ts';
import { onDisk, type OwnFiles } from './own-files.ts';

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
  { files, plugins = new Set() }: { readonly files?: OwnFiles | undefined; readonly plugins?: ReadonlySet<string> | undefined } = {},
): Promise<ConfigurationFile> {
  const shownPath = relative(cwd, path).split(sep).join('/');
  const { value, place } = await readDataFile(path, { name: nameOfFile(shownPath), what: 'configuration', mostBytes, files });
  // First: the rules of a plugin that is not there are unknown.
  const absent = absentPlugin(value, dirname(path), plugins);
  if (absent !== undefined) {
    throw new UsageError(
      `${place(['plugins', absent.index], 'value')}: the configuration asks for the plugin ${quote(absent.file)}, which the command line does not name`,
      `a configuration never runs code; to load it: --plugin ${relative(cwd, resolve(dirname(path), absent.file))
        .split(sep)
        .join('/')}`,
    );
  }
  const checked = checkConfiguration(value, rules);
  if (checked.problems === undefined) return { folder: dirname(path), path: shownPath, configuration: checked.configuration };
  throw new UsageError(checked.problems.map(({ path: steps, part, message }) => `${place(steps, part)}: ${message}`).join('\n'));
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

/** The file that `--config` names, absolute. Throws a UsageError when there is none. */
export async function namedConfiguration(file: string, cwd: string, files = onDisk): Promise<string> {
  const path = resolve(cwd, file);
  const kind = files.disk.look(path);
  if (kind === undefined && files !== onDisk) throw new UsageError(`the configuration ${quote(files.name(file))} does not exist`);
  if (kind === undefined) throw (await import('./suggest-path.ts')).missingPath(file, path, cwd);
  if (kind === 'folder')
    throw new UsageError(`--config takes a file, and ${quote(file)} is a folder`, `--config ${join(file, 'meshlint.yaml')}`);
  return path;
}
