/**
 * The Action from its sources, through `@github/local-action`, as somebody who works on it runs it: `npx -y node@24 src/build/local-action.mjs [INPUT=VALUE]...`.
 * Without inputs a mesh with faults is read, and the exit code is 1 when anything is other than it should be. Needs the registry.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const tool = '@github/local-action@7.0.1';
const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'local-action-'));
const summary = path.join(folder, 'summary.md');
const sarif = path.join(folder, 'out.sarif');
const given = process.argv.slice(2);
const inputs = given.length > 0 ? given : ['paths=fixtures/shop-broken', 'formats=concise', `sarif-file=${sarif}`];
const variables = [
  ...inputs.map((input) => input.replace(/^[^=]*/, (name) => `INPUT_${name.toUpperCase()}`)),
  `GITHUB_STEP_SUMMARY=${summary}`,
  `GITHUB_WORKSPACE=${root}`,
];
writeFileSync(summary, '');
writeFileSync(path.join(folder, '.env'), `${variables.join('\n')}\n`);

// It starts npm, which starts `node`: this one. And npm says to what it starts how it was started itself.
const own = Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_'));
const hooks = new URL('node-validators.mjs', import.meta.url).href;
const env = {
  ...Object.fromEntries(own),
  PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`,
  NODE_OPTIONS: `--import ${hooks}`,
  npm_config_yes: 'true',
};
const { status, stdout, stderr } = spawnSync('npx', ['-y', tool, 'run', '.', 'src/action/main.ts', path.join(folder, '.env')], {
  cwd: root,
  encoding: 'utf8',
  env,
});
const page = readFileSync(summary, 'utf8');

if (given.length > 0) {
  process.stdout.write(`${stdout}${page}`);
  process.exitCode = status;
} else {
  const expected = {
    'exit code': status === 1,
    report: stdout.includes('[subset-not-found]'),
    annotations: /^::error title=meshlint%3A subset-not-found,file=fixtures\/shop-broken\//m.test(stdout),
    outputs: /│ 'exit-code' +│ '1' +│/.test(stdout) && stdout.includes(`'${sarif}'`) && /│ 'errors' +│ '[1-9]\d*' +│/.test(stdout),
    'job summary': page.startsWith('## meshlint\n\n**') && page.includes('subset-not-found'),
  };
  for (const [what, holds] of Object.entries(expected)) console.log(`${holds ? 'ok    ' : 'FAILED'}  ${what}`);
  const good = Object.values(expected).every(Boolean);
  if (!good) console.log(`exit code ${status}\n${stdout}${stderr}`);
  process.exitCode = good ? 0 : 1;
}
rmSync(folder, { recursive: true });
