import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lineHashes } from '../text/line-hash.ts';
import { play } from './play.test-support.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/templates');

/** The files below a folder of the fixtures, by their path from there. */
function filesOf(folder: string): Readonly<Record<string, string>> {
  const root = join(fixtures, folder);
  const entries = readdirSync(root, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => [relative(root, join(parentPath, name)), readFileSync(join(parentPath, name), 'utf8')]),
  );
}

const below = (folder: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

const chart = filesOf('charts/storefront');
const renderedChart = readFileSync(join(fixtures, 'rendered-chart.yaml'), 'utf8');
const overlays = filesOf('overlays');
const renderedOverlay = readFileSync(join(fixtures, 'rendered-overlay.yaml'), 'utf8');

type Files = NonNullable<Parameters<typeof play>[1]>;

/** `file:line:column text [rule]`, and `~` where the place is approximate. */
async function places(stdin: string, files: Files, cwd = ''): Promise<readonly string[]> {
  const { stdout, code, stderr } = await play(['lint', '-', '-f', 'json', '-q'], files, stdin, cwd);
  expect([code, stderr]).toEqual([1, '']);
  const report = JSON.parse(stdout) as {
    readonly findings: readonly {
      readonly rule: string;
      readonly location: { file: string; line: number; column: number; endColumn: number; approximate?: true; renderedFrom?: string };
    }[];
  };
  const { findings } = report;
  return findings.map(({ rule, location: { file, line, column, endColumn, approximate, renderedFrom } }) => {
    const text = file === '-' ? stdin : files[cwd === '' ? file : join(cwd, file)];
    const written = typeof text === 'string' ? (text.split('\n')[line - 1]?.slice(column - 1, endColumn - 1) ?? '') : '?';
    const from = renderedFrom === undefined ? '' : ` from ${renderedFrom}`;
    return `${file}:${String(line)} ${approximate === true ? '~' : ''}${written} [${rule}]${from}`;
  });
}

const inChart = [
  'charts/audit/templates/policy.yaml:8 {} [authorization-allows-anyone]',
  'templates/extra.yaml:10 ~{{- toYaml .Values.extraRoutes | nindent 4 }} [subset-not-found]',
  'templates/extra.yaml:22 ~{{- include "storefront.weights" . | nindent 8 }} [subset-not-found]',
  'templates/mtls.yaml:8 {{ .Values.mode }} [permissive-mtls]',
  'templates/reviews.yaml:20 v3 [subset-not-found]',
  'templates/reviews.yaml:22 route [weight-sum]',
  'templates/services.yaml:24 {{ .subset }} [subset-not-found]',
];

describe('what helm template writes', () => {
  it('is reported at the templates: of parts of the chart, in loops, with CRLF; at the action where an action made it', async () => {
    expect(await places(renderedChart, below('deploy/storefront', chart))).toEqual(inChart.map((place) => `deploy/storefront/${place}`));
  });

  it('finds the chart in the current folder, and elsewhere in the repository', async () => {
    expect(await places(renderedChart, below('store', chart), 'store')).toEqual(inChart);
    const repository = { '.git/HEAD': '', 'scripts/x.sh': '', ...below('charts/a', chart) };
    expect(await places(renderedChart, repository, 'scripts')).toEqual(inChart.map((place) => `../charts/a/${place}`));
  });

  it('is reported where it stands, with the name of the template, when that is not there, or two charts have the name', async () => {
    const [first = ''] = await places(renderedChart, {});
    expect(first).toBe('-:10 {} [authorization-allows-anyone] from storefront/charts/audit/templates/policy.yaml');
    expect(await places(renderedChart, { ...below('a', chart), ...below('b', chart) })).toEqual(
      expect.arrayContaining([expect.stringMatching(/^-:\d+ v3 \[subset-not-found\] from storefront\/templates\/reviews.yaml$/)]),
    );
  });

  it('shows what was rendered beside the template, in all formats the same place', async () => {
    const files = below('chart', chart);
    const { stdout } = await play(['lint', '-'], files, renderedChart);
    expect(stdout).toContain('--> chart/templates/services.yaml:24:21');
    expect(stdout).toMatch(/subset: v2\n.*-- rendered to this/);
    expect(stdout).toContain('= at:  approximate: ');
    const { stdout: github } = await play(['lint', '-', '-f', 'github'], files, renderedChart);
    expect(github).toContain('file=chart/templates/extra.yaml,line=10,endLine=10,col=5');
    expect(github).toContain('(approximate: the nearest place that could be found)');
    const { stdout: concise } = await play(['lint', '-', '-f', 'concise'], files, renderedChart);
    expect(concise).toMatch(/^chart\/templates\/reviews.yaml:20:21-20:23: error: .* \[subset-not-found\]$/m);
  });

  it('has the line hashes and places of the templates in SARIF, and nothing of standard input', async () => {
    const { stdout } = await play(['lint', '-', '-f', 'sarif'], below('chart', chart), renderedChart);
    const { runs } = JSON.parse(stdout) as { runs: { results: object[] }[] };
    expect(runs[0]?.results).toContainEqual(
      expect.objectContaining({
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'chart/templates/mtls.yaml', uriBaseId: '%SRCROOT%' },
              region: { startLine: 8, startColumn: 11, endLine: 8, endColumn: 29 },
            },
          },
        ],
        partialFingerprints: expect.objectContaining({
          primaryLocationLineHash: lineHashes(chart['templates/mtls.yaml'] ?? '')(8),
        }) as unknown,
      }),
    );
    expect(stdout).not.toContain('"uri":"-"');
    expect(stdout).toContain('The place is approximate.');
  });

  it('offers no fix in a template', async () => {
    const { stdout: plain } = await play(['lint', '-', '-f', 'json'], {}, renderedChart);
    const { stdout } = await play(['lint', '-', '-f', 'json'], below('chart', chart), renderedChart);
    expect([plain.includes('"fix"'), stdout.includes('"fix"')]).toEqual([true, false]);
  });
});

