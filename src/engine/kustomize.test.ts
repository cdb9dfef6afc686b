import { describe, expect, it } from 'vitest';
import { doubtAt, lint, type LintOptions, type LintResult, type Mesh, type Rule, type Source } from '../index.ts';
import { dedent } from '../testing/markers.ts';

// A new rule changes no old test: the rules are named here.
const only = ['invalid-yaml', 'permissive-mtls', 'schema-violation', 'subset-not-found'];

type Files = Readonly<Record<string, string>>;

const sources = (files: Files): Source[] => Object.entries(files).map(([path, text]) => ({ path, read: () => dedent(text) }));
const run = (files: Files, options: LintOptions = {}): Promise<LintResult> => lint(sources(files), { only, ...options });
const lines = ({ findings }: LintResult): string[] =>
  findings.map(({ location, rule, message }) => `${location.file}:${location.start.line} ${message} [${rule.id}]`);

/** What a mesh says when it is asked. */
async function ask<T>(files: Files, question: (mesh: Mesh) => T, options: LintOptions = {}): Promise<T> {
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
  const result = await run(files, { ...options, plugins: [probe], only: ['probe'] });
  expect(result.notifications.filter(({ level }) => level === 'error')).toEqual([]);
  const [answer] = answers;
  if (answer === undefined) throw new Error('the mesh was not asked');
  return answer;
}

