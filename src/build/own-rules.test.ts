import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distribution } from './bundle.mjs';

// What README says about rules of one's own, done by somebody who has the packed package and nothing else of ours.

const root = path.resolve(import.meta.dirname, '../..');
const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'own-rules-')));
const project = path.join(scratch, 'project');

function write(file: string, text: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** The code blocks of README's section, by the file that their first line names. */
function codeOfReadme(): ReadonlyMap<string, string> {
  const section = /^## Your own rules$(.*?)^## /ms.exec(readFileSync(path.join(root, 'README.md'), 'utf8'))?.[1] ?? '';
  return new Map([...section.matchAll(/^```js\n\/\/ (\S+)\n(.*?)^```$/gms)].map(([, file = '', text = '']) => [file, text]));
}

/** The commands of the section, as they stand there. */
function commandsOfReadme(): readonly string[] {
  const section = /^## Your own rules$(.*?)^## /ms.exec(readFileSync(path.join(root, 'README.md'), 'utf8'))?.[1] ?? '';
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, text = '']) => text.trim().split('\n'));
}

const code = codeOfReadme();
const rule = code.get('rules/route-timeout.mjs') ?? '';
const test = code.get('rules/route-timeout.test.mjs') ?? '';

const manifest = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
    - route:
        - destination: { host: cart }
`;

interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function sh(command: string, cwd = project): Said {
  const env = { PATH: process.env.PATH, HOME: scratch, npm_config_offline: 'true', npm_config_update_notifier: 'false' };
  const { status, stdout, stderr } = spawnSync(command, { cwd, env, shell: true, encoding: 'utf8' });
  return { status, stdout, stderr };
}

beforeAll(async () => {
  const staging = path.join(scratch, 'package');
  const files: ReadonlyMap<string, string> = await distribution(root);
  for (const [file, text] of files) write(path.join(staging, 'dist', file), text);
  for (const file of ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'schemas'])
    cpSync(path.join(root, file), path.join(staging, file), { recursive: true });
  execFileSync('npm', ['pack', '--pack-destination', scratch], { cwd: staging, stdio: 'pipe' });
  const tarball = readdirSync(scratch).find((file) => file.endsWith('.tgz')) ?? '';
  write(path.join(project, 'package.json'), '{ "private": true }');
  write(path.join(project, 'k8s/cart.yaml'), manifest);
  for (const [file, text] of code) write(path.join(project, file), text);
  const { status, stderr } = sh(`npm install --no-audit --no-fund ../${tarball}`);
  if (status !== 0) throw new Error(stderr);
}, 120_000);

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe('the rule in README', { timeout: 60_000 }, () => {
  it('passes its tests, with the package and Node alone', () => {
    const { status, stdout } = sh('node --test rules/');
    expect(stdout).toMatch(/# pass 4\n# fail 0\n/);
    expect(status).toBe(0);
  });

  it('fails its tests when it is wrong', () => {
    write(path.join(project, 'wrong/route-timeout.mjs'), rule.replace('timeout !== undefined', 'timeout === undefined'));
    write(path.join(project, 'wrong/route-timeout.test.mjs'), test);
    const { status, stdout } = sh('node --test wrong/');
    expect(status).not.toBe(0);
    expect(stdout).toContain('expected "route 1 has no timeout", but nothing is reported there');
  });

  it('runs as README says', () => {
    const commands = commandsOfReadme();
    expect(commands.map((command) => command.split(' ').slice(0, 3).join(' '))).toEqual([
      'node --test rules/',
      'npx meshlint lint',
      'npx meshlint explain',
    ]);
    const [, lint, explain] = commands.map((command) => sh(command));
    expect(lint).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^warning\[acme-route-timeout\]: route 1 has no timeout\n/) as unknown,
    });
    expect(explain).toMatchObject({ status: 0, stdout: expect.stringContaining('Istio sets no timeout by default') as unknown });
  });

  it('is held back by the configuration, which can not load it', () => {
    const configuration = write(
      path.join(project, 'own.yaml'),
      'plugins: [rules/route-timeout.mjs]\nrules: { acme-route-timeout: { exempt: [shop] } }\n',
    );
    expect(sh('npx meshlint lint --config own.yaml k8s/')).toMatchObject({
      status: 3,
      stdout: '',
      stderr: expect.stringContaining('--plugin rules/route-timeout.mjs') as unknown,
    });
    expect(sh('npx meshlint lint --config own.yaml --plugin rules/route-timeout.mjs --only acme-route-timeout k8s/')).toMatchObject({
      status: 0,
    });
    rmSync(configuration);
  });
});

describe('the same rule in TypeScript', { timeout: 60_000 }, () => {
  const compile = (file: string, text: string, module: ts.ModuleKind.NodeNext): readonly string[] => {
    const source = write(path.join(project, file), text);
    const program = ts.createProgram([source], {
      module,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts'],
      types: [],
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
    });
    const { diagnostics } = program.emit();
    return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, '\n'),
    );
  };

  it.each([
    ['an ES module', 'typed/route-timeout.mts', 'typed/route-timeout.mjs'],
    ['CommonJS', 'typed/route-timeout.cts', 'typed/route-timeout.cjs'],
  ])('is typed, compiled and loaded as %s', (_, source, compiled) => {
    expect(compile(source, rule, ts.ModuleKind.NodeNext)).toEqual([]);
    const { status, stdout, stderr } = sh(`npx meshlint lint -q -f concise --plugin ${compiled} --only acme-route-timeout k8s/`);
    expect([status, stdout, stderr]).toEqual([1, 'k8s/cart.yaml:7:7-7:12: warning: route 1 has no timeout [acme-route-timeout]\n', '']);
  });

  it('does not compile where a field or an option has another name', () => {
    expect(compile('typed/wrong.mts', rule.replace('.spec?.http', '.spec?.https'), ts.ModuleKind.NodeNext).join()).toContain(
      "'https' does not exist",
    );
    expect(compile('typed/wrong.mts', rule.replace('options.exempt', 'options.exemt'), ts.ModuleKind.NodeNext).join()).toContain(
      "'exemt' does not exist",
    );
  });

  it('as it is needs a Node that runs TypeScript', () => {
    const { status, stdout, stderr } = sh(
      'npx meshlint lint -q -f concise --plugin typed/route-timeout.mts --only acme-route-timeout k8s/',
    );
    if (status === 3) expect(stderr).toContain('compile it to JavaScript first');
    else expect([status, stdout]).toEqual([1, expect.stringContaining('[acme-route-timeout]')]);
  });
});
