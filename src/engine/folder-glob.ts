import { compileGlob } from './glob.ts';
import { joinPaths, normalizePath } from './paths.ts';

/**
 * Whether a path is meant by a pattern that is relative to another folder: `folder` is where the paths begin, as seen from there. What lies
 * outside of that other folder is meant only by a pattern that says so. `below`: that other folder as seen from where the paths begin, if it
 * lies there, which `folder` (`..`) can't say.
 */
export function compileGlobIn(folder: string, pattern: string, below = ''): (path: string) => boolean {
  const matches = compileGlob(pattern);
  if (below !== '' && normalizePath(pattern).startsWith('..')) return compileGlob(`${below}/${pattern}`);
  if (below !== '') return (path) => path.startsWith(`${below}/`) && matches(path.slice(below.length + 1));
  if (folder === '') return matches;
  const leadsOut = normalizePath(pattern).startsWith('..');
  return (path) => {
    const seen = joinPaths(folder, path);
    return (leadsOut || !seen.startsWith('../')) && matches(seen);
  };
}
