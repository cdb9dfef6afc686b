import { fstatSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { UsageError } from '../engine/options.ts';
import type { Notification } from '../rule/finding.ts';
import { ReadError, type Source } from '../text/source.ts';
import { limits } from '../yaml/limits.ts';
import { type Disk, realDisk } from './disk.ts';
import { compare, quote } from './messages.ts';
import { createTextReader, type TextReader } from './read-text.ts';
import type { Discovery, Found, WalkOptions } from './walk.ts';

export interface FindOptions {
  /** Absolute; paths are shown relative to it. */
  readonly cwd: string;
  /** Patterns as in a `.gitignore`; they hold for named files too. */
  readonly exclude?: readonly string[];
  /** The same from a configuration file, whose patterns hold in the folder (absolute) that it lies in. */
  readonly configured?: { readonly folder: string; readonly exclude: readonly string[] } | undefined;
  /** Respect `.gitignore` and `.git/info/exclude`. Default: true. */
  readonly ignore?: boolean;
  /** Files that the run itself writes: never read (absolute). */
  readonly outputs?: readonly string[];
  /** Reads standard input to its end; throws a ReadError. Default: descriptor 0. */
  readonly readStdin?: () => string;
  /** Bytes of one file. */
  readonly limit?: number;
  /** Default: that of the machine. */
  readonly disk?: Disk;
  /** What was found of streams, by descriptor: they can be read only once, also where files are looked for twice. */
  readonly streams?: Map<number, Source>;
}

export interface FoundSources {
  /** By path, in code-unit order; each real file once. */
  readonly sources: readonly Source[];
  readonly notifications: readonly Notification[];
  /** Files (and whole folders) left alone, by reason: `ignored`, `excluded`, `link-outside`, `special-file`. */
  readonly skipped: Readonly<Record<string, number>>;
}

const manifest = /\.(?:ya?ml|json)$/i;
/** The one name of Kustomize's own files without an ending. */
const kustomization = /(?:^|\/)Kustomization$/;
const globCharacters = /[*?[{]|[@!+]\(/;
/** Process substitution and redirections: descriptors that this process was given. */
const descriptorPath = /^\/(?:dev|proc\/self)\/(?:fd\/(\d{1,5})|stdin)$/;

/**
 * Turns what was named on the command line into sources: files, folders (all below them: *.yaml, *.yml, *.json,
 * Kustomization), globs, `-` or descriptors. Throws a UsageError for what does not exist. Nothing is read before `Source.read` is called.
 */
export async function findSources(operands: readonly string[], options: FindOptions): Promise<FoundSources> {
  const { cwd, exclude = [], ignore = true, outputs = [], limit = limits.fileBytes, disk = realDisk } = options;
  const reader = createTextReader(limit);
  const discovery: Discovery = { files: [], notifications: [], skipped: {} };
  const known = options.streams ?? new Map<number, Source>();
  const streams = new Set<Source>();
  const excluded = await exclusionOf(exclude, options);
  const written = new Set(outputs);
  const isOutput = (shown: string): boolean => written.size > 0 && written.has(resolve(cwd, shown));
  const walkOptions: WalkOptions = {
    disk,
    cwd,
    ignore,
    excluded,
    selects: (shown) => (manifest.test(shown) || kustomization.test(shown)) && !isOutput(shown),
  };

  for (const operand of operands) {
    if (operand === '') throw new UsageError('a path is empty', 'is a variable of the shell not set?');
    const descriptor = descriptorOf(operand);
    if (descriptor !== undefined) {
      const stream = known.get(descriptor) ?? streamSource(descriptor, operand, options.readStdin, reader);
      known.set(descriptor, stream);
      streams.add(stream);
      continue;
    }
    const path = resolve(cwd, operand);
    const shown = showPath(path, cwd);
    const kind = disk.look(path);
    if (kind === undefined) {
      if (globCharacters.test(operand)) await findGlob(operand);
      else await refuse(operand, path);
    } else if (excluded?.(path, kind === 'folder') === true) {
      discovery.skipped.excluded = (discovery.skipped.excluded ?? 0) + 1;
    } else if (kind === 'folder') {
      const { walk } = await import('./walk.ts');
      await walk({ path, shown: folderPrefix(shown) }, walkOptions, discovery);
    } else {
      if (isOutput(shown)) throw new UsageError(`${quote(operand)} would be overwritten by a report`, 'write the report to another file');
      discovery.files.push({ shown, path, real: operands.length === 1 ? path : realPath(path, disk), named: true });
    }
  }

  /** Not every disk must have what was named. */
  async function refuse(operand: string, path: string, why?: UsageError): Promise<void> {
    const error = await disk.missing(operand, path, cwd);
    if (error !== undefined) throw why ?? error;
  }

  async function findGlob(operand: string): Promise<void> {
    const [{ splitGlob, matchGlob }, { walk }] = await Promise.all([import('./expand-glob.ts'), import('./walk.ts')]);
    const { path, pattern } = splitGlob(operand, cwd);
    const base = { path, shown: folderPrefix(showPath(path, cwd)) };
    if (disk.look(path) === undefined) {
      await refuse(operand, path, new UsageError(`no file matches ${quote(operand)}`, `${quote(base.shown)} does not exist`));
      return;
    }

    // First only the names, which are matched all at once; then as if the glob's folder had been named.
    const names: string[] = [];
    const collect = (shown: string): boolean => {
      names.push(resolve(cwd, shown));
      return false;
    };
    await walk(base, { ...walkOptions, selects: collect }, { files: [], notifications: [], skipped: {} });
    const matches = matchGlob(pattern, names, path);
    if (matches.size === 0) {
      await refuse(operand, path, new UsageError(`no file matches ${quote(operand)}`));
      return;
    }
    await walk(base, { ...walkOptions, selects: (shown) => matches.has(resolve(cwd, shown)) && !isOutput(shown) }, discovery);
  }

  const files = operands.length === 1 ? discovery.files : withoutDuplicates(discovery.files);
  const sources = [...streams, ...files.map(({ shown, path, named }): Source => ({ path: shown, named, read: disk.source(path, reader) }))];
  return { sources: sources.sort((a, b) => compare(a.path, b.path)), notifications: discovery.notifications, skipped: discovery.skipped };
}

type Exclusion = (path: string, folder: boolean) => boolean;

async function exclusionOf(exclude: readonly string[], { cwd, configured }: FindOptions): Promise<Exclusion | undefined> {
  const both = [{ folder: cwd, exclude }, ...(configured === undefined ? [] : [configured])].filter((each) => each.exclude.length > 0);
  if (both.length === 0) return undefined;
  const { createExclusion } = await import('./gitignore.ts');
  const all = both.map((each) => createExclusion(each.exclude, each.folder));
  return (path, folder) => all.some((isExcluded) => isExcluded(path, folder));
}

/** A stream can be read only once, so its text is kept; and so is the reason why there is none. */
function streamSource(descriptor: number, operand: string, readStdin: (() => string) | undefined, reader: TextReader): Source {
  const path = descriptor === 0 ? '-' : operand;
  let outcome: string | ReadError | undefined;
  return {
    path,
    named: true,
    read() {
      if (outcome === undefined) {
        try {
          outcome = descriptor === 0 && readStdin !== undefined ? readStdin() : reader.descriptor(descriptor);
        } catch (error) {
          if (!(error instanceof ReadError)) throw error;
          outcome = error;
        }
      }
      if (typeof outcome === 'string') return outcome;
      throw outcome;
    },
  };
}

function descriptorOf(operand: string): number | undefined {
  if (operand === '-') return 0;
  const match = descriptorPath.exec(operand);
  if (match === null) return undefined;
  const descriptor = Number(match[1] ?? 0);
  try {
    // A folder or file that the shell has opened is better looked at by its path.
    const stats = fstatSync(descriptor);
    return stats.isDirectory() ? undefined : descriptor;
  } catch {
    return undefined;
  }
}

/** Relative with `/` where that is possible; another drive of Windows is not. */
function showPath(path: string, cwd: string): string {
  const shown = relative(cwd, path);
  return sep === '/' ? shown : shown.split(sep).join('/');
}

function folderPrefix(shown: string): string {
  return shown === '' ? '' : `${shown}/`;
}

function realPath(path: string, disk: Disk): string {
  try {
    return disk.real(path);
  } catch {
    return path;
  }
}

/** One of several names for a file: the one from the command line, else the first. */
function withoutDuplicates(files: readonly Found[]): readonly Found[] {
  const byFile = new Map<string, Found>();
  for (const file of files) {
    const other = byFile.get(file.real);
    const better = other === undefined || (file.named === other.named ? file.shown < other.shown : file.named);
    if (better) byFile.set(file.real, file);
  }
  return [...byFile.values()];
}
