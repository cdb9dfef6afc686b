/**
 * The built Action as GitHub's runner starts it: dist/ and action.yml alone in a folder, nothing installed beside it, inputs in variables, outputs in files.
 * `node src/build/end-to-end-action.mjs`, with the Node that action.yml names: exit code 1 when anything is other than it should be.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { check, counts, done, folder, root, run as step, titles } from './action-stage.mjs';
import { policy, subset } from './workspaces.mjs';

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
  const [errors, warnings, notices] = expected.map((count) => Math.min(count, 10));
  const rest = findings.length - errors - warnings - Math.min(notices, 9);
  check(
    "its annotations: within GitHub's limits, errors first, and how many more there are",
    errors + warnings === levels.filter((level) => level !== 'notice').length &&
      levels.length === errors + warnings + Math.min(notices, 9) + 1 &&
      levels.join() === ['error', 'warning', 'notice'].flatMap((level) => levels.filter((other) => other === level)).join() &&
      run.annotations.at(-1).data.startsWith(`${rest} more: `),
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
  const rule =
    "{ id: 'acme-rule', title: 'Not ours', category: 'hygiene', severity: 'error', presets: ['recommended'], since: '1.0.0', subjects: ['PeerAuthentication'], *check(resource) { console.log('::error::owned'); yield { at: { kind: 'node', resource, path: ['spec'], part: 'value' }, message: 'not ours' }; } }";
  const files = { 'mesh/a.yaml': policy('default', 'STRICT'), 'own.mjs': `export const own = ${rule};\n` };
  const own = step({ paths: 'mesh', plugins: 'own.mjs' }, { files });
  check("a rule of one's own", own.status === 1 && titles(own).join() === 'error meshlint: acme-rule', own.said);
  const asked = step({ paths: 'mesh' }, { files: { ...files, 'meshlint.yaml': 'plugins: [own.mjs]\n' } });
  check('which a configuration alone can not load', asked.status === 3 && !asked.stderr.includes('owned'), asked.said);
}

done();
