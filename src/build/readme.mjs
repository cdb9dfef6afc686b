/**
 * Runs every command of README's `sh` blocks as they stand there: in a scratch repository with manifests, against the built program, and what begins
 * with `npx meshlint` against a packed tarball. `helm` and `kustomize` are stood in for by what they wrote for fixtures/templates. Ends with 1 when a
 * command ends otherwise than README lets one expect.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const scratch = mkdtempSync(path.join(tmpdir(), 'readme-'));
const project = path.join(scratch, 'project');
const env = { ...process.env, NO_COLOR: '1', HOME: scratch };
delete env.GITHUB_ACTIONS;

/** `[the command, the code it may end with]`: most find what they find. */
const found = [0, 1];
const expected = new Map([
  ['node dist/meshlint.cjs lint fixtures/shop-broken', [1]],
  ['node dist/meshlint.cjs lint --baseline meshlint-baseline.json k8s/', [0]],
  ['node dist/meshlint.cjs lint --since origin/main k8s/', [0]],
  ['node dist/meshlint.cjs lint --staged --since HEAD k8s/', [0]],
  ['npx meshlint lint --staged --since HEAD --allow-empty k8s/', [0]],
  ['npx meshlint lint --plugin rules/route-timeout.mjs k8s/', [1]],
]);
/** The test command itself, and what the tests of README's own rules run. */
const elsewhere = new Set(['npm cit', 'node --test rules/']);

function run(command, args, options = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, env, encoding: 'utf8', ...options });
  return { status, said: `${stdout ?? ''}${stderr ?? ''}` };
}

function prepare() {
  mkdirSync(project);
  cpSync(path.join(root, 'fixtures/shop'), path.join(project, 'k8s'), { recursive: true });
  symlinkSync(path.join(root, 'fixtures'), path.join(project, 'fixtures'));
  symlinkSync(path.join(root, 'dist'), path.join(project, 'dist'));
  writeFileSync(path.join(project, '.gitignore'), 'dist\nfixtures\nnode_modules\ncluster.yaml\n');
  writeFileSync(path.join(project, 'cluster.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n');
  for (const [, file, text] of readme.matchAll(/^```js\n\/\/ (\S+)\n(.*?)^```$/gms)) {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    writeFileSync(path.join(project, file), text);
  }
  const git = (...args) => run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args]);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'all');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  const packed = run('npm', ['pack', '--silent', '--pack-destination', scratch], { cwd: root });
  const tarball = readdirSync(scratch).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack made nothing: ${packed.said}`);
  writeFileSync(path.join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  const installed = run('npm', ['install', '--silent', '--no-audit', '--no-fund', path.join(scratch, tarball)]);
  if (installed.status !== 0) throw new Error(`the tarball can not be installed: ${installed.said}`);
}

/** Until the first report is there; then it is interrupted, and ends with the code of that report. */
async function watch(command) {
  const child = spawn('bash', ['-c', `exec ${command}`], { cwd: project, env });
  let said = '';
  const wait = new Promise((resolve) => {
    const add = (chunk) => {
      said += chunk;
      if (/^read \d+ files?/m.test(said)) child.kill('SIGINT');
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.on('close', (status) => resolve(status));
  });
  const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const status = await wait;
  clearTimeout(late);
  return { status, said };
}

async function perform(command) {
  const piped = /^(helm template|kustomize build) \S+ \| (.*)$/.exec(command);
  if (piped !== null) {
    const recorded = piped[1] === 'helm template' ? 'rendered-chart.yaml' : 'rendered-overlay.yaml';
    return run('bash', ['-c', `cat ${path.join(root, 'fixtures/templates', recorded)} | ${piped[2]}`]);
  }
  return command.includes('--watch') ? await watch(command) : run('bash', ['-c', command]);
}

let failed = 0;
try {
  prepare();
  const lines = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, text]) => text.trim().split('\n'));
  for (const line of lines) {
    const command = line.replace(/\s+#.*$/, '');
    if (elsewhere.has(command)) continue;
    const { status, said } = await perform(command);
    const holds = (expected.get(command) ?? found).includes(status);
    if (!holds) failed += 1;
    console.log(`${holds ? 'ok    ' : 'FAILED'}  ${command}${holds ? '' : `\nexit code ${status}\n${said}`}`);
  }
  for (const command of [...expected.keys(), ...elsewhere]) {
    if (lines.some((line) => line.replace(/\s+#.*$/, '') === command)) continue;
    failed += 1;
    console.log(`FAILED  README does not have: ${command}`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(failed === 0 ? 'all commands of README do what it says' : `${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
