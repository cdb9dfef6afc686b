import { sep } from 'node:path';
import type { Notification } from '../rule/finding.ts';
import type { Disk, Entry } from './disk.ts';
import { gitExcludeText, gitignoreText, type IgnoreText, ignoreTextsAbove, isWithin } from './git-root.ts';
import type { IgnoreRules } from './gitignore.ts';
import { codeOf, compare, quote, reason } from './messages.ts';
import type { FilePath } from './read-text.ts';

/** A file to be read. */
export interface Found {
  /** Relative to the current folder, with `/`. */
  readonly shown: string;
  readonly path: FilePath;
  /** Tells one real file from another, whatever links lead to it. */
  readonly real: string;
  readonly named: boolean;
}

/** What came up while looking; shared by all operands of a run. */
export interface Discovery {
  readonly files: Found[];
  readonly notifications: Notification[];
  /** Left alone, by reason: `ignored`, `excluded`, `link-outside`, `special-file`. */
  readonly skipped: Record<string, number>;
}

export interface WalkOptions {
  readonly disk: Disk;
  readonly cwd: string;
  /** Respect `.gitignore`. */
  readonly ignore: boolean;
  readonly excluded: ((path: string, folder: boolean) => boolean) | undefined;
  /** Which files are wanted, by their path relative to the current folder. */
  selects(shown: string): boolean;
}

interface Folder {
  /** Absolute; U+FFFD stands for bytes that are no UTF-8. */
  readonly path: string;
  /** Set when such bytes are in the path. */
  readonly bytes: Buffer | undefined;
  readonly real: string;
  /** "" or "a/b/". */
  readonly shown: string;
  readonly rules: IgnoreRules | undefined;
}

type Gitignore = typeof import('./gitignore.ts');

/**
 * Adds the wanted files below a folder. Links are followed only within the folder, and last, so that a file that is also there
 * without a link has its own name. Each real folder is visited once.
 */
export async function walk(
  root: { readonly path: string; readonly shown: string },
  options: WalkOptions,
  discovery: Discovery,
): Promise<void> {
  const { disk } = options;
  let real: string;
  try {
    real = disk.real(root.path);
  } catch (error) {
    discovery.notifications.push(unreadableFolder(root.shown, error));
    return;
  }
  const above = options.ignore ? ignoreTextsAbove(root.path, options.cwd, disk) : [];
  let gitignore: Gitignore | undefined;
  const load = async (): Promise<Gitignore> => (gitignore ??= await import('./gitignore.ts'));
  const rules = above.length === 0 ? undefined : (await load()).rulesAbove(above, root.path);

  const firstFile = discovery.files.length;
  const visited = new Set<string>();
  const links: { readonly folder: Folder; readonly entry: Entry }[] = [];
  const stack: Folder[] = [{ path: root.path, bytes: undefined, real, shown: root.shown, rules }];
  const outside: string[] = [];
  const around = isWithin(options.cwd, root.path);
  let known: Set<string> | undefined;

  await visitAll();
  while (links.length > 0) {
    const batch = links.splice(0).sort((a, b) => compare(a.folder.shown + a.entry.name, b.folder.shown + b.entry.name));
    for (const { folder, entry } of batch) {
      follow(folder, entry);
      await visitAll();
    }
  }
  if (outside.length > 0) discovery.notifications.push(linksOutside(outside, root.shown));

  async function visitAll(): Promise<void> {
    for (let folder = stack.pop(); folder !== undefined; folder = stack.pop()) await visit(folder);
  }

  async function visit(folder: Folder): Promise<void> {
    if (visited.has(folder.real)) return;
    visited.add(folder.real);
    let entries: readonly Entry[];
    try {
      entries = disk.entries(folder.bytes ?? folder.path);
    } catch (error) {
      discovery.notifications.push(unreadableFolder(folder.shown, error));
      return;
    }
    const here = options.ignore ? await withOwnRules(folder, entries) : folder;
    const below: Folder[] = [];
    for (const entry of entries) {
      if (entry.type === 'folder') {
        if (!isHidden(entry.name) && !leftOut(here, entry, true)) below.push(shownFromCwd(child(here, entry)));
      } else if (entry.type === 'link') {
        links.push({ folder: here, entry });
      } else if (options.selects(here.shown + entry.name) && !leftOut(here, entry, false)) {
        if (entry.type === 'file') add(here, entry);
        else count('special-file');
      }
    }
    // The first comes off the stack first: what is almost sorted is soon sorted.
    for (const next of below.reverse()) stack.push(next);
  }

  /** On the way to the current folder `../a/` becomes "": what lies in it has one name. */
  function shownFromCwd(folder: Folder): Folder {
    if (!around || !isWithin(options.cwd, folder.path)) return folder;
    return { ...folder, shown: '../'.repeat(options.cwd.slice(folder.path.length).split(sep).filter(Boolean).length) };
  }

  async function withOwnRules(folder: Folder, entries: readonly Entry[]): Promise<Folder> {
    const texts: IgnoreText[] = [];
    let parent = folder.rules;
    // A repository of its own: what the outer one ignores is nothing to it.
    if (folder.path !== root.path && entries.some(({ name }) => name === '.git')) {
      parent = undefined;
      texts.push(...gitExcludeText(folder.path));
    }
    if (entries.some(({ name }) => name === '.gitignore')) texts.push(...gitignoreText(folder.path, disk));
    if (texts.length === 0) return parent === folder.rules ? folder : { ...folder, rules: parent };
    return { ...folder, rules: (await load()).withRules(texts, parent) };
  }

  /** Ignored or excluded, and counted as that. */
  function leftOut(folder: Folder, entry: Entry, isFolder: boolean): boolean {
    if (folder.rules === undefined && options.excluded === undefined) return false;
    const path = join(folder.path, entry.name);
    if (options.excluded?.(path, isFolder) === true) return count('excluded');
    return gitignore?.isIgnored(folder.rules, path, isFolder) === true && count('ignored');
  }

  function count(why: string): true {
    discovery.skipped[why] = (discovery.skipped[why] ?? 0) + 1;
    return true;
  }

  function add(folder: Folder, entry: Entry, target?: string): void {
    const bytes = bytesOf(folder, entry);
    discovery.files.push({
      shown: folder.shown + entry.name,
      path: bytes ?? join(folder.path, entry.name),
      real: target ?? realOf(folder, entry, bytes),
      named: false,
    });
  }

  function follow(folder: Folder, entry: Entry): void {
    const wanted = options.selects(folder.shown + entry.name);
    const link = child(folder, entry);
    let target: string;
    try {
      target = disk.real(link.bytes ?? link.path);
    } catch (error) {
      // Hidden ones are editors' lock files.
      if (wanted && !entry.name.startsWith('.') && !leftOut(folder, entry, false)) {
        discovery.notifications.push(brokenLink(folder.shown + entry.name, error));
      }
      return;
    }
    const kind = disk.look(target);
    const isFolder = kind === 'folder';
    if (isFolder ? isHidden(entry.name) : !wanted) return;
    if (leftOut(folder, entry, isFolder)) return;
    if (!isWithin(target, real)) {
      outside.push(folder.shown + entry.name);
      count('link-outside');
    } else if (isFolder) {
      stack.push({ ...link, real: target });
    } else if (kind !== 'file') {
      count('special-file');
    } else {
      known ??= new Set(discovery.files.slice(firstFile).map((file) => file.real));
      if (known.has(target)) return;
      known.add(target);
      add(folder, entry, target);
    }
  }
}

