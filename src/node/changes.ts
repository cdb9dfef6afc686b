import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join, sep } from 'node:path';

export interface WatchedPaths {
  /** Absolute. All below them that may hold manifests: no hidden folders, no node_modules. */
  readonly folders: readonly string[];
  /** Absolute; they need not be there. */
  readonly files: readonly string[];
  /** Absolute; what the run writes itself. */
  readonly ignored: readonly string[];
}

export interface ChangeOptions {
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Do not ask the system to tell: look again and again. */
  readonly poll?: boolean;
}

/** What is there: equal texts mean that nothing has changed. */
export interface Snapshot {
  readonly text: string;
  /** Of which it is made, sorted: one for each file. */
  readonly lines: readonly string[];
  /** All folders that were looked into. */
  readonly folders: readonly string[];
}

const relevant = /\.(?:ya?ml|json)$|^(?:Kustomization|\.gitignore)$/i;
/** An editor saves a file in several steps, and a branch is switched in many. */
const quiet = 100;
/** Where the system tells nothing, as on some network drives, looking is what is left; where it tells, looking is for safety. */
const pollEvery = 500;
const lookEvery = 3000;
/** Looking takes at most this share of the time. */
const share = 20;
/** More watchers than that no system likes. */
const maxWatchers = 4000;

/** Stats all files that matter. What can't be looked at is as good as not there. */
export function takeSnapshot({ folders, files, ignored }: WatchedPaths): Snapshot {
  const skip = new Set(ignored);
  const lines: string[] = [];
  const seen = new Set<string>();
  const stack = [...folders];
  const addFile = (path: string): void => {
    if (skip.has(path)) return;
    try {
      const { mtimeMs, size, ino } = statSync(path);
      lines.push(`${path}\n${String(mtimeMs)} ${String(size)} ${String(ino)}`);
    } catch {
      // It is gone, or a link to nothing.
    }
  };
  for (let folder = stack.pop(); folder !== undefined; folder = stack.pop()) {
    if (seen.has(folder)) continue;
    seen.add(folder);
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && entry.name !== 'node_modules') stack.push(path);
      } else if (relevant.test(entry.name)) {
        addFile(path);
      }
    }
  }
  for (const file of files) addFile(file);
  return snapshotOf(lines, [...seen]);
}

/** What is there of either; of a file that has changed between them both are, so that it is not as it is now. */
export function together(one: Snapshot, other: Snapshot): Snapshot {
  return snapshotOf([...one.lines, ...other.lines], [...new Set([...one.folders, ...other.folders])]);
}

function snapshotOf(all: readonly string[], folders: readonly string[]): Snapshot {
  const lines = [...new Set(all)].sort();
  return { text: lines.join('\n'), lines, folders };
}

/**
 * Waits until something is not as the snapshot has it, and has been quiet for a moment. Undefined when the signal ended it. The system's own
 * notices (recursive where it has them, else folder by folder) only say when to look.
 */
export async function nextChange(
  paths: WatchedPaths,
  before: Snapshot,
  { signal, poll = false }: ChangeOptions,
): Promise<Snapshot | undefined> {
  const bell = new Bell(signal);
  const watchers = poll ? undefined : watchersOf(paths, before, bell);
  try {
    // Something may have changed since the snapshot was taken.
    bell.ring();
    for (let cost = 0; ;) {
      const known = watchers !== undefined && !watchers.failed;
      await bell.wait(Math.max(known ? lookEvery : pollEvery, cost * share));
      if (signal.aborted) return undefined;
      // Until it is quiet: what is half written would be reported.
      while (bell.rang()) await bell.pause(quiet);
      const started = performance.now();
      const now = takeSnapshot(paths);
      cost = performance.now() - started;
      if (now.text !== before.text) return now;
    }
  } finally {
    watchers?.close();
  }
}

/** Rings when something may have changed. */
class Bell {
  readonly #signal: AbortSignal;
  #rang = false;
  #wake: (() => void) | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  ring(): void {
    this.#rang = true;
    this.#wake?.();
  }

  /** Whether it has rung since this was asked last. */
  rang(): boolean {
    const rang = this.#rang;
    this.#rang = false;
    return rang;
  }

  /** Until it rings, the signal comes, or so many milliseconds have passed. */
  async wait(milliseconds: number): Promise<void> {
    if (!this.#rang) await this.#sleep(milliseconds, true);
  }

  async pause(milliseconds: number): Promise<void> {
    await this.#sleep(milliseconds, false);
  }

  #sleep(milliseconds: number, untilRung: boolean): Promise<void> {
    return new Promise((resolve) => {
      if (this.#signal.aborted) {
        resolve();
        return;
      }
      const done = (): void => {
        clearTimeout(timer);
        this.#signal.removeEventListener('abort', done);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#signal.addEventListener('abort', done);
      if (untilRung) this.#wake = done;
    });
  }
}

interface Watchers {
  readonly failed: boolean;
  close(): void;
}

function watchersOf({ folders, files }: WatchedPaths, before: Snapshot, bell: Bell): Watchers {
  const open: FSWatcher[] = [];
  let failed = false;
  const fail = (): void => {
    failed = true;
  };
  const add = (folder: string, recursive: boolean): void => {
    if (failed) return;
    try {
      const watcher = watch(folder, { recursive });
      watcher.on('change', (_, name) => {
        if (!/^(?:\.git|node_modules)$/.test(String(name).split(sep, 1)[0] ?? '')) bell.ring();
      });
      watcher.on('error', fail);
      open.push(watcher);
    } catch {
      fail();
    }
  };
  // Node has to watch folder by folder where the system can't, and would watch node_modules too.
  const recursive = process.platform === 'darwin' || process.platform === 'win32';
  const all = new Set([...(recursive ? folders : before.folders)]);
  if (all.size > maxWatchers) fail();
  for (const folder of all) add(folder, recursive);
  for (const folder of new Set(files.map((file) => join(file, '..')))) if (!all.has(folder) && isThere(folder)) add(folder, false);
  return {
    get failed() {
      return failed;
    },
    close() {
      for (const watcher of open) watcher.close();
    },
  };
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function entriesOf(folder: string): ReturnType<typeof readFolder> {
  try {
    return readFolder(folder);
  } catch {
    return [];
  }
}

function readFolder(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
