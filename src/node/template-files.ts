import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ReadError } from '../text/source.ts';
import { findGitRoot, isWithin } from './git-root.ts';
import { compare } from './messages.ts';
import { createTextReader } from './read-text.ts';
import type { RenderedOrigin } from './rendered-origins.ts';

/** A file that something was rendered from. */
export interface TemplateFile {
  /** Relative to the current folder, with `/`. */
  readonly shown: string;
  readonly text: string;
}

/** How far folders are looked through for charts and kustomizations. */
const maxDepth = 8;
const maxFolders = 5000;
/** Of a template, and of a Chart.yaml. */
const maxBytes = 4 * 1024 * 1024;

const chartFile = 'Chart.yaml';
const kustomizationFiles: ReadonlySet<string> = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization']);

interface Folders {
  /** By the name of the chart. */
  readonly charts: ReadonlyMap<string, readonly string[]>;
  readonly kustomizations: readonly string[];
}

/**
 * Finds the files that a rendered text names. What names them is input that anybody may have written: nothing outside the repository (without
 * one: the current folder) is looked at, and no link is followed. Where a name fits several files none is taken.
 */
export class TemplateFiles {
  readonly #cwd: string;
  /** Nothing outside is looked at. */
  readonly #tree: string;
  readonly #reader = createTextReader(maxBytes);
  readonly #folders = new Map<string, Folders>();
  readonly #found = new Map<string, TemplateFile | undefined>();

  constructor(cwd: string) {
    this.#cwd = realpathSync.native(cwd);
    this.#tree = findGitRoot(this.#cwd) ?? this.#cwd;
  }

  /** `all` are the origins of the whole text: a folder that Kustomize built has the files of all of them. */
  find(origin: RenderedOrigin, all: readonly RenderedOrigin[]): TemplateFile | undefined {
    const key = `${origin.kind} ${origin.path}`;
    if (!this.#found.has(key)) this.#found.set(key, this.#find(origin, all));
    return this.#found.get(key);
  }

  #find({ kind, path }: RenderedOrigin, all: readonly RenderedOrigin[]): TemplateFile | undefined {
    if (path.startsWith('/') || /[\u0000-\u001F\u007F\\]|^[A-Za-z]:/.test(path)) return undefined;
    const steps = path.split('/');
    const file = kind === 'helm' ? this.#template(steps) : this.#manifest(path, all);
    return file === undefined ? undefined : this.#read(file);
  }

  /** `chart/templates/x.yaml`, `chart/charts/part/templates/y.yaml`. */
  #template(steps: readonly string[]): string | undefined {
    if (steps.length < 2 || steps.some((step) => step === '' || step === '.' || step === '..')) return undefined;
    const [chart = '', ...rest] = steps;
    const part = steps.lastIndexOf('charts');
    for (const folders of this.#near()) {
      const found = this.#only((folders.charts.get(chart) ?? []).map((folder) => join(folder, ...rest)));
      // A part that was packed lies unpacked somewhere else, if it is ours at all.
      const lying =
        part < 1 ? [] : (folders.charts.get(steps[part + 1] ?? '') ?? []).map((folder) => join(folder, ...steps.slice(part + 2)));
      const file = found ?? this.#only(lying);
      if (file !== undefined) return file;
    }
    return undefined;
  }

  #manifest(path: string, all: readonly RenderedOrigin[]): string | undefined {
    const paths = [...new Set(all.flatMap((origin) => (origin.kind === 'kustomize' ? [origin.path] : [])))];
    for (const { kustomizations } of this.#near()) {
      const built = kustomizations.filter((folder) => paths.every((each) => this.#isFile(join(folder, each))));
      const file = this.#only(built.map((folder) => join(folder, path)));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** The current folder alone, what is below it, the whole tree: what is nearer is meant. */
  *#near(): Generator<Folders> {
    yield this.#look(this.#cwd, 0);
    yield this.#look(this.#cwd, maxDepth);
    if (this.#tree !== this.#cwd) yield this.#look(this.#tree, maxDepth);
  }

  #only(paths: readonly string[]): string | undefined {
    const [file, another] = new Set(paths.filter((path) => this.#isFile(path)));
    return another === undefined ? file : undefined;
  }

  #isFile(path: string): boolean {
    if (!isWithin(path, this.#tree)) return false;
    try {
      return lstatSync(path).isFile() && realpathSync.native(path) === path;
    } catch {
      return false;
    }
  }

  #read(path: string): TemplateFile | undefined {
    try {
      return { shown: relative(this.#cwd, path).split(sep).join('/'), text: this.#reader.file(path) };
    } catch (error) {
      if (error instanceof ReadError) return undefined;
      throw error;
    }
  }

  #look(root: string, depth: number): Folders {
    const key = `${String(depth)} ${root}`;
    const known = this.#folders.get(key);
    if (known !== undefined) return known;
    const charts = new Map<string, string[]>();
    const kustomizations: string[] = [];
    let left = maxFolders;
    let level = [root];
    for (let i = 0; i <= depth && level.length > 0; i += 1) {
      const below: string[] = [];
      for (const folder of level) {
        left -= 1;
        if (left < 0) break;
        for (const entry of entriesOf(folder)) {
          const { name } = entry;
          if (entry.isDirectory()) {
            if (!name.startsWith('.') && name !== 'node_modules') below.push(join(folder, name));
          } else if (!entry.isFile()) {
            continue;
          } else if (name === chartFile) {
            const chart = /^name:[ \t]*["']?([^\s"'#]+)/m.exec(this.#read(join(folder, name))?.text ?? '')?.[1];
            if (chart !== undefined) charts.set(chart, [...(charts.get(chart) ?? []), folder]);
          } else if (kustomizationFiles.has(name)) {
            kustomizations.push(folder);
          }
        }
      }
      level = below;
    }
    const folders = { charts, kustomizations };
    this.#folders.set(key, folders);
    return folders;
  }
}

function entriesOf(folder: string): ReturnType<typeof readFolder> {
  try {
    return readFolder(folder).sort((a, b) => compare(a.name, b.name));
  } catch {
    // Not ours to read: nothing is found there.
    return [];
  }
}

function readFolder(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
