import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder, type TemporaryFolder } from '../node/temporary-folder.ts';
import { version } from '../version.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Metadata {
  readonly description: string;
  readonly default?: string;
}
const action = parse(read('action.yml')) as Readonly<Record<'inputs' | 'outputs', Readonly<Record<string, Metadata>>>>;
const section = /^## GitHub Action\n([^]*?)^## /m.exec(read('README.md'))?.[1] ?? '';
const workflows = [...section.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text = '']) => text);
const published = `meshlint/meshlint@v${version.split('.', 1).join('')}`;

/** https://github.com/rhysd/actionlint, where it is installed. */
const actionlint = spawnSync('actionlint', ['--version'], { encoding: 'utf8' }).status === 0 ? 'actionlint' : undefined;
if (actionlint === undefined) console.log('actionlint is not on the PATH: the workflows of the README are not checked by it');

describe('the workflows in the README', () => {
  it('are some', () => {
    expect(workflows.length).toBeGreaterThanOrEqual(2);
  });

  it.each(workflows.map((text, index) => ({ text, index })))('use the Action that there is: $index', ({ text }) => {
    const { jobs } = parse(text) as { readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly uses: string }[] }>> };
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    expect(steps.map(({ uses }) => uses)).toContain(published);
  });

  let folder: TemporaryFolder;
  beforeAll(() => {
    folder = temporaryFolder({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.github/workflows/mesh.yaml': '',
      'meshlint/action.yml': read('action.yml'),
      'meshlint/dist/action.cjs': '',
    });
  });
  afterAll(() => {
    folder.remove();
  });

  const lint = (text: string): { readonly status: number | null; readonly said: string } => {
    const file = join(folder.path, '.github/workflows/mesh.yaml');
    // Of an Action in the repository itself actionlint knows the inputs and outputs.
    writeFileSync(file, text.replaceAll(published, './meshlint'));
    const { status, stdout, stderr } = spawnSync('actionlint', ['-no-color', '-shellcheck=', '-pyflakes=', file], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    return { status, said: stdout + stderr };
  };

  it.skipIf(actionlint === undefined).each(workflows.map((text, index) => ({ text, index })))(
    'are right for actionlint: $index',
    ({ text }) => {
      expect(lint(text)).toEqual({ status: 0, said: '' });
    },
  );

  it.skipIf(actionlint === undefined)('would not be with an input or an output that there is not', () => {
    for (const [right, wrong] of [
      ['paths:', 'path:'],
      ['outputs.sarif-file', 'outputs.sarif'],
    ] as const) {
      const text = workflows.find((workflow) => workflow.includes(right)) ?? '';
      expect(lint(text.replace(right, wrong))).toMatchObject({ status: 1 });
    }
  });
});

describe('the tables in the README', () => {
  const rows = [...section.matchAll(/^\| `([a-z-]+)` +\| (.+?) +\|$/gm)].map(([, name = '', text = '']) => ({ name, text }));

  it('list the inputs and outputs of action.yml, with its words', () => {
    const all = [...Object.entries(action.inputs), ...Object.entries(action.outputs)];
    expect(rows).toEqual(all.map(([name, { description }]) => ({ name, text: description })));
  });
});
