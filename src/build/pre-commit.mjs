/**
 * The hooks in the real pre-commit, which installs this repository as their source: `node src/build/pre-commit.mjs`.
 * The source is a clone of this checkout with the built files that lie here. Nothing is fetched from elsewhere.
 * Exit code 1 when anything is other than it should be, 77 when there is no pre-commit.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'meshlint-'));
const env = {
  PATH: process.env.PATH,
  HOME: folder,
  PRE_COMMIT_HOME: path.join(folder, 'cache'),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  // Neither a registry nor another host: only this machine's files.
  GIT_ALLOW_PROTOCOL: 'file',
  http_proxy: 'http://127.0.0.1:1',
  https_proxy: 'http://127.0.0.1:1',
  npm_config_offline: 'true',
  LC_ALL: 'C.UTF-8',
};

function run(program, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  return { status: error ? -1 : status, said: `${stdout ?? ''}${stderr ?? ''}${error ?? ''}` };
}

function must(program, args, cwd) {
  const { status, said } = run(program, args, cwd);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${said}`);
  return said.trim();
}

const { status: found, said: version } = run('pre-commit', ['--version'], folder);
if (found !== 0) {
  console.log('pre-commit is not installed');
  rmSync(folder, { recursive: true });
  process.exit(77);
}

let failures = 0;
function check(what, holds, said) {
  if (!holds) failures += 1;
  console.log(`${holds ? 'ok    ' : 'FAILED'}  ${what}${holds ? '' : `\n${said}`}`);
}

const hooks = path.join(folder, 'hooks');
must('git', ['clone', '-q', pathToFileURL(root).href, hooks], folder);
for (const name of ['dist', '.pre-commit-hooks.yaml', 'package.json']) {
  rmSync(path.join(hooks, name), { recursive: true, force: true });
  cpSync(path.join(root, name), path.join(hooks, name), { recursive: true });
}
must('git', ['add', '-A'], hooks);
must('git', ['commit', '-q', '--allow-empty', '-m', 'hooks'], hooks);
const revision = must('git', ['rev-parse', 'HEAD'], hooks);

/** A repository that uses a hook. Its name has a space. */
function consumer(name, hook, files) {
  const top = path.join(folder, `mesh of ${name}`);
  mkdirSync(top);
  must('git', ['init', '-q', '-b', 'main'], top);
  const git = (...args) => must('git', args, top);
  const write = (all) => {
    for (const [file, text] of Object.entries(all)) {
      mkdirSync(path.dirname(path.join(top, file)), { recursive: true });
      writeFileSync(path.join(top, file), text);
    }
  };
  const config = `repos:\n  - repo: ${pathToFileURL(hooks).href}\n    rev: ${revision}\n    hooks:\n      - id: ${hook}\n`;
  write({ ...files, '.pre-commit-config.yaml': config });
  git('add', '-A');
  git('commit', '-q', '--allow-empty', '-m', 'before the hook');
  must('pre-commit', ['install'], top);
  const commit = (...args) => run('git', ['commit', '-m', 'x', ...args], top);
  return { repository: top, git, write, commit };
}

const service = (name) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec: { ports: [{ name: http, port: 80 }] }\n`;
const policy = (name, mode) =>
  `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: default, namespace: ${name} }\nspec: { mtls: { mode: ${mode} } }\n`;
const istio = (kind, spec) =>
  `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: { name: reviews, namespace: shop }\nspec: ${spec}\n`;
const subset = (name) => istio('DestinationRule', `{ host: reviews, subsets: [{ name: ${name}, labels: { version: ${name} } }] }`);
const mesh = {
  'k8s/routes.yaml': istio('VirtualService', '{ hosts: [reviews], http: [{ route: [{ destination: { host: reviews, subset: v1 } }] }] }'),
  'k8s/subsets.yaml': subset('v1'),
  'k8s/service.yaml': service('reviews'),
  // Faults that were there before anybody had a hook.
  'old/policy.yaml': policy('old', 'PERMISSIVE'),
  'old/broken.yaml': 'apiVersion: v1\nkind: Service\nmetadata: [\n',
};

const { repository, git, write, commit } = consumer('new', 'meshlint', mesh);
const passed = ({ status, said }) => status === 0 && said.includes('Passed');
const refused = ({ status, said }, ...words) => status === 1 && said.includes('Failed') && words.every((word) => said.includes(word));

write({ 'k8s/more.yaml': service('ratings') });
git('add', '-A');
let outcome = commit();
check('a good commit is made, whatever was wrong before', passed(outcome), outcome.said);

write({ 'k8s/new policy.yaml': policy('new', 'PERMISSIVE') });
git('add', '-A');
outcome = commit();
check('a bad commit is refused, with the place', refused(outcome, 'k8s/new policy.yaml:4:', 'permissive-mtls'), outcome.said);
check('and nothing else is reported', !outcome.said.includes('old/'), outcome.said);

write({ 'k8s/new policy.yaml': policy('new', 'STRICT') });
outcome = commit();
check('what counts is what is staged: still bad', refused(outcome, 'k8s/new policy.yaml:4:'), outcome.said);
git('add', '-A');
write({ 'k8s/new policy.yaml': policy('new', 'PERMISSIVE'), 'k8s/untracked.yaml': policy('other', 'PERMISSIVE') });
outcome = commit();
check('what counts is what is staged: good', passed(outcome), outcome.said);
outcome = commit('-a');
check('git commit -a stages what is bad', refused(outcome, 'k8s/new policy.yaml:4:'), outcome.said);
git('checkout', '-q', 'HEAD', '--', 'k8s');
rmSync(path.join(repository, 'k8s/untracked.yaml'));

git('rm', '-q', '--cached', 'k8s/more.yaml');
outcome = commit();
check('a deletion that breaks nothing is made', passed(outcome), outcome.said);
write({ 'k8s/other.yaml': subset('v2').replace('name: reviews', 'name: other') });
git('add', 'k8s/other.yaml');
outcome = commit();
check('another definition is added', passed(outcome), outcome.said);
git('rm', '-q', 'k8s/subsets.yaml');
outcome = commit();
check('a deletion that breaks an unchanged file is refused', refused(outcome, 'k8s/routes.yaml:4:', 'subset-not-found'), outcome.said);
git('reset', '-q', '--hard');

git('mv', 'old', 'moved');
outcome = commit();
check('renaming files with faults is no news', passed(outcome), outcome.said);

const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`many/${i}/service.yaml`, service(`s${i}`)]));
write(many);
git('add', '-A');
const start = performance.now();
outcome = commit();
check('3000 files in one commit', passed(outcome), outcome.said);
console.log(`        in ${((performance.now() - start) / 1000).toFixed(1)} s`);

const all = consumer('all', 'meshlint-all', mesh);
all.write({ 'a.txt': 'a' });
all.git('add', '-A');
outcome = all.commit();
check('meshlint-all fails on what was there', outcome.status === 1 && outcome.said.includes('old/policy.yaml:4:'), outcome.said);
all.git('rm', '-q', '-r', 'old');
outcome = all.commit();
check('meshlint-all passes when it is gone', passed(outcome), outcome.said);

const first = consumer('none', 'meshlint', {});
first.write({ 'a.yaml': service('a') });
first.git('add', '-A');
outcome = first.commit();
check('a repository without manifests gets its first', passed(outcome), outcome.said);

rmSync(folder, { recursive: true });
console.log(`${version.trim()}: ${failures === 0 ? 'all as it should be' : `${failures} failed`}`);
process.exitCode = failures === 0 ? 0 : 1;
