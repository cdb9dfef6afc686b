/**
 * The built Action as GitHub's runner starts it: dist/ and action.yml alone in a folder, nothing installed beside it, inputs in variables, outputs in files.
 * `node src/build/end-to-end-action.mjs`, with the Node that action.yml names: exit code 1 when anything is other than it should be.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { step as startStep } from './action-runner.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'meshlint-'));
const action = path.join(folder, 'action');
cpSync(path.join(root, 'dist'), path.join(action, 'dist'), { recursive: true });
cpSync(path.join(root, 'action.yml'), path.join(action, 'action.yml'));

let failures = 0;
function check(what, holds, detail = '') {
  if (!holds) failures += 1;
  console.log(`${holds ? 'ok    ' : 'FAILED'}  ${what}${holds || detail === '' ? '' : `\n${detail}`}`);
}

function put(workspace, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
    writeFileSync(path.join(workspace, name), text);
  }
}

/** A workspace of its own with these files; in the repository without any. */
function step(inputs, { files, workspace = files === undefined ? root : mkdtempSync(path.join(folder, 'workspace-')), ...options } = {}) {
  put(workspace, files ?? {});
  return { workspace, ...startStep(action, inputs, { workspace, ...options }) };
}

function git(workspace, ...args) {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', ['-C', workspace, ...who, ...args], { encoding: 'utf8' });
}

/** A workspace with a repository: the branch `base` has the first files, and what is checked out the second as well. */
function repository(base, change) {
  const workspace = mkdtempSync(path.join(folder, 'repository-'));
  git(workspace, 'init', '-q', '-b', 'base');
  for (const files of [base, change]) {
    put(workspace, files);
    git(workspace, 'add', '-A', '-f');
    git(workspace, 'commit', '-qm', 'mesh');
    if (files === base) git(workspace, 'checkout', '-qb', 'change');
  }
  return workspace;
}

const titles = ({ annotations }) => annotations.map(({ name, properties }) => `${name} ${properties.title ?? ''}`.replace('%3A ', ': '));
const counts = ({ outputs: { 'exit-code': code, total, errors, warnings, infos } }) => [code, total, errors, warnings, infos].join(' ');
const subset = (name) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: a\nspec:\n  hosts:\n    - a\n  http:\n    - route:\n        - destination:\n            host: a\n            subset: ${name}\n---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: a\nspec:\n  host: a\n  subsets:\n    - name: v1\n      labels:\n        version: v1\n`;
const policy = (name, mode = 'PERMISSIVE') =>
  `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  mtls:\n    mode: ${mode}\n`;

{
  const { status, annotations, summary, said, stopped, stderr, ...rest } = step({ paths: 'fixtures/shop\nfixtures/tutorial\n' });
  check('healthy meshes pass, without an annotation', status === 0 && annotations.length === 0, said);
  check(
    'outputs of a run that found nothing',
    counts(rest) === '0 0 0 0 0' && !('sarif-file' in rest.outputs),
    JSON.stringify(rest.outputs),
  );
  check('a job summary of a run that found nothing', summary.startsWith('## meshlint\n\n**no problems found**\n'), summary);
  check('commands are taken again after the report, and nothing goes to standard error', !stopped && stderr === '', said);
}

{
  const sarif = path.join(folder, 'shop.sarif');
  const run = step({ paths: 'fixtures/shop-broken', 'sarif-file': sarif, formats: `text\njson=${folder}/shop.json` });
  const { findings } = JSON.parse(readFileSync(path.join(folder, 'shop.json'), 'utf8'));
  const severities = findings.map(({ severity }) => severity);
  const expected = ['error', 'warning', 'info'].map((severity) => severities.filter((other) => other === severity).length);
  check(
    'the broken shop fails',
    run.status === 1 && counts(run) === `1 ${findings.length} ${expected.join(' ')}`,
    JSON.stringify(run.outputs),
  );
  const levels = run.annotations.map(({ name }) => name);
  check(
    'its annotations: all of them, errors first',
    levels.length === findings.length && levels.join() === levels.toSorted().join(),
    run.said,
  );
  const [{ properties }] = run.annotations;
  check(
    'an annotation has a place',
    properties.file.startsWith('fixtures/shop-broken/') && Number(properties.line) > 0 && Number(properties.col) > 0,
  );
  const places = findings.map(
    ({ location: { file, line } }) => `https://github.com/shop/mesh/blob/0123456789abcdef0123456789abcdef01234567/${file}#L${line}`,
  );
  check(
    'its summary links each finding and rule',
    places.every((url) => run.summary.includes(url)) && findings.every(({ url }) => run.summary.includes(url)),
    run.summary,
  );
  const { results } = JSON.parse(readFileSync(run.outputs['sarif-file'], 'utf8')).runs[0];
  check('its SARIF report', run.outputs['sarif-file'] === sarif && results.length === findings.length);
  check(
    'every output that action.yml names is set, and no other',
    Object.keys(run.outputs).toSorted().join() === run.declared.toSorted().join(),
  );
  check('the log has the report', run.log.includes('subset "stabel" of "catalogue" is not defined'));
}

