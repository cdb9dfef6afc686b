import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findGitRoot, gitPrefix } from './git-root.ts';
import { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

const folders: TemporaryFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function folderWith(files: Parameters<typeof temporaryFolder>[0]): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return folder.path;
}

describe('the git root', () => {
  it('is the nearest folder upwards that holds .git, as a folder or a file', () => {
    const root = folderWith({ '.git/HEAD': '', 'a/b/x': '', 'sub/.git': 'gitdir: ../.git/modules/sub', 'sub/c/x': '' });
    expect(findGitRoot(join(root, 'a/b'))).toBe(root);
    expect(gitPrefix(join(root, 'a/b'))).toBe('a/b/');
    expect(gitPrefix(root)).toBe('');
    expect(gitPrefix(join(root, 'sub/c'))).toBe('c/');
  });

  it('may be missing', () => {
    const root = folderWith({ 'a/x': '' });
    expect(findGitRoot(join(root, 'a'))).toBeUndefined();
    expect(gitPrefix(join(root, 'a'))).toBe('');
    expect(findGitRoot('/')).toBeUndefined();
  });
});
