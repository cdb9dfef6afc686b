import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distribution } from './bundle.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const consumer = mkdtempSync(path.join(tmpdir(), 'consumer-'));
const installed = path.join(consumer, 'node_modules/meshlint');
let files: ReadonlyMap<string, string> = new Map();

const write = (file: string, text: string): string => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

// The package as it would be installed: with nothing beside it.
beforeAll(async () => {
  files = await distribution(root);
  for (const [file, text] of files) write(path.join(installed, 'dist', file), text);
  cpSync(path.join(root, 'package.json'), path.join(installed, 'package.json'));
  write(path.join(consumer, 'package.json'), '{ "type": "module" }');
}, 60_000);

afterAll(() => {
  rmSync(consumer, { recursive: true });
});

const rule = `
export const rule = defineRule({
  id: 'sidecar-without-egress',
  title: 'Sidecar without egress',
  category: 'hygiene',
  severity: 'info',
  presets: ['strict'],
  since: '1.0.0',
  subjects: ['Sidecar'],
  options: { most: { description: 'How many.', default: 5 } },
  docs: { why: '', help: '', evidence: '', bad: '', good: '', references: [] },
  *check(sidecar, { mesh, options }) {
    void mesh;
    const most: number = options.most;
    const labels: Readonly<Record<string, string>> | undefined = sidecar.spec?.workloadSelector?.labels;
    // @ts-expect-error a Sidecar has no such field
    void sidecar.spec?.nothing;
    if (labels === undefined && most > 0) yield { at: at(sidecar, 'spec'), message: 'no egress' };
  },
});
`;

describe('the types of the package', () => {
  it.each([
    [
      'ES modules',
      'consumer.ts',
      `import { at, defineRule, lint, type LintResult, rules, UsageError, version } from 'meshlint';
import { testRule } from 'meshlint/testing';
${rule}
const result: LintResult = await lint([{ path: 'a.yaml', read: () => '' }], { preset: 'strict', plugins: [rule, ...rules] });
testRule((name: string, run: () => Promise<void>) => [name, run], rule, { silent: '', open: { yaml: '', complete: true } });
export const used = [result.findings[0]?.location.start.line, UsageError, version];
`,
    ],
    [
      'CommonJS',
      'consumer.cts',
      `import { at, defineRule } from 'meshlint';\nimport meshlint = require('meshlint');\n${rule}\nvoid meshlint.lint([]);\n`,
    ],
  ])('hold in a strict consumer of %s', (_kind, name, text) => {
    const file = write(path.join(consumer, name), text);
    const program = ts.createProgram([file], {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      lib: ['lib.es2023.d.ts'],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
    });
    const complaints = ts
      .getPreEmitDiagnostics(program)
      .map(({ file: where, messageText }) => `${where?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
    expect(complaints).toEqual([]);
  });
});

describe('the package', () => {
  const node = (...args: readonly string[]): string => execFileSync(process.execPath, args, { cwd: consumer, encoding: 'utf8', env: {} });
  const manifest =
    'apiVersion: security.istio.io/v1\\nkind: PeerAuthentication\\nmetadata: { name: a }\\nspec: { mtls: { mode: PERMISSIVE } }\\n';
  const run = `lint([{ path: 'a.yaml', read: () => '${manifest}' }]).then(({ findings }) => console.log(findings.map(({ rule }) => rule.id).join()));`;

  it('can be imported and required', () => {
    expect(node('--input-type=module', '-e', `import { lint } from 'meshlint'; import 'meshlint/testing'; ${run}`)).toBe(
      'permissive-mtls\n',
    );
    expect(node('--input-type=commonjs', '-e', `const { lint } = require('meshlint'); require('meshlint/testing'); ${run}`)).toBe(
      'permissive-mtls\n',
    );
  });

  it('brings a program', () => {
    expect(node('node_modules/meshlint/dist/meshlint.cjs', '--version')).toMatch(/^meshlint \d+\.\d+\.\d+\n$/);
    expect(files.get('meshlint.cjs')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('is the meshlint that a plugin imports', () => {
    const plugin = `const { lint } = require('meshlint');
const core = require.main.children.find(({ filename }) => /core\\.cjs$/.test(filename));
console.error(Object.values(core.exports).includes(lint));
exports.rules = [];`;
    writeFileSync(path.join(consumer, 'own.cjs'), plugin);
    writeFileSync(path.join(consumer, 'a.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n');
    const program = ['node_modules/meshlint/dist/meshlint.cjs', 'lint', '--plugin', 'own.cjs', 'a.yaml'];
    expect(spawnSync(process.execPath, program, { cwd: consumer, encoding: 'utf8', env: {} }).stderr).toMatch(/^true$/m);
  });

  it('brings the licences of what is in it', () => {
    const licences = files.get('licences.txt') ?? '';
    for (const name of ['@actions/core', 'yaml', 'ignore', 'tinyglobby', 'fdir', 'picomatch'])
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\([A-Z]`, 'm'));
    for (const name of ['esbuild', 'undici']) expect(licences).not.toContain(name);
  });
});
