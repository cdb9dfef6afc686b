import { resolve, sep } from 'node:path';
import { UsageError } from '../engine/options.ts';
import type { Source } from '../text/source.ts';
import { splitGlob } from './expand-glob.ts';
import { findSources, type FindOptions, type FoundSources } from './files.ts';

/**
 * Adds what is part of the mesh and never reported on. A file that was named both ways, itself or with a folder, is what the nearer name says:
 * `lint apps --context .` reports on what lies in apps, `lint . --context vendor` on nothing that lies in vendor.
 */
export async function withContext(
  found: FoundSources,
  operands: readonly string[],
  context: readonly string[],
  options: FindOptions,
): Promise<FoundSources> {
  const more = await findSources(context, options);
  const linted = new Set(found.sources.map(({ path }) => path));
  const both = new Set(more.sources.map(({ path }) => path).filter((path) => linted.has(path)));
  if (both.has('-')) throw new UsageError('standard input is both what is linted and context', 'give one of them as a file');
  const asContext = (path: string): boolean =>
    both.has(path) && nearness(context, path, options.cwd) > nearness(operands, path, options.cwd);
  return {
    sources: [
      ...found.sources.filter(({ path }) => !asContext(path)),
      ...more.sources.filter(({ path }) => !both.has(path) || asContext(path)).map(contextOf),
    ],
    notifications: [...found.notifications, ...more.notifications],
    skipped: found.skipped,
  };
}

function contextOf(source: Source): Source {
  return { path: source.path, context: true, ...(source.named === undefined ? {} : { named: source.named }), read: () => source.read() };
}

/** How much of the file's path is named by one of these; a file that is named itself is nearest of all. */
function nearness(names: readonly string[], shown: string, cwd: string): number {
  const path = resolve(cwd, shown);
  return Math.max(
    -1,
    ...names.map((name) => {
      const whole = resolve(cwd, name);
      if (whole === path) return Infinity;
      const folder = path.startsWith(whole.endsWith(sep) ? whole : `${whole}${sep}`) ? whole : splitGlob(name, cwd).path;
      return folder === sep || path.startsWith(`${folder}${sep}`) ? folder.length : -1;
    }),
  );
}