describe('overrides', () => {
  const off = (path: string) => ({
    'meshlint.yaml': `overrides: [{ paths: ["${path}"], rules: { subset-not-found: "off", weight-sum: "off" } }]\n`,
  });

  it('hold by the path of the template, for all that it was rendered to and nothing else', async () => {
    const spared = inChart.filter((place) => !place.startsWith('templates/reviews.yaml'));
    const files = { ...off('deploy/storefront/templates/reviews.yaml'), ...below('deploy/storefront', chart) };
    expect(await places(renderedChart, files)).toEqual(spared.map((place) => `deploy/storefront/${place}`));
    const all = await places(renderedChart, { ...off('elsewhere/**'), ...below('deploy/storefront', chart) });
    expect(all).toEqual(inChart.map((place) => `deploy/storefront/${place}`));
  });

  it('hold by the path of the origin', async () => {
    const found = await places(renderedOverlay, { ...off('overlays/base'), ...below('overlays', overlays) });
    expect(found).toEqual([
      'overlays/base/mtls.yaml:7 ~STRICT [permissive-mtls]',
      'overlays/dev/open.yaml:7 {} [authorization-allows-anyone]',
    ]);
  });

  it('do not reach what was rendered from files that are not at hand', async () => {
    expect((await places(renderedChart, off('**/reviews.yaml'))).filter((place) => place.includes('weight-sum'))).toHaveLength(1);
  });
});

describe('what kustomize build writes', () => {
  const expected = [
    'overlays/base/mtls.yaml:7 ~STRICT [permissive-mtls]',
    'overlays/base/ratings.yaml:14 v4 [subset-not-found]',
    'overlays/dev/open.yaml:7 {} [authorization-allows-anyone]',
  ];

  it('is reported at the origins, approximately where a patch has changed the value', async () => {
    const files = below('overlays', overlays);
    const found = await places(renderedOverlay, files);
    expect(found.map((place) => place.replace('"v4"', 'v4'))).toEqual(expected);
  });

  it('finds them from the folder that was built, within the repository', async () => {
    const files = { '.git/HEAD': '', ...overlays };
    expect(await places(renderedOverlay, files, 'dev')).toEqual([
      '../base/mtls.yaml:7 ~STRICT [permissive-mtls]',
      '../base/ratings.yaml:14 "v4" [subset-not-found]',
      'open.yaml:7 {} [authorization-allows-anyone]',
    ]);
  });

  it('is reported where it stands without the files, or when they are outside of the repository', async () => {
    const stream = [
      '-:35 v4 [subset-not-found] from ../base/ratings.yaml',
      '-:48 {} [authorization-allows-anyone] from open.yaml',
      '-:60 PERMISSIVE [permissive-mtls] from ../base/mtls.yaml',
    ];
    expect(await places(renderedOverlay, {})).toEqual(stream);
    expect(await places(renderedOverlay, overlays, 'dev')).toEqual(stream);
  });
});

const policy = (source: string): string =>
  `---\n# Source: ${source}\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: a, namespace: a }\nspec: { mtls: { mode: PERMISSIVE } }\n`;

describe('names of templates that anybody may have written', () => {
  const there = { 'c/Chart.yaml': 'name: c', 'x.yaml': policy('x'), 'c/templates/t.yaml': policy('x') };
  it.each([
    'c/../x.yaml',
    '/etc/passwd',
    'c//x.yaml',
    'c/./templates/t.yaml',
    'c\\templates\\t.yaml',
    'c',
    'c/templates',
    '..',
    'c/templates/\tt.yaml',
  ])('lead nowhere: %j', async (name) => {
    expect((await places(policy(name), there))[0]).toMatch(/^-:6 PERMISSIVE/);
  });

  it('do not lead through links', async () => {
    const links = { ...there, 'c/templates/link.yaml': { link: 't.yaml' }, 'c/folder': { link: 'templates' } };
    for (const name of ['c/templates/link.yaml', 'c/folder/t.yaml'])
      expect((await places(policy(name), links))[0]).toBe(`-:6 PERMISSIVE [permissive-mtls] from ${name}`);
    expect((await places(policy('c/templates/t.yaml'), there))[0]).toBe('c/templates/t.yaml:6 PERMISSIVE [permissive-mtls]');
  });
});
