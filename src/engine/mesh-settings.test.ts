import { describe, expect, it } from 'vitest';
import { lint, type LintOptions, type LintResult, type Mesh, ReadError, type Rule, type Source } from '../index.ts';
import { dedent } from '../testing/markers.ts';

type Files = Readonly<Record<string, string>>;

const sources = (files: Files): Source[] => Object.entries(files).map(([path, text]) => ({ path, read: () => dedent(text) }));
const file = (text: string, path = 'mesh.yaml'): Source => ({ path, read: () => dedent(text) });

async function ask<T>(
  files: Files,
  question: (mesh: Mesh) => T,
  options: LintOptions = {},
): Promise<{ readonly answer: T; readonly result: LintResult }> {
  const answers: T[] = [];
  const probe: Rule = {
    id: 'probe',
    title: 'Probe',
    category: 'hygiene',
    severity: 'info',
    presets: [],
    since: '0.1.0',
    subjects: ['mesh'],
    *check(_, { mesh }) {
      answers.push(question(mesh));
      yield* [];
    },
  };
  const result = await lint(sources(files), { ...options, plugins: [probe], only: ['probe', 'invalid-yaml', 'schema-violation'] });
  const [answer] = answers;
  if (answer === undefined) throw new Error('the mesh was not asked');
  return { answer, result };
}

