import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type KnownFinding, knownFrom } from '../engine/novelty.ts';
import { UsageError } from '../engine/options.ts';
import type { Finding } from '../rule/finding.ts';
import { projectUrl } from '../rule/project.ts';
import type { Value } from '../yaml/value.ts';
import { type DataFile, nameOfFile, readDataFile } from './data-file.ts';
import { compare, quote } from './messages.ts';
import { onDisk } from './own-files.ts';

/** The version of the file's format. */
const baselineVersion = 1;
/** Half a million findings. */
const mostBytes = 128 * 1024 * 1024;

/** A finding that was accepted, as schemas/baseline.schema.json describes it; its file is named as those of a run in `cwd`. */
export interface BaselineEntry extends KnownFinding {
  readonly rule: string;
  readonly resource?: string | undefined;
}

export interface Baseline {
  /** Absolute. */
  readonly path: string;
  /** As the user named it. */
  readonly shown: string;
  readonly entries: readonly BaselineEntry[];
}

/** Reads a baseline. Throws a UsageError that says what is wrong with it, and where. */
export async function readBaseline(file: string, cwd: string, files = onDisk): Promise<Baseline> {
  const path = resolve(cwd, file);
  const kind = files.disk.look(path);
  if (kind === undefined)
    throw new UsageError(`the baseline ${quote(files.name(file))} does not exist`, `to make one: meshlint baseline create ${file} PATH`);
  if (kind === 'folder') throw new UsageError(`a baseline is a file, and ${quote(file)} is a folder`);
  const data = await readDataFile(path, { name: nameOfFile(file), what: 'baseline', mostBytes, files });
  const folder = dirname(path);
  const entries = entriesIn(data).map((entry) => ({ ...entry, file: moved(entry.file, folder, cwd) }));
  return { path, shown: file, entries };
}

/** The text of a baseline in a folder: sorted, and one line for each finding, so that changes of it can be merged and read. */
export function* baselineText(entries: readonly BaselineEntry[], folder: string, cwd: string): Generator<string> {
  const lines = entries.map((entry) => ({ ...entry, file: moved(entry.file, cwd, folder) })).sort(byPlace);
  const head = { $schema: `${projectUrl}/raw/main/schemas/baseline.schema.json`, version: baselineVersion };
  yield `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "findings": [`;
  let separator = '\n';
  for (const { file, rule, resource, path, fingerprint } of lines) {
    yield `${separator}    ${JSON.stringify({ file, rule, resource, path, fingerprint })}`;
    separator = ',\n';
  }
  yield lines.length === 0 ? ']\n}\n' : '\n  ]\n}\n';
}

export function entryOf(finding: Finding): BaselineEntry {
  const { rule, resource } = finding;
  const name = resource === undefined || resource.kind === '' ? undefined : `${resource.kind} ${resource.namespace}/${resource.name}`;
  return { ...knownFrom(finding), rule: rule.id, resource: name };
}

/**
 * Entries of which it can be said that they no longer occur: the files that they are in were read, or are no more, and their rules were asked.
 */
export function isJudged(
  sources: Iterable<{ readonly path: string }>,
  only: readonly string[] | undefined,
  cwd: string,
): (entry: BaselineEntry) => boolean {
  const read = new Set(Array.from(sources, ({ path }) => path));
  const rules = only === undefined ? undefined : new Set(only);
  return ({ file, rule }) => (rules?.has(rule) ?? true) && (read.has(file) || !existsSync(join(cwd, file)));
}

function byPlace(a: BaselineEntry, b: BaselineEntry): number {
  return (
    compare(a.file, b.file) ||
    compare(a.resource ?? '', b.resource ?? '') ||
    compare(a.rule, b.rule) ||
    compare(a.path ?? '', b.path ?? '') ||
    compare(a.fingerprint, b.fingerprint)
  );
}

/** The same file, as it is called in another folder. Standard input is called the same everywhere. */
function moved(file: string, from: string, to: string): string {
  return file === '-' ? file : relative(to, resolve(from, file)).split(sep).join('/');
}

function entriesIn({ value, place }: DataFile): readonly BaselineEntry[] {
  const refuse = (path: readonly (string | number)[], part: 'key' | 'value', message: string): never => {
    throw new UsageError(`${place(path, part)}: ${message}`);
  };
  const object = (at: Value, path: readonly (string | number)[], what: string): Readonly<Record<string, Value>> => {
    if (typeof at === 'object' && at !== null && !Array.isArray(at)) return at as Readonly<Record<string, Value>>;
    return refuse(path, 'value', `${what} is an object`);
  };
  const { version, findings } = object(value, [], 'a baseline');
  if (version === undefined || findings === undefined)
    return refuse([], 'value', 'this is no baseline: it has no version and findings; meshlint baseline create makes one');
  if (version !== baselineVersion)
    return refuse(['version'], 'value', `the version of the baseline is not ${String(baselineVersion)}: another meshlint has made it`);
  if (!Array.isArray(findings)) return refuse(['findings'], 'value', 'findings is a list');
  return (findings as readonly Value[]).map((written, i) => {
    const entry = object(written, ['findings', i], 'a finding');
    const text = (key: keyof BaselineEntry): string | undefined => {
      const found = Object.hasOwn(entry, key) ? entry[key] : undefined;
      return found === undefined || typeof found === 'string' ? found : refuse(['findings', i, key], 'value', `${key} is a string`);
    };
    const required = (key: keyof BaselineEntry): string => text(key) ?? refuse(['findings', i], 'value', `the finding has no ${key}`);
    const fingerprint = required('fingerprint');
    if (!/^[0-9a-f]{16}$/.test(fingerprint)) refuse(['findings', i, 'fingerprint'], 'value', 'a fingerprint is 16 hexadecimal digits');
    return { file: required('file'), rule: required('rule'), resource: text('resource'), path: text('path'), fingerprint };
  });
}
