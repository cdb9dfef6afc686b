import { statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { type Disk, realDisk } from './disk.ts';

/** Patterns as in a `.gitignore`, for what is below `base`. */
export interface IgnoreText {
  readonly base: string;
  readonly text: string;
}

/** The nearest folder, from `folder` upwards, that holds `.git` (a folder, or the file of a worktree or submodule). */
export function findGitRoot(folder: string): string | undefined {
  for (let current = folder; ;) {
    if (exists(join(current, '.git'))) return current;
    const parent = dirname(current);
    if (parent === current) return undefined;
    current = parent;
  }
}

/** From the git root to the folder: "" or "a/b/"; what makes a path of the folder one of the repository. */
export function gitPrefix(folder: string): string {
  const root = findGitRoot(folder);
  if (root === undefined || root === folder) return '';
  return `${relative(root, folder).split(sep).join('/')}/`;
}

/**
 * What is ignored in the folder because of the folders above it, the outermost first: from the git root down, and without one
 * from `top` down when the folder lies below that.
 */
export function ignoreTextsAbove(folder: string, top: string, disk: Disk = realDisk): readonly IgnoreText[] {
  const gitRoot = findGitRoot(folder);
  const root = gitRoot ?? (isWithin(folder, top) ? top : folder);
  const texts = gitRoot === undefined ? [] : gitExcludeText(gitRoot);
  let current = root;
  for (const step of relative(root, folder).split(sep).filter(Boolean)) {
    texts.push(...gitignoreText(current, disk));
    current = join(current, step);
  }
  return texts;
}

/** `.gitignore` of the folder; nothing when it has none or an empty one. */
export function gitignoreText(folder: string, disk: Disk): IgnoreText[] {
  return ignoreText(folder, disk.ignoreText(join(folder, '.gitignore')));
}

/** What a clone ignores for itself alone: `.git/info/exclude`. */
export function gitExcludeText(root: string): IgnoreText[] {
  return ignoreText(root, realDisk.ignoreText(join(gitFolder(root), 'info', 'exclude')));
}

/** Whether the path is the folder or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function ignoreText(base: string, text: string): IgnoreText[] {
  return text.split('\n').some((line) => /^[^#]/.test(line.trim())) ? [{ base, text }] : [];
}

/** `.git`, or where the `.git` file of a worktree or submodule leads: to the folder that all worktrees share. */
function gitFolder(root: string): string {
  const own = join(root, '.git');
  const link = /^gitdir: (.+)$/m.exec(realDisk.ignoreText(own))?.[1];
  if (link === undefined) return own;
  const folder = isAbsolute(link) ? link : join(root, link);
  const common = realDisk.ignoreText(join(folder, 'commondir')).trim();
  if (common === '') return folder;
  return isAbsolute(common) ? common : join(folder, common);
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Without permission to look there is none for us.
    return false;
  }
}