for (const rule of ['weight-sum', 'subset-not-found', 'unreachable-route', 'permissive-mtls', 'overbroad-principals']) {
  const [, manifest] = /```yaml\n([^]*?)```/.exec(readFileSync(path.join(root, `docs/rules/${rule}.md`), 'utf8'));
  const run = step({}, { files: { 'mesh/manifest.yaml': manifest } });
  check(`the gate fails on ${rule} alone`, run.status === 1 && titles(run).some((title) => title.endsWith(`meshlint: ${rule}`)), run.said);
}

{
  const run = step({ 'sarif-file': 'out.sarif' }, { files: { 'a.yaml': 'apiVersion: v1\nkind: [\n', 'b.yaml': policy('default') } });
  check('text that is no YAML ends with 2, and the rest is reported', run.status === 2 && counts(run) === '2 2 1 1 0', run.said);
  check('and so does its SARIF report, to be uploaded', existsSync(run.outputs['sarif-file']));
  const empty = step({}, { files: { 'README.md': '' } });
  check(
    'nothing to analyse ends with 2, and says so',
    empty.status === 2 && titles(empty).join() === 'error meshlint: nothing-to-analyse',
    empty.said,
  );
}

for (const [what, inputs, words] of [
  [
    'a path that is not there',
    { paths: 'fixtures/shpo', 'sarif-file': path.join(folder, 'shop.sarif') },
    /"fixtures\/shpo" does not exist/,
  ],
  ['a preset that is none', { preset: 'stict' }, /did you mean strict/],
  ['a flag that is none', { annotations: 'no' }, /the input annotations is true or false/],
  ['a format twice', { formats: 'text\njson' }, /two reports go to standard output/],
  ['a format that is made anyway', { formats: 'github' }, /annotations are made without it/],
  ['a folder that is not there', { 'working-directory': 'nowhere' }, /the working-directory "nowhere" can't be entered/],
  ['a configuration that is not there', { config: 'nowhere.yaml' }, /nowhere\.yaml/],
  ['an option among the paths', { paths: '--fail-on=never' }, /"--fail-on=never" does not exist/],
]) {
  const run = step(inputs);
  const outputs = Object.keys(run.outputs).join();
  const said = run.annotations.map(({ data }) => data).join();
  check(
    `${what} ends with 3, and is said once`,
    run.status === 3 && run.annotations.length === 1 && words.test(said) && outputs === 'exit-code',
    run.said,
  );
}

{
  const commands = '::error::owned',
    older = '##[add-mask]owned';
  const names = [
    commands,
    `\n${commands}\n`,
    `\r${commands}`,
    older,
    '%0A::error::owned',
    '<script>owned()</script>',
    '@owned',
    '[owned](https://owned)',
    '</details>`',
  ];
  const files = Object.fromEntries(names.map((name, i) => [`mesh/${i} ${name.replaceAll('/', '_')}.yaml`, subset(JSON.stringify(name))]));
  const run = step({ formats: 'text' }, { files });
  const obeyed = run.commands
    .map(({ name }) => name)
    .filter((name) => !['stop-commands', 'group', 'endgroup', 'error', 'warning'].includes(name));
  check(
    'no name of a file or a resource is a command',
    obeyed.length === 0 && !run.commands.some(({ data }) => data.startsWith('owned')),
    run.said,
  );
  check('each is reported', Number(run.outputs.total) >= names.length, run.said);
  const text = run.summary.replace(/(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, 'CODE');
  check(
    'outside of code there is no word of them in the job summary',
    run.summary.includes('owned') && !/owned(?!.*#L\d+>)/.test(text),
    text,
  );
  for (const format of ['json', 'concise', 'sarif', 'azure', 'markdown', 'junit']) {
    const other = step({ formats: format, annotations: 'false', 'job-summary': 'false' }, { files });
    check(`nor in the log as ${format}`, other.status === run.status && other.commands.length === 1 && !other.stopped, other.said);
  }
}

{
  const files = Object.fromEntries(
    Array.from({ length: 9000 }, (_, i) => [`mesh/${i % 30}/policy-${i}.yaml`, policy(`a-rather-long-name-of-policy-${i}`)]),
  );
  const subsets = Array.from({ length: 12 }, (_, i) => `    - name: v1\n      labels:\n        version: v${i}\n`).join('');
  files['mesh/rule.yaml'] =
    `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: a\nspec:\n  host: a\n  subsets:\n${subsets}`;
  const run = step({ formats: '' }, { files });
  const shown = ['error', 'warning', 'notice'].map((level) => run.annotations.filter(({ name }) => name === level).length);
  check('as many annotations as GitHub shows', shown.every((count) => count <= 10) && shown[0] >= 10 && shown[1] === 10, shown.join());
  const left = Number(run.outputs.total) - (run.annotations.length - 1);
  check('and a word on the rest', left > 8000 && run.annotations.at(-1).data.startsWith(`${left} more: `), run.annotations.at(-1).data);
  const bytes = Buffer.byteLength(run.summary);
  check(
    'a job summary that GitHub does not throw away',
    bytes > 500_000 && bytes < 1024 * 1024 && /findings not shown: there is no more room/.test(run.summary),
    `${bytes} bytes`,
  );
}

{
  const files = {
    'deploy/meshlint.yaml': 'failOn: error\n',
    'deploy/mesh/a.yaml': policy('default'),
    'deploy/mesh/b c.yaml': policy('other', 'STRICT'),
    'other.yaml': policy('default'),
  };
  const configured = step({ 'working-directory': 'deploy', 'sarif-file': 'out.sarif' }, { files });
  check('the configuration of the working directory holds', configured.status === 0 && counts(configured) === '0 1 0 1 0', configured.said);
  check('where its SARIF report lies', configured.outputs['sarif-file'] === path.join(configured.workspace, 'deploy/out.sarif'));
  const given = step({ 'working-directory': 'deploy', 'fail-on': 'warning', paths: '  mesh/b c.yaml\n\n  mesh/a.yaml  \n' }, { files });
  check('inputs stand over the configuration', given.status === 1 && given.annotations.length === 1, given.said);
  const named = step({ config: 'deploy/meshlint.yaml', paths: 'deploy' }, { files });
  check('a configuration by name', named.status === 0, named.said);
  const off = step({ annotations: 'false', 'job-summary': 'false' }, { files });
  check('annotations and summary can be left out', off.status === 1 && off.annotations.length === 0 && off.summary === '', off.said);
  const bare = step({}, { files, env: { GITHUB_STEP_SUMMARY: '', RUNNER_TEMP: '', GITHUB_WORKSPACE: '' } });
  check('a runner without job summaries', bare.status === 1 && counts(bare) === '1 2 0 2 0', bare.said);
}

{
  // A pull request that would silence its own gate: by the configuration, the baseline and .gitignore.
  const workspace = repository(
    {
      'mesh/a.yaml': policy('default', 'STRICT'),
      'meshlint.yaml': 'preset: recommended\n',
      'known.json': '{ "version": 1, "findings": [] }\n',
    },
    { 'mesh/a.yaml': policy('default'), 'meshlint.yaml': 'failOn: never\n', '.gitignore': 'mesh\n' },
  );
  const made = spawnSync(
    process.execPath,
    [path.join(action, 'dist/meshlint.cjs'), 'baseline', 'create', '--no-ignore', 'known.json', '.'],
    { cwd: workspace },
  );
  check('a baseline is made', made.status === 0, String(made.stderr));
  git(workspace, 'commit', '-qam', 'silence');
  const silenced = step({ paths: 'mesh', baseline: 'known.json' }, { workspace });
  check('a change that accepts what it brings along', silenced.status !== 1 && silenced.outputs.total === '0', silenced.said);
  const gated = step({ paths: 'mesh', baseline: 'known.json', 'config-ref': 'base' }, { workspace });
  check('is not judged by that with config-ref', gated.status === 1 && counts(gated) === '1 1 0 1 0', gated.said);
  const nowhere = step({ paths: 'mesh', 'config-ref': 'f'.repeat(40) }, { workspace });
  check('a revision that was not cloned', nowhere.status === 3 && /fetch-depth: 0/.test(nowhere.annotations[0].data), nowhere.said);
}

rmSync(folder, { recursive: true });
console.log(`Node ${process.versions.node}: ${failures === 0 ? 'all as it should be' : `${failures} failed`}`);
process.exitCode = failures === 0 ? 0 : 1;
