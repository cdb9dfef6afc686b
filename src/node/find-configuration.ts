import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../engine/options.ts';
import { findGitRoot } from './git-root.ts';

const configurationNames = ['meshlint.yaml', '.meshlint.yaml', '.meshlint.json'] as const;

/**
 * The nearest configuration file from the folder upwards to the git root; only in the folder itself where there is no repository, since what
 * lies above it may be anybody's.
 */
export function findConfiguration(folder: string, isFile: (path: string) => boolean = isFileOnDisk): string | undefined {
  const top = findGitRoot(folder) ?? folder;
  for (let current = folder; ; current = dirname(current)) {
    const [found, other] = configurationNames.filter((name) => isFile(join(current, name)));
    if (other !== undefined && found !== undefined)
      throw new UsageError(`there are two configurations, ${found} and ${other}, in one folder`, 'remove one, or name one with --config');
    if (found !== undefined) return join(current, found);
    if (current === top || dirname(current) === current) return undefined;
  }
}

function isFileOnDisk(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
  } catch {
    return false;
  }
}
