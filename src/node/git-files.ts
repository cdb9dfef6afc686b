import type { Git } from './git.ts';

/** A file as git has it in a revision or in the index. */
export interface GitFile {
  /** From the top of the work tree, with `/`; one character for each byte, since names need not be UTF-8. */
  readonly path: string;
  readonly kind: 'file' | 'link' | 'submodule';
  readonly id: string;
  /** There are several versions of it in the index: a merge has not been resolved. */
  readonly unmerged: boolean;
}

/** All files of a commit or tree. */
export async function filesOfCommit(git: Git, id: string): Promise<readonly GitFile[]> {
  return records(await git.output(['ls-tree', '-r', '-z', '--full-tree', id])).map((record) => {
    const [, mode = '', object = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(record) ?? [];
    return { path, kind: kindOf(mode), id: object, unmerged: false };
  });
}

/** All files of the index, each once: what would be committed now. Files that will only be added (`git add -N`) are empty. */
export async function filesOfIndex(git: Git): Promise<readonly GitFile[]> {
  const files = new Map<string, GitFile>();
  for (const record of records(await git.output(['ls-files', '-z', '--stage', '--full-name']))) {
    const [, mode = '', id = '', stage = '', path = ''] = /^(\d+) ([0-9a-f]+) (\d)\t(.*)$/s.exec(record) ?? [];
    files.set(path, { path, kind: kindOf(mode), id, unmerged: stage !== '0' });
  }
  return [...files.values()];
}

/** The names that files of a commit have now, in the index, by those that they had; as `GitFile.path`. */
export async function renamesSince(git: Git, commit: string): Promise<ReadonlyMap<string, string>> {
  const renamed = new Map<string, string>();
  const args = ['diff-index', '--cached', '-z', '-M', '--diff-filter=R', '--name-status', '--no-ext-diff', '--no-textconv', commit, '--'];
  const [...words] = records(await git.output(args));
  for (let i = 0; i + 2 < words.length; i += 3) renamed.set(words[i + 1] ?? '', words[i + 2] ?? '');
  return renamed;
}

/** Files that a sparse checkout leaves out of the work tree; as `GitFile.path`. */
export async function filesNotCheckedOut(git: Git): Promise<ReadonlySet<string>> {
  const { stdout } = await git.run(['config', '--type=bool', '--get', 'core.sparseCheckout']);
  if (stdout.toString().trim() !== 'true') return new Set();
  const tagged = records(await git.output(['ls-files', '-z', '-t', '--full-name']));
  return new Set(tagged.flatMap((record) => (record.startsWith('S ') ? [record.slice(2)] : [])));
}

function records(output: Buffer): readonly string[] {
  return output.toString('latin1').split('\0').slice(0, -1);
}

function kindOf(mode: string): GitFile['kind'] {
  if (mode === '160000') return 'submodule';
  return mode === '120000' ? 'link' : 'file';
}
