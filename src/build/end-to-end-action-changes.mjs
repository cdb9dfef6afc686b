/**
 * The built Action on pull requests: what is new, what a change can't do to its own gate, and the workflows of the README.
 * `node src/build/end-to-end-action-changes.mjs`, as end-to-end-action.mjs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { action, check, counts, done, folder, root, run as step } from './action-stage.mjs';
import { git, policy, repository, subset } from './workspaces.mjs';

{
  // A pull request that would silence its own gate: by the configuration, the baseline and .gitignore.
  const workspace = repository(
    folder,
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
  const silenced = step({ paths: 'mesh', baseline: 'known.json', 'sarif-file': 'out.sarif' }, { workspace });
  check('a change that accepts what it brings along', silenced.status !== 1 && silenced.outputs.total === '0', silenced.said);
  const { results } = JSON.parse(readFileSync(silenced.outputs['sarif-file'], 'utf8')).runs[0];
  check('and that is no alert either', results.length === 0, JSON.stringify(results));
  const gated = step({ paths: 'mesh', baseline: 'known.json', 'config-ref': 'base' }, { workspace });
  check('is not judged by that with config-ref', gated.status === 1 && counts(gated) === '1 1 0 1 0', gated.said);
}

{
  // A route stays as it is, and its subset goes.
  const route = subset('v2').split('---\n');
  const rule = (name) => route[1].replaceAll('v1', name);
  const workspace = repository(folder, { 'k8s/route.yaml': route[0], 'k8s/rule.yaml': rule('v2') }, { 'k8s/rule.yaml': rule('v3') });
  const caused = step({ paths: 'k8s', since: 'base' }, { workspace });
  const [{ properties }] = caused.annotations;
  check(
    'what a change deletes is missed where it is referred to',
    counts(caused) === '1 1 1 0 0' && properties.file === 'k8s/route.yaml',
    caused.said,
  );
  check(
    'and the job summary says what caused it',
    caused.summary.includes('This is what the change causes') && caused.summary.includes('/k8s/route.yaml#L'),
    caused.summary,
  );
  const known = step({ paths: 'k8s', since: 'HEAD' }, { workspace });
  check(
    'what was there is no news',
    counts(known) === '0 0 0 0 0' && known.summary.includes('1 other finding was there before'),
    known.summary,
  );

  const base = git(workspace, 'rev-parse', 'base').trim();
  git(workspace, 'clone', '-q', '--depth', '1', '--branch', 'change', `file://${workspace}`, 'shallow');
  for (const input of ['since', 'config-ref']) {
    const shallow = step({ paths: 'k8s', [input]: base }, { workspace: path.join(workspace, 'shallow') });
    const said = shallow.annotations.map(({ data }) => data).join();
    check(`a shallow clone ends ${input} with 3 and what helps`, shallow.status === 3 && said.includes('fetch-depth: 0'), shallow.said);
  }
}

{
  // The workflows in the README, on a pull request that adds a fault to one that was there.
  const workspace = repository(folder, { 'k8s/old.yaml': policy('old') }, { 'k8s/new.yaml': policy('new') });
  const expressions = { 'github.event.pull_request.base.sha': git(workspace, 'rev-parse', 'base').trim() };
  const [section] = readFileSync(path.join(root, 'README.md'), 'utf8').split('\n## GitHub Action\n')[1].split('\n## ');
  const expected = ['1 2 0 2 0', '1 2 0 2 0', '1 1 0 1 0'];
  const workflows = [...section.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text]) => parse(text));
  check('the README has its workflows', workflows.length === expected.length);
  for (const [i, { jobs }] of workflows.entries()) {
    const { with: inputs } = jobs.meshlint.steps.find(({ uses }) => uses.startsWith('meshlint/'));
    const evaluated = (value) => String(value).replace(/\$\{\{ (.*?) \}\}/g, (_, expression) => expressions[expression]);
    const run = step(Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, evaluated(value)])), { workspace });
    check(
      `workflow ${i + 1} in the README`,
      counts(run) === expected[i] && existsSync(run.outputs['sarif-file'] ?? '') === 'sarif-file' in inputs,
      run.said,
    );
  }
}

done();
