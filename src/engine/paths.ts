/** The folder of a file, without a slash at its end; empty for the current folder. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** A path without `.`, empty steps and `..` that can be resolved; `..` at its beginning stays. Purely by its text. */
export function normalizePath(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else steps.push(step);
  }
  return `${path.startsWith('/') ? '/' : ''}${steps.join('/')}`;
}

/** What `relative` means in a folder. */
export function joinPaths(folder: string, relative: string): string {
  return normalizePath(relative.startsWith('/') || folder === '' ? relative : `${folder}/${relative}`);
}