const configMap = (mesh: string, { name = 'istio', namespace = 'istio-system', more = '' } = {}): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: ${namespace} }\ndata:\n  mesh: |-\n${dedent(mesh).replace(/^/gm, '    ').trimEnd()}\n${more}`;
const policy = 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: default }\n';
const settings = ({ config }: Mesh): unknown[] => [
  config.rootNamespace,
  config.trustDomain ?? 'unknown',
  config.enableAutoMtls,
  config.outboundTrafficPolicy,
];

describe('the mesh configuration', () => {
  it('has defaults, and a trust domain only in a complete mesh, which says so', async () => {
    const open = await ask({ 'a.yaml': policy }, settings);
    expect(open.answer).toEqual(['istio-system', 'unknown', true, 'ALLOW_ANY']);
    expect(open.result.notifications).toEqual([]);
    const complete = await ask({ 'a.yaml': policy }, settings, { complete: true, istioNamespace: 'mesh' });
    expect(complete.answer).toEqual(['mesh', 'cluster.local', true, 'ALLOW_ANY']);
    expect(complete.result.notifications).toMatchObject([{ level: 'note', kind: 'mesh-config-assumed' }]);
    expect(
      (await ask({ 'a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: {}' }, settings, { complete: true })).result
        .notifications,
    ).toEqual([]);
  });

  it('is that of the ConfigMap in the input', async () => {
    const mesh = 'trustDomain: td\nenableAutoMtls: false\nrootNamespace: config\noutboundTrafficPolicy: { mode: REGISTRY_ONLY }';
    const { answer, result } = await ask({ 'a.yaml': configMap(mesh) }, settings);
    expect(answer).toEqual(['config', 'td', false, 'REGISTRY_ONLY']);
    expect(result.notifications).toEqual([]);
    expect((await ask({ 'a.yaml': configMap('{}') }, settings, { complete: true })).answer).toEqual([
      'istio-system',
      'cluster.local',
      true,
      'ALLOW_ANY',
    ]);
  });

  it('is found by the revision, in the namespace of Istio, or where it is alone', async () => {
    const where = async (files: Files, options: LintOptions = {}): Promise<unknown> =>
      (await ask(files, ({ config }) => [config.trustDomain ?? 'unknown', config.rootNamespace], options)).answer;
    expect(await where({ 'a.yaml': configMap('trustDomain: td', { name: 'istio-canary' }) })).toEqual(['td', 'istio-system']);
    expect(await where({ 'a.yaml': configMap('trustDomain: td', { namespace: 'mesh' }) })).toEqual(['td', 'mesh']);
    expect(await where({ 'a.yaml': configMap('trustDomain: td', { namespace: 'mesh' }) }, { istioNamespace: 'mesh' })).toEqual([
      'td',
      'mesh',
    ]);
    expect(await where({ 'a.yaml': configMap('trustDomain: td', { name: 'istiod' }) })).toEqual(['unknown', 'istio-system']);
    expect(
      await where({ 'a.yaml': configMap('trustDomain: a', { namespace: 'a' }), 'b.yaml': configMap('trustDomain: b', { namespace: 'b' }) }),
    ).toEqual(['unknown', 'istio-system']);
  });

  it('is that of the default revision where there are several, which is said', async () => {
    const files = {
      'a.yaml': configMap('trustDomain: a', { name: 'istio-canary' }),
      'b.yaml': configMap('trustDomain: b'),
      'c.yaml': configMap('trustDomain: b'),
    };
    const { answer, result } = await ask(files, ({ config }) => config.trustDomain);
    expect(answer).toBe('b');
    expect(result.notifications).toEqual([
      {
        level: 'note',
        kind: 'mesh-config-ambiguous',
        file: 'b.yaml',
        message: 'the input has 2 different mesh configurations ("istio" in b.yaml, "istio-canary" in a.yaml); the first one was used',
      },
    ]);
  });

  it('is that of an IstioOperator where no ConfigMap is', async () => {
    const operator =
      'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: { name: x, namespace: istio-system }\nspec: { meshConfig: { trustDomain: td } }';
    expect((await ask({ 'a.yaml': operator }, ({ config }) => config.trustDomain)).answer).toBe('td');
    expect((await ask({ 'a.yaml': operator, 'b.yaml': configMap('trustDomain: map') }, ({ config }) => config.trustDomain)).answer).toBe(
      'map',
    );
  });

  it('that is broken is reported at its place, and nothing of it is assumed', async () => {
    const { answer, result } = await ask({ 'a.yaml': `${configMap('a: [')}\n---\n${policy}` }, settings, { complete: true });
    expect(answer).toEqual(['istio-system', 'unknown', true, 'ALLOW_ANY']);
    expect(result.findings).toMatchObject([
      { rule: { id: 'invalid-yaml' }, location: { file: 'a.yaml', start: { line: 5 } }, path: '/data/mesh', resource: { name: 'istio' } },
    ]);
    expect(result.findings[0]?.message).toMatch(/^the mesh configuration in it can't be read: /);
    expect(result.notifications).toEqual([]);
  });

  it('with values of a wrong type is reported, and the rest of it holds', async () => {
    const { answer, result } = await ask(
      { 'a.yaml': configMap('enableAutoMtls: "no"\ntrustDomain: td\npathNormalization: { normalization: SOME }') },
      settings,
    );
    expect(answer).toEqual(['istio-system', 'td', true, 'ALLOW_ANY']);
    expect(result.findings.map(({ rule, message }) => `${rule.id}: ${message}`)).toEqual([
      'schema-violation: "enableAutoMtls" of the mesh configuration must be true or false',
      'schema-violation: "pathNormalization.normalization" of the mesh configuration must be one of DEFAULT, NONE, BASE, MERGE_SLASHES, DECODE_AND_MERGE_SLASHES',
    ]);
    expect((await ask({ 'a.yaml': configMap('just text') }, settings)).result.findings).toMatchObject([
      { message: 'the mesh configuration must be a mapping' },
    ]);
  });

  it('with placeholders is unknown there', async () => {
    const { answer, result } = await ask(
      { 'a.yaml': configMap('trustDomain: ${TRUST_DOMAIN}\nenableAutoMtls: ${AUTO}\ndefaultServiceExportTo: ["{{ .ns }}"]') },
      settings,
      { complete: true },
    );
    expect(answer).toEqual(['istio-system', 'unknown', true, 'ALLOW_ANY']);
    expect(result.findings).toEqual([]);
  });
});

describe('the option meshConfig', () => {
  const trustDomain = async (meshConfig: LintOptions['meshConfig']): Promise<unknown> =>
    (await ask({ 'a.yaml': configMap('trustDomain: of-the-input') }, ({ config }) => config.trustDomain, { meshConfig })).answer;

  it.each([
    ['the configuration', 'trustDomain: td'],
    ['the ConfigMap', configMap('trustDomain: td')],
    [
      'a list with it',
      'apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: v1, kind: Secret, metadata: { name: a } }\n  - { apiVersion: v1, kind: ConfigMap, data: { mesh: "trustDomain: td" } }',
    ],
    [
      'several documents',
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: istio-system }\n---\napiVersion: v1\nkind: ConfigMap\ndata: { mesh: "trustDomain: td" }',
    ],
    ['an IstioOperator', 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: { meshConfig: { trustDomain: td } }'],
    ['an Istio of the Sail operator', 'apiVersion: sailoperator.io/v1\nkind: Istio\nspec: { values: { meshConfig: { trustDomain: td } } }'],
    ['values of the chart', 'global: { hub: x }\nmeshConfig: { trustDomain: td }'],
  ])('may be %s, and stands over the input', async (_, text) => {
    expect(await trustDomain(file(text))).toBe('td');
  });

  it('may be a value', async () => {
    expect(await trustDomain({ trustDomain: 'td' })).toBe('td');
  });

  it.each([
    [file('a: ['), '"mesh.yaml" can\'t be read'],
    [file('apiVersion: v1\nkind: Service\nmetadata: { name: a }'), '"mesh.yaml" holds no mesh configuration'],
    [file('- a'), '"mesh.yaml" holds no mesh configuration'],
    [file('enableAutoMtls: 5'), '"mesh.yaml": "enableAutoMtls" of the mesh configuration must be true or false'],
    [file('apiVersion: v1\nkind: ConfigMap\ndata: { mesh: "a: [" }'), '"data.mesh" can\'t be read'],
  ])('that holds none is wrong usage', async (meshConfig, message) => {
    await expect(trustDomain(meshConfig)).rejects.toThrow(message);
  });

  it('that can not be read is wrong usage', async () => {
    const unreadable: Source = {
      path: 'x.yaml',
      read: () => {
        throw new ReadError({ kind: 'unreadable', message: 'no such file' });
      },
    };
    await expect(trustDomain(unreadable)).rejects.toThrow('the mesh configuration "x.yaml" can\'t be read: no such file');
  });

  it('may differ between meshes', async () => {
    const domains: unknown[] = [];
    const probe: Rule = {
      id: 'probe',
      title: 'Probe',
      category: 'hygiene',
      severity: 'info',
      presets: [],
      since: '0.1.0',
      subjects: ['mesh'],
      *check(_, { mesh }) {
        domains.push(mesh.config.trustDomain);
        yield* [];
      },
    };
    const meshes = [
      { name: 'a', paths: ['a'], meshConfig: { trustDomain: 'a' } },
      { name: 'b', paths: ['b'] },
    ];
    await lint(sources({ 'a/x.yaml': policy, 'b/x.yaml': policy }), {
      meshes,
      meshConfig: { trustDomain: 'all' },
      plugins: [probe],
      only: ['probe'],
    });
    expect(domains).toEqual(['a', 'all']);
  });
});

describe('mesh networks', () => {
  const networks = 'networks:\n  main: { endpoints: [{ fromRegistry: main }], gateways: [{ address: 1.1.1.1, port: 443 }] }';
  const names = ({ networks: found }: Mesh): string[] => [...found.keys()];

  it('come from the ConfigMap, from a file of their own, or from what holds the configuration', async () => {
    const inMap = configMap('{}', { more: `  meshNetworks: |-\n${networks.replace(/^/gm, '    ')}` });
    expect((await ask({ 'a.yaml': policy }, names)).answer).toEqual([]);
    expect((await ask({ 'a.yaml': inMap }, names)).answer).toEqual(['main']);
    expect((await ask({ 'a.yaml': policy }, names, { meshNetworks: file(networks) })).answer).toEqual(['main']);
    expect((await ask({ 'a.yaml': policy }, names, { meshNetworks: file(inMap) })).answer).toEqual(['main']);
    expect((await ask({ 'a.yaml': policy }, names, { meshConfig: file(inMap) })).answer).toEqual(['main']);
    expect((await ask({ 'a.yaml': policy }, names, { meshConfig: file('spec: {}') })).answer).toEqual([]);
  });

  it('that are broken are reported', async () => {
    const broken = configMap('{}', { more: '  meshNetworks: "a: ["' });
    expect((await ask({ 'a.yaml': broken }, names)).result.findings).toMatchObject([
      { rule: { id: 'invalid-yaml' }, path: '/data/meshNetworks' },
    ]);
    await expect(ask({ 'a.yaml': policy }, names, { meshNetworks: file('- a') })).rejects.toThrow('holds no mesh networks');
  });
});

describe('other ConfigMaps', () => {
  it('are kept without what is in them, and still validated', async () => {
    const { answer, result } = await ask(
      {
        'a.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: dashboards }\ndata: { big: text }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: wrong }\ndata: { port: 80 }',
      },
      (mesh) => mesh.of('ConfigMap').map(({ data }) => data),
    );
    expect(answer[0]).toEqual({ big: '' });
    expect(result.findings).toMatchObject([{ rule: { id: 'schema-violation' }, location: { start: { line: 9 } } }]);
  });
});
