import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findConfiguration } from './find-configuration.ts';
import { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

const folders: TemporaryFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function found(files: Readonly<Record<string, string>>, from: string): string | undefined {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return findConfiguration(join(folder.path, from))?.slice(folder.path.length + 1);
}

describe('a configuration', () => {
  it('is the nearest one, up to the root of the repository', () => {
    expect(found({ 'r/.git/HEAD': '', 'r/.meshlint.yaml': '', 'r/a/b/x': '' }, 'r/a/b')).toBe('r/.meshlint.yaml');
    expect(found({ 'r/.git/HEAD': '', 'r/meshlint.yaml': '', 'r/a/.meshlint.json': '', 'r/a/b/x': '' }, 'r/a/b')).toBe(
      'r/a/.meshlint.json',
    );
    expect(found({ 'meshlint.yaml': '', 'r/.git/HEAD': '', 'r/a/x': '' }, 'r/a')).toBeUndefined();
    expect(found({ 'r/.git/HEAD': '', 'r/meshlint.yaml/x': '' }, 'r')).toBeUndefined();
  });

  it('is looked for only in the folder itself where there is no repository', () => {
    expect(found({ 'meshlint.yaml': '', 'a/x': '' }, '')).toBe('meshlint.yaml');
    expect(found({ 'meshlint.yaml': '', 'a/x': '' }, 'a')).toBeUndefined();
  });
});