function child(folder: Folder, entry: Entry): Folder {
  const bytes = bytesOf(folder, entry);
  return {
    path: join(folder.path, entry.name),
    bytes,
    real: realOf(folder, entry, bytes),
    shown: `${folder.shown}${entry.name}/`,
    rules: folder.rules,
  };
}

function bytesOf(folder: Folder, entry: Entry): Buffer | undefined {
  if (folder.bytes === undefined && entry.bytes === undefined) return undefined;
  return Buffer.concat([folder.bytes ?? Buffer.from(folder.path), Buffer.from(sep), entry.bytes ?? Buffer.from(entry.name)]);
}

function realOf(folder: Folder, entry: Entry, bytes: Buffer | undefined): string {
  return bytes === undefined ? join(folder.real, entry.name) : bytes.toString('latin1');
}

function join(folder: string, name: string): string {
  return folder.endsWith(sep) ? folder + name : folder + sep + name;
}

function isHidden(folderName: string): boolean {
  return folderName === 'node_modules' || folderName.startsWith('.');
}

function unreadableFolder(shown: string, error: unknown): Notification {
  const file = shown === '' ? '.' : shown.replace(/\/$/, '');
  return { level: 'error', kind: 'unreadable', message: `the folder can't be read: ${reason(error)}`, file };
}

function brokenLink(file: string, error: unknown): Notification {
  const why = codeOf(error) === 'ENOENT' ? 'what it links to does not exist' : reason(error);
  return { level: 'error', kind: 'unreadable', message: `can't be read: ${why}`, file };
}

function linksOutside(links: readonly string[], root: string): Notification {
  const [first = ''] = [...links].sort();
  const where = quote(root === '' ? '.' : root.replace(/\/$/, ''));
  const message =
    links.length === 1
      ? `a link that leads out of ${where}, not followed; name its target to have it read`
      : `one of ${String(links.length)} links that lead out of ${where}, not followed; name their targets to have them read`;
  return { level: 'warning', kind: 'link-outside', message, file: first };
}