const names = (mesh: Mesh): string[] =>
  (['VirtualService', 'DestinationRule', 'PeerAuthentication', 'Service', 'Namespace', 'GatewayClass'] as const).flatMap((kind) =>
    mesh.of(kind).map(({ metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`),
  );

const routes = `
  apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: { name: web }
  spec: { hosts: [web], http: [{ route: [{ destination: { host: web, subset: v2 } }] }] }
`;
const rule = `
  apiVersion: networking.istio.io/v1
  kind: DestinationRule
  metadata: { name: web }
  spec: { host: web, subsets: [{ name: v1 }] }
`;
const policy = `
  apiVersion: security.istio.io/v1
  kind: PeerAuthentication
  metadata: { name: default }
  spec: { mtls: { mode: PERMISSIVE } }
`;
const notDefined = 'subset "v2" of "web" is not defined: did you mean "v1"? [subset-not-found]';

describe('one kustomization', () => {
  it('gives its namespace to what it lists, in whatever namespace that is, and its name to Namespaces', async () => {
    const files = {
      'app/kustomization.yaml': 'namespace: shop\nresources: [web.yaml, ./more/other.yaml]',
      'app/web.yaml': `${dedent(routes)}---\napiVersion: v1\nkind: Namespace\nmetadata: { name: mine }\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: { name: own }\nspec: { controllerName: a.example/b }`,
      'app/more/other.yaml': dedent(rule).replace('name: web', 'name: web, namespace: elsewhere'),
      'app/not-listed.yaml': policy,
    };
    expect(await ask(files, names)).toEqual([
      'VirtualService shop/web',
      'DestinationRule shop/web',
      'PeerAuthentication default/default',
      'Namespace /shop',
      'GatewayClass /own',
    ]);
    expect(lines(await run(files))).toEqual([
      'app/not-listed.yaml:4 PERMISSIVE accepts plaintext in namespace "default" [permissive-mtls]',
      `app/web.yaml:4 ${notDefined}`,
    ]);
  });

  it('is read under each of its names, and is no resource itself', async () => {
    for (const name of ['kustomization.yml', 'Kustomization']) {
      expect(await ask({ [name]: 'namespace: shop\nresources: [a.yaml]', 'a.yaml': rule }, names)).toEqual(['DestinationRule shop/web']);
    }
    const result = await run({
      'kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]',
      'a.yaml': rule,
    });
    expect(result.summary).toMatchObject({ files: 1, resources: 1, skipped: {} });
    expect(result.complete).toBe(true);
  });

  it('is not mistaken for what Flux calls so, nor for a resource in a file of that name', async () => {
    const flux =
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: x }\nspec: { path: ./a }\nnamespace: no\nresources: [a.yaml]';
    expect(await ask({ 'kustomization.yaml': flux, 'a.yaml': rule }, names)).toEqual(['DestinationRule default/web']);
    expect(await ask({ 'kustomization.yaml': rule }, names)).toEqual(['DestinationRule default/web']);
  });

  it.each(['apiVersion: kustomize.config.k8s.io/v1beta1\n', ''])(
    'is reported when it is broken, and everything else is analysed',
    async (head) => {
      const result = await run({ 'kustomization.yaml': `${head}resources: [`, 'a.yaml': policy });
      expect(result.findings.map(({ rule: { id }, location }) => `${location.file} ${id}`)).toEqual([
        'a.yaml permissive-mtls',
        'kustomization.yaml invalid-yaml',
      ]);
      expect(result.complete).toBe(false);
    },
  );
});

describe('what a kustomization names besides resources', () => {
  it('is no resource, and is counted', async () => {
    const result = await run({
      'kustomization.yaml': `
        resources: [web.yaml]
        patches:
          - path: patches/a.yaml
          - { path: patches/b.yaml, target: { kind: VirtualService } }
        patchesStrategicMerge: [patches/c.yaml]
        patchesJson6902: [{ path: patches/d.json, target: { kind: VirtualService, name: web } }]
        replacements: [{ path: replacement.yaml }]
        configurations: [config.yaml]
        transformers: [transformer.yaml]
        configMapGenerator: [{ name: a, files: [istio.yaml=generated.yaml], envs: [a.env] }]
        helmCharts: [{ name: x, valuesFile: values.yaml, additionalValuesFiles: [more.yaml] }]
      `,
      'web.yaml': routes,
      'patches/a.yaml': routes,
      'patches/b.yaml': policy,
      'patches/c.yaml': rule,
      'patches/d.json': '[{"op":"remove","path":"/spec/http"}]',
      'replacement.yaml': 'source: { kind: Service }\ntargets: []',
      'config.yaml': policy,
      'transformer.yaml': policy,
      'generated.yaml': policy,
      'values.yaml': policy,
      'more.yaml': policy,
    });
    expect(lines(result)).toEqual([]);
    expect(result.summary).toMatchObject({
      files: 1,
      resources: 1,
      skipped: { 'kustomize-patch': 4, 'kustomize-replacement': 1, 'kustomize-configuration': 2, 'kustomize-input': 3 },
    });
  });

  it('is a resource all the same where another kustomization lists it as one', async () => {
    const files = {
      'a/kustomization.yaml': 'patches: [{ path: ../shared.yaml }]',
      'b/kustomization.yaml': 'namespace: b\nresources: [../shared.yaml]',
      'shared.yaml': policy,
    };
    expect(await ask(files, names)).toEqual(['PeerAuthentication b/default']);
  });

  it('that is broken is reported', async () => {
    const result = await run({ 'kustomization.yaml': 'patches: [{ path: a.yaml }]', 'a.yaml': 'apiVersion: v1\nkind: Service\nspec: [' });
    expect(result.findings.map(({ rule: { id } }) => id)).toEqual(['invalid-yaml']);
  });
});

describe('bases and overlays', () => {
  const monorepo = (dev: string, prod: string): Files => ({
    'base/kustomization.yaml': 'resources: [web.yaml, rule.yaml, policy.yaml]',
    'base/web.yaml': routes,
    'base/rule.yaml': rule,
    'base/policy.yaml': policy,
    'overlays/dev/kustomization.yaml': dev,
    'overlays/prod/kustomization.yaml': prod,
  });
  const one = monorepo('resources: [../../base]\nnamespace: dev', 'nothing: true');
  const two = monorepo('resources: [../../base]\nnamespace: dev', 'bases: [../../base/]\nnamespace: prod');

  it('give the base the namespace of the only overlay', async () => {
    expect(await ask(one, names)).toEqual(['VirtualService dev/web', 'DestinationRule dev/web', 'PeerAuthentication dev/default']);
    expect(lines(await run(one))).toEqual([
      'base/policy.yaml:4 PERMISSIVE accepts plaintext in namespace "dev" [permissive-mtls]',
      `base/web.yaml:4 ${notDefined}`,
    ]);
  });

  it('leave it open where several overlays give it different ones: what it says itself is judged, nothing follows from its names', async () => {
    const result = await run(two, { complete: true });
    expect(lines(result)).toEqual(['base/policy.yaml:4 PERMISSIVE accepts plaintext in namespace "{dev,prod}" [permissive-mtls]']);
    expect(result.findings[0]?.resource).toEqual({
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      namespace: '',
      name: 'default',
    });
    expect(result.summary.unknown).toEqual({ 'subset-not-found': { 'a name or namespace is not known': 1 } });
    const answers = await ask(
      two,
      (mesh) => [
        mesh.lookup('VirtualService', 'dev', 'web').kind,
        mesh.lookup('VirtualService', 'prod', 'web').kind,
        mesh.lookup('VirtualService', 'shop', 'web').kind,
        mesh.lookup('VirtualService', 'dev', 'other').kind,
        mesh.isComplete('VirtualService', 'dev'),
        mesh.isComplete('VirtualService', 'shop'),
        mesh.destinationRuleFor('dev', 'web.dev.svc.cluster.local').kind,
        mesh.destinationRuleFor('dev', 'other.dev.svc.cluster.local').kind,
        mesh.destinationRuleFor('shop', 'web.shop.svc.cluster.local').kind,
      ],
      { complete: true },
    );
    expect(answers).toEqual(['unknown', 'unknown', 'missing', 'missing', false, true, 'unknown', 'unknown', 'missing']);
  });

  it('know it where they agree', async () => {
    const files = monorepo('resources: [../../base]\nnamespace: shop', 'resources: [../../base]\nnamespace: shop');
    expect(lines(await run(files))).toContain(`base/web.yaml:4 ${notDefined}`);
  });

  it('never judge what an overlay adds by the base that it may change', async () => {
    const files = {
      ...two,
      'overlays/prod/kustomization.yaml': 'resources: [../../base, extra.yaml]\nnamespace: prod',
      'overlays/prod/extra.yaml': dedent(routes).replace('name: web', 'name: extra'),
    };
    const result = await run(files);
    expect(lines(result).filter((line) => line.includes('subset'))).toEqual([]);
  });

  it('are variants of each other: no conflict is claimed between them', async () => {
    const files = {
      ...two,
      'overlays/dev/kustomization.yaml': 'resources: [../../base, a.yaml]\nnamespace: shop',
      'overlays/prod/kustomization.yaml': 'resources: [../../base, b.yaml]\nnamespace: shop',
      'overlays/dev/a.yaml': dedent(routes).replace('name: web', 'name: a'),
      'overlays/prod/b.yaml': dedent(routes).replace('name: web', 'name: b'),
      'plain.yaml': dedent(routes).replace('name: web', 'name: plain, namespace: shop'),
    };
    const answers = await ask(files, (mesh) => {
      const named = (name: string): Parameters<Mesh['coexist']>[0] => mesh.find('VirtualService', 'shop', name) ?? fail(name);
      return [mesh.coexist(named('a'), named('b')), mesh.coexist(named('a'), named('web')), mesh.coexist(named('b'), named('plain'))];
    });
    expect(answers).toEqual([false, true, true]);
  });

  it('may share components, go in circles, lead out of the tree and to other places', async () => {
    const files = {
      'overlay/kustomization.yaml': `
        resources: [../base, ../../outside, 'https://example.com/repo//base?ref=v1', git@example.com:a/b, ../missing]
        components: [../component, ../overlay]
      `,
      'component/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamespace: shop\nresources: [policy.yaml]\npatches: [{ path: patch.yaml }]',
      'component/policy.yaml': dedent(policy).replace('PERMISSIVE', 'STRICT'),
      'component/patch.yaml': dedent(rule),
      'base/kustomization.yaml': 'resources: [web.yaml, rule.yaml, ../ring/a]',
      'base/web.yaml': routes,
      'base/rule.yaml': rule,
      'ring/a/kustomization.yaml': 'resources: [../b]',
      'ring/b/kustomization.yaml': 'resources: [../a, ../../base]',
    };
    expect(await ask(files, names)).toEqual(['VirtualService shop/web', 'DestinationRule shop/web', 'PeerAuthentication shop/default']);
    const result = await run(files);
    expect(lines(result)).toEqual([]);
    expect(result.summary).toMatchObject({
      skipped: { 'kustomize-patch': 1 },
      unknown: { 'subset-not-found': { 'Kustomize changes a value': 1 } },
    });
  });

  it('take linear time where each level includes the next one twice', async () => {
    const files: Record<string, string> = { 'k0/kustomization.yaml': 'resources: [web.yaml]', 'k0/web.yaml': routes };
    for (let i = 1; i < 40; i += 1) {
      files[`k${i}/kustomization.yaml`] = `namePrefix: a\nresources: [../k${i - 1}, ../l${i}]`;
      files[`l${i}/kustomization.yaml`] = `namePrefix: b${i}\nresources: [../k${i - 1}]`;
    }
    expect(await ask(files, names)).toEqual(['VirtualService {…}/{…}web']);
  });
});

describe('prefixes and suffixes', () => {
  it('make a name unknown, but not the namespace', async () => {
    const files = {
      'kustomization.yaml': 'namespace: shop\nnamePrefix: prod-\nnameSuffix: -v1\nresources: [a.yaml]',
      'a.yaml': `${dedent(rule)}---\n${dedent(routes)}---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }`,
    };
    expect(await ask(files, names)).toEqual([
      'VirtualService shop/{prod-}web{-v1}',
      'DestinationRule shop/{prod-}web{-v1}',
      'Namespace /shop',
    ]);
    const kinds = await ask(
      files,
      (mesh) => ['web', 'prod-web-v1', 'other'].map((name) => mesh.lookup('DestinationRule', 'shop', name).kind),
      { complete: true },
    );
    expect(kinds).toEqual(['missing', 'unknown', 'missing']);
    // Names play no part in which rule a client gets.
    expect(lines(await run(files))).toEqual([`a.yaml:9 ${notDefined}`]);
  });
});

describe('patches', () => {
  const patched = (patch: string): Promise<LintResult> =>
    run({
      'kustomization.yaml': `resources: [web.yaml, rule.yaml]\n${dedent(patch)}`,
      'web.yaml': routes,
      'rule.yaml': rule,
      ...(patch.includes('p.yaml')
        ? {
            'p.yaml':
              'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: web }\nspec: { subsets: [{ name: v2 }] }',
          }
        : {}),
    });

  it.each([
    ['a file', 'patches: [{ path: p.yaml }]'],
    [
      'a strategic merge in place',
      'patches:\n  - patch: |\n      apiVersion: networking.istio.io/v1\n      kind: DestinationRule\n      metadata: { name: web }\n      spec: { subsets: [{ name: v2 }] }',
    ],
    [
      'a JSON patch',
      'patches:\n  - target: { kind: DestinationRule }\n    patch: |\n      - { op: add, path: /spec/subsets/-, value: { name: v2 } }',
    ],
    [
      'a JSON patch of an item',
      'patches:\n  - target: { kind: DestinationRule, name: we.* }\n    patch: |\n      - { op: replace, path: /spec/subsets/0/name, value: v2 }',
    ],
    [
      'a replacement',
      'replacements:\n  - source: { kind: Service, name: x }\n    targets: [{ select: { kind: DestinationRule }, fieldPaths: ["spec.subsets.[name=v1].name"] }]',
    ],
    [
      'a deletion',
      'patches:\n  - patch: |\n      $patch: delete\n      apiVersion: networking.istio.io/v1\n      kind: DestinationRule\n      metadata: { name: web }',
    ],
    ['one that can not be read', 'patches: [{ path: not-there.yaml, target: { kind: DestinationRule } }]'],
    [
      'one of the route',
      'patches:\n  - target: { kind: VirtualService, name: web }\n    patch: "[{ op: replace, path: /spec/http/0/route/0/destination/subset, value: v1 }]"',
    ],
  ])('make what they change unknown: %s', async (_, patch) => {
    const result = await patched(patch);
    expect(lines(result)).toEqual([]);
    expect(result.summary.unknown).toEqual({ 'subset-not-found': { 'Kustomize changes a value': 1 } });
  });

  it.each([
    ['of another name', 'patches:\n  - target: { kind: DestinationRule, name: other }\n    patch: "[{ op: remove, path: /spec/subsets }]"'],
    ['of another kind', 'patches:\n  - target: { kind: Deployment }\n    patch: "[{ op: remove, path: /spec/subsets }]"'],
    [
      'of other fields',
      'patches:\n  - target: { kind: DestinationRule }\n    patch: "[{ op: add, path: /spec/trafficPolicy/tls/mode, value: DISABLE }]"',
    ],
  ])('leave the rest as it is: %s', async (_, patch) => {
    expect(lines(await patched(patch))).toEqual([`web.yaml:4 ${notDefined}`]);
  });

  it.each([
    [
      'replicas and images',
      'spec: { replicas: 3, template: { spec: { containers: [{ name: app, image: "x:2", env: [{ name: A, value: b }] }] } } }',
      'found',
    ],
    ['ports', 'spec: { template: { spec: { containers: [{ name: app, ports: [{ containerPort: 81 }] }] } } }', 'Kustomize changes a value'],
    ['labels of pods', 'spec: { template: { metadata: { labels: { app: other } } } }', 'found'],
  ])('of a Deployment concern a mesh only where they change what it is made of: %s', async (_, spec, expected) => {
    const files = {
      'kustomization.yaml': `resources: [web.yaml]\npatches:\n  - patch: |\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: { name: web }\n      ${spec}`,
      'web.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: app, ports: [{ containerPort: 80 }] }] } } }',
    };
    const doubt = await ask(files, (mesh) =>
      mesh.of('Deployment').map((resource) => doubtAt(resource, 'spec', 'template', 'spec', 'containers') ?? 'found'),
    );
    expect(doubt).toEqual([expected]);
  });

  it('may mend what a base leaves out on purpose', async () => {
    const files = {
      'base/kustomization.yaml': 'resources: [a.yaml]',
      'base/a.yaml':
        'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: web }\nspec: { subsets: 5 }\n---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: api }\nspec: {}',
      'prod/kustomization.yaml':
        'resources: [../base]\npatches:\n  - target: { kind: DestinationRule, name: web }\n    patch: "[{ op: add, path: /spec/host, value: web }]"',
    };
    expect((await run(files)).findings.map(({ location: { start }, path }) => `${String(start.line)} ${String(path)}`)).toEqual([
      '4 /spec/subsets',
      '9 /spec/host',
    ]);
  });

  it('that change a name make it unknown', async () => {
    const files = {
      'kustomization.yaml':
        'resources: [rule.yaml]\npatches:\n  - target: { kind: DestinationRule }\n    patch: "[{ op: replace, path: /metadata/namespace, value: x }]"',
      'rule.yaml': rule,
    };
    expect(await ask(files, names)).toEqual(['DestinationRule {…}/{…}web']);
  });
});

describe('labels and annotations', () => {
  const deployment = `
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: app, ports: [{ containerPort: 80 }] }] } } }
    ---
    apiVersion: v1
    kind: Service
    metadata: { name: web }
    spec: { ports: [{ port: 80 }] }
    ---
    apiVersion: v1
    kind: Namespace
    metadata: { name: shop }
  `;

  it('that all overlays add are there', async () => {
    const files = {
      'kustomization.yaml':
        'namespace: shop\nresources: [a.yaml]\ncommonLabels: { team: shop, istio-injection: enabled }\ncommonAnnotations: { sidecar.istio.io/inject: "false" }\nlabels: [{ pairs: { only: meta } }]',
      'a.yaml': deployment,
    };
    const found = await ask(files, (mesh) => [
      mesh.workloads[0]?.labels,
      mesh.workloads[0]?.annotations,
      mesh.of('Service')[0]?.spec.selector,
      mesh.of('Namespace')[0]?.metadata.labels,
      mesh.of('Deployment')[0]?.metadata.labels,
    ]);
    const common = { team: 'shop', 'istio-injection': 'enabled' };
    expect(found).toEqual([
      { app: 'web', ...common },
      { 'sidecar.istio.io/inject': 'false' },
      common,
      { only: 'meta', ...common },
      { only: 'meta', ...common },
    ]);
  });

  it('that only some of them add are unknown', async () => {
    const files = {
      'base/kustomization.yaml': 'resources: [a.yaml]\nnamespace: shop',
      'base/a.yaml': deployment,
      'a/kustomization.yaml': 'resources: [../base]\nlabels: [{ pairs: { istio-injection: enabled } }]',
      'b/kustomization.yaml': 'resources: [../base]',
    };
    expect(await ask(files, (mesh) => mesh.workloads.map((workload) => mesh.membershipOf(workload) ?? 'unknown'))).toEqual(['unknown']);
  });
});

describe('generators', () => {
  it('define what they make', async () => {
    const files = {
      'kustomization.yaml': 'namespace: edge\nnamePrefix: a-\nsecretGenerator: [{ name: cert, files: [tls.crt] }]\nresources: [a.yaml]',
      'a.yaml': rule,
    };
    const answers = await ask(
      files,
      (mesh) => [mesh.secret('edge', 'a-cert'), mesh.secret('edge', 'cert').kind, mesh.secret('shop', 'a-cert').kind],
      { complete: true },
    );
    expect(answers).toEqual([{ kind: 'unknown', reason: 'a Kustomize generator makes a Secret' }, 'missing', 'missing']);
  });
});

function fail(name: string): never {
  throw new Error(`${name} is not there`);
}
