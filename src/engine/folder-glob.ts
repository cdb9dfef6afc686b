import { compileGlob } from './glob.ts';
import { joinPaths, normalizePath } from './paths.ts';

/**
 * Whether a path is meant by a pattern that is relative to another folder: `folder` is where the paths begin, as seen from there. What lies
 * outside of that other folder is meant only by a pattern that says so.
 */
export function compileGlobIn(folder: string, pattern: string): (path: string) => boolean {
  const matches = compileGlob(pattern);
  if (folder === '') return matches;
  const leadsOut = normalizePath(pattern).startsWith('..');
  return (path) => {
    const seen = joinPaths(folder, path);
    return (leadsOut || !seen.startsWith('../')) && matches(seen);
  };
}
