/**
 * The built program as a user has it, run by the Node that runs this: dist/ alone in a folder, nothing installed beside it, through pipes.
 * `node src/build/end-to-end.mjs`: exit code 1 when anything is other than it should be.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(path.join(tmpdir(), 'meshlint-'));
const dist = path.join(folder, 'dist');
cpSync(path.join(root, 'dist'), dist, { recursive: true });

let failures = 0;
function check(what, holds, detail = '') {
  if (!holds) failures += 1;
  console.log(`${holds ? 'ok    ' : 'FAILED'}  ${what}${holds || detail === '' ? '' : `\n${detail}`}`);
}

function meshlint(args, { input = '', program = path.join(dist, 'meshlint.cjs'), cwd = root } = {}) {
  const env = { PATH: process.env.PATH, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd, encoding: 'utf8', env, input });
  return { status, stdout, stderr, said: `exit code ${status}\n${stdout}${stderr}` };
}

const broken = 'fixtures/shop-broken';
const found = JSON.parse(readFileSync(path.join(root, 'fixtures/expected/shop-broken.rules.json'), 'utf8'));
const rules = found.flatMap((id) => ['--only', id]);
// Its configuration says that it is two complete meshes.
const config = ['--config', `${broken}/meshlint.yaml`];
for (const [format, file] of Object.entries({ text: 'txt', json: 'json', sarif: 'sarif' })) {
  const { status, stdout, said } = meshlint(['lint', ...config, ...rules, '--format', format, broken]);
  const expected = readFileSync(path.join(root, `fixtures/expected/shop-broken.${file}`), 'utf8').replaceAll('0.0.0-test', version);
  check(`the broken shop as ${format}`, status === 1 && stdout === expected, said);
}
// Without any options, the five faults of which a gate must know.
const gated = meshlint(['lint', '-f', 'json', broken]);
const ids = new Set(gated.status === 1 ? JSON.parse(gated.stdout).findings.map(({ rule }) => rule) : []);
const faults = ['weight-sum', 'subset-not-found', 'unreachable-route', 'permissive-mtls', 'overbroad-principals'];
check(
  'the five faults by default',
  faults.every((id) => ids.has(id)),
  gated.said,
);
for (const healthy of ['fixtures/shop', 'fixtures/tutorial']) {
  const { status, said } = meshlint(['lint', healthy]);
  check(`${healthy} is healthy`, status === 0, said);
}

const manifest = readFileSync(path.join(root, broken, 'shop/catalogue.yaml'), 'utf8');
const piped = meshlint(['lint', '-f', 'json', '-'], { input: manifest });
check('standard input', piped.status === 1 && JSON.parse(piped.stdout).findings[0]?.location.file === '-', piped.said);
const unreadable = meshlint(['lint', '-'], { input: 'apiVersion: v1\nkind: [\n' });
check('text that is no YAML ends with 2', unreadable.status === 2 && unreadable.stdout.includes('invalid-yaml'), unreadable.said);
const wrong = meshlint(['lint', '--nonsense']);
check('wrong usage ends with 3', wrong.status === 3 && wrong.stdout === '', wrong.said);
const glob = meshlint(['lint', 'fixtures/shop-broken/**/*.yaml', '--exclude', 'payments/']);
check('globs and exclusions', glob.status === 1, glob.said);

const own = path.join(folder, 'own.mjs');
writeFileSync(
  own,
  `import { at, defineRule } from ${JSON.stringify(pathToFileURL(path.join(dist, 'index.cjs')).href)};
console.log('loaded');
export const rule = defineRule({
  id: 'own-rule', title: 'Own rule', category: 'hygiene', severity: 'error', presets: ['recommended'], since: '1.0.0', subjects: ['Service'],
  *check(service) { yield { at: at(service, 'metadata', 'name'), message: 'not ours' }; },
});`,
);
const ownRule = meshlint(['lint', '-f', 'json', '--plugin', own, '--only', 'own-rule', '-'], { input: manifest });
check('a plugin', ownRule.status === 1 && JSON.parse(ownRule.stdout).findings[0]?.rule === 'own-rule', ownRule.said);
check('what a plugin prints is no part of the report', ownRule.stderr.includes('loaded'), ownRule.said);

const mesh = path.join(folder, 'mesh');
cpSync(path.join(root, broken), mesh, { recursive: true });
const created = meshlint(['baseline', 'create', 'accepted.json'], { cwd: mesh });
const accepted = meshlint(['lint', '--baseline', 'accepted.json'], { cwd: mesh });
check(
  'a baseline',
  created.status === 0 && accepted.status === 0 && accepted.stdout.includes('no new problems'),
  created.said + accepted.said,
);
const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
for (const args of [
  ['init', '-q'],
  ['add', '-A'],
  [...author, 'commit', '-q', '-m', 'x'],
])
  spawnSync('git', args, { cwd: mesh });
const same = meshlint(['lint', '--since', 'HEAD'], { cwd: mesh });
writeFileSync(path.join(mesh, 'new.yaml'), manifest.replaceAll('catalogue', 'other'));
spawnSync('git', ['add', '-A'], { cwd: mesh });
for (const options of [
  ['--since', 'HEAD'],
  ['--staged', '--since', 'HEAD'],
]) {
  const { status, stdout, said } = meshlint(['lint', '-f', 'concise', ...options], { cwd: mesh });
  const isNew = stdout.split('\n').every((line) => line === '' || line.startsWith('new.yaml:'));
  check(`only what is new: ${options.join(' ')}`, same.status === 0 && status === 1 && isNew, same.said + said);
}

symlinkSync(path.join(dist, 'meshlint.cjs'), path.join(folder, 'kubectl-meshlint'));
const plugin = meshlint(['--help'], { program: path.join(folder, 'kubectl-meshlint') });
check('a plugin of kubectl', plugin.status === 0 && plugin.stdout.includes('kubectl meshlint'), plugin.said);

const { lint } = await import(path.join(dist, 'index.cjs'));
const result = await lint([{ path: 'catalogue.yaml', read: () => manifest }]);
check('the API', result.findings.length > 0 && result.complete);

rmSync(folder, { recursive: true });
console.log(`Node ${process.versions.node}: ${failures === 0 ? 'all as it should be' : `${failures} failed`}`);
process.exitCode = failures === 0 ? 0 : 1;
