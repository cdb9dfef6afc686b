import { describe, expect, it } from 'vitest';
import { lint, type LintOptions, type LintResult, type Mesh, type Place, ReadError, type Rule, type Source } from '../index.ts';
import { dedent } from '../testing/markers.ts';

// A new rule changes no old test: the rules are named here.
const only = ['invalid-yaml', 'permissive-mtls', 'schema-violation', 'subset-not-found'];

type Files = Readonly<Record<string, string>>;

const sources = (files: Files, context: readonly string[] = []): Source[] =>
  Object.entries(files).map(([path, text]) => ({ path, context: context.includes(path), read: () => dedent(text) }));
const run = (files: Files, options: LintOptions = {}): Promise<LintResult> => lint(sources(files), { only, ...options });
const lines = ({ findings }: LintResult): string[] =>
  findings.map(({ location, rule, message }) => `${location.file}:${location.start.line} ${message} [${rule.id}]`);

function probe(check: Rule['check'], subjects: Rule['subjects'] = ['mesh']): LintOptions {
  const rule: Rule = { id: 'probe', title: 'Probe', category: 'hygiene', severity: 'info', presets: [], since: '0.1.0', subjects, check };
  return { plugins: [rule], only: ['probe'] };
}

/** What each mesh of a run says when it is asked. */
async function askAll<T>(input: Files | Source[], question: (mesh: Mesh) => T, options: LintOptions = {}): Promise<T[]> {
  const answers: T[] = [];
  const rule = probe(function* (_, { mesh }) {
    answers.push(question(mesh));
    yield* [];
  });
  await lint(Array.isArray(input) ? input : sources(input), { ...options, ...rule });
  return answers;
}

async function ask<T>(input: Files | Source[], question: (mesh: Mesh) => T, options: LintOptions = {}): Promise<T> {
  const [answer] = await askAll(input, question, options);
  if (answer === undefined) throw new Error('the mesh was not asked');
  return answer;
}

/** Reports each two VirtualServices of one host, as a rule about conflicts would. */
const conflicts = probe(
  function* (subject) {
    if (!('claims' in subject)) return;
    const [first, ...others] = subject.claims;
    for (const other of others) {
      if (first !== undefined)
        yield { at: other.at, message: 'host is claimed twice', related: [{ at: first.at, message: 'here as well' }] };
    }
  },
  ['host'],
);

const routes = (name: string, subset: string, host = 'web'): string => `
  apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: { name: ${name} }
  spec: { hosts: [${host}], http: [{ route: [{ destination: { host: web, subset: ${subset} } }] }] }
`;
const rule = (...subsets: string[]): string => `
  apiVersion: networking.istio.io/v1
  kind: DestinationRule
  metadata: { name: web }
  spec: { host: web, subsets: [${subsets.map((name) => `{ name: ${name} }`).join(', ')}] }
`;
const policy = (mode: string): string => `
  apiVersion: security.istio.io/v1
  kind: PeerAuthentication
  metadata: { name: default }
  spec: { mtls: { mode: ${mode} } }
`;
const gateway = (namespace: string, name: string): string => `
  apiVersion: networking.istio.io/v1
  kind: Gateway
  metadata: { name: ${name}, namespace: ${namespace} }
  spec: { servers: [] }
`;
const both = (...documents: string[]): string => documents.map(dedent).join('---\n');

describe('overlays that lie side by side', () => {
  const environments: Files = {
    'envs/dev/routes.yaml': routes('web', 'v2'),
    'envs/dev/rule.yaml': rule('v1', 'v2'),
    'envs/dev/policy.yaml': policy('PERMISSIVE'),
    'envs/dev/extra.yaml': routes('extra', 'v1'),
    'envs/prod/routes.yaml': routes('web', 'v3'),
    'envs/prod/rule.yaml': rule('v1'),
    'envs/prod/policy.yaml': policy('STRICT'),
    'envs/prod/more.yaml': routes('more', 'v1'),
    'workload.yaml': `
      apiVersion: v1
      kind: Pod
      metadata: { name: web }
      spec: { containers: [{ name: app, ports: [{ containerPort: 80 }] }] }
    `,
  };

  it('are all analysed, and what is wrong whichever is real is reported', async () => {
    expect(lines(await run(environments))).toEqual([
      'envs/dev/policy.yaml:4 PERMISSIVE accepts plaintext on port 80 of "default/web" [permissive-mtls]',
      'envs/prod/routes.yaml:4 subset "v3" of "web" is not defined: did you mean "v1"? [subset-not-found]',
    ]);
  });

  it('are in no conflict with each other, files of one folder are', async () => {
    // dev/routes with prod/routes, and also dev/extra with prod/more: their folders are variants.
    expect(lines(await run(environments, conflicts))).toEqual(['envs/dev/routes.yaml:4 host is claimed twice [probe]']);
    const unlike = {
      ...environments,
      'envs/prod/policy.yaml': policy('PERMISSIVE'),
      'envs/prod/routes.yaml': routes('web', 'v2'),
      'envs/prod/rule.yaml': rule('v1', 'v2'),
    };
    expect(lines(await run(unlike, conflicts)).length).toBeGreaterThan(1);
  });

  it('answer a look-up with all that may be real, and with the one that lies with whoever asks', async () => {
    const files = {
      'dev/gateway.yaml': gateway('edge', 'main'),
      'prod/gateway.yaml': dedent(gateway('edge', 'main')).replace('servers: []', 'selector: { istio: ingress }, servers: []'),
      'dev/routes.yaml': routes('web', 'v1'),
      'twice/gateway.yaml': gateway('edge', 'same'),
      'again/gateway.yaml': gateway('edge', 'same'),
    };
    const answers = await ask(files, (mesh) => {
      const [from] = mesh.of('VirtualService');
      const main = mesh.find('Gateway', 'edge', 'main');
      const same = mesh.find('Gateway', 'edge', 'same');
      return [
        mesh.lookup('Gateway', 'edge', 'main').kind,
        mesh.lookup('Gateway', 'edge', 'main', from).kind,
        mesh.lookup('Gateway', 'edge', 'same').kind,
        main === undefined ? 0 : mesh.alternatives(main).length,
        same === undefined ? 0 : mesh.alternatives(same).length,
      ];
    });
    expect(answers).toEqual(['order-dependent', 'found', 'found', 1, 0]);
  });

  it('leave the membership open that they give a namespace in different ways', async () => {
    const namespace = (label: string): string =>
      `apiVersion: v1\nkind: Namespace\nmetadata: { name: default, labels: { istio-injection: ${label} } }`;
    const membership = (a: string, b: string): Promise<unknown> =>
      ask({ ...environments, 'a.yaml': namespace(a), 'b.yaml': namespace(b) }, (mesh) =>
        mesh.workloads.map((workload) => mesh.membershipOf(workload) ?? 'unknown'),
      );
    expect(await membership('enabled', 'enabled')).toEqual(['sidecar']);
    expect(await membership('enabled', 'disabled')).toEqual(['unknown']);
  });
});

describe('independent samples that reuse names and have no namespaces', () => {
  it('are not judged by each other', async () => {
    const samples = {
      'samples/a.yaml': both(routes('web', 'v2'), rule('v1', 'v2')),
      'samples/b.yaml': both(routes('web', 'v3'), rule('v1', 'v3')),
      'samples/c.yaml': routes('web', 'v4'),
      'samples/d.yaml': both(routes('web', 'v9'), rule('v1')),
    };
    const result = await run(samples);
    expect(lines(result)).toEqual(['samples/d.yaml:4 subset "v9" of "web" is not defined: did you mean "v1"? [subset-not-found]']);
    expect(result.findings[0]?.related.map(({ location }) => location.file)).toEqual(['samples/d.yaml']);
    expect(result.summary.unknown).toEqual({
      'subset-not-found': { 'files define a resource in different ways, and which is real is not known': 1 },
    });
    expect(lines(await run(samples, conflicts))).toEqual([]);
  });
});

describe('rendered Helm output', () => {
  const rendered = both(
    `
    # Source: shop/templates/routes.yaml
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: shop, labels: { app.kubernetes.io/managed-by: Helm } }
    spec: { hosts: [shop], http: [{ route: [{ destination: { host: web, subset: v2 } }] }] }
    `,
    rule('v1'),
    '# Source: shop/templates/empty.yaml\n',
  );

  it('is one mesh for each file where files differ', async () => {
    expect(lines(await run({ 'rendered.yaml': rendered }))).toEqual([
      'rendered.yaml:5 subset "v2" of "web" is not defined: did you mean "v1"? [subset-not-found]',
    ]);
    const result = await run({ 'dev.yaml': rendered, 'prod.yaml': rendered.replaceAll('v1 }', 'v2 }') });
    expect(lines(result)).toEqual(['dev.yaml:5 subset "v2" of "web" is not defined: did you mean "v1"? [subset-not-found]']);
  });
});

describe('several meshes in one run', () => {
  const files: Files = {
    'base/rule.yaml': rule('v1'),
    'dev/routes.yaml': routes('web', 'v1'),
    'prod/routes.yaml': routes('web', 'v2'),
    'prod/rule.yaml':
      'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: more }\nspec: { host: web, subsets: [{ name: v2 }] }',
    'docs/example.yaml': routes('web', 'v7'),
  };
  const meshes = [
    { name: 'dev', paths: ['base', 'dev'], defaultNamespace: 'dev' },
    { name: 'prod', paths: ['base/**', '{prod,live}/*.yaml'], defaultNamespace: 'prod', complete: true },
  ];

  it('is a graph for each, with its own settings', async () => {
    const names = await askAll(
      files,
      (mesh) => [
        mesh.complete,
        ...mesh.of('VirtualService').map(({ metadata, origin }) => `${metadata.namespace} ${origin.text.source.path}`),
        ...mesh.of('DestinationRule').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
      ],
      { meshes },
    );
    expect(names).toEqual([
      [false, 'dev dev/routes.yaml', 'dev/web'],
      [true, 'prod prod/routes.yaml', 'prod/web', 'prod/more'],
    ]);
  });

  it('reads each source once, reports equal findings once, and counts what is in none', async () => {
    const reads = new Map<string, number>();
    const counted = sources({ ...files, 'base/policy.yaml': policy('permissive') }).map((source) => ({
      ...source,
      read: () => {
        reads.set(source.path, (reads.get(source.path) ?? 0) + 1);
        return source.read();
      },
    }));
    const result = await lint(counted, { meshes, only: ['schema-violation'] });
    expect(result.findings.map(({ location }) => location.file)).toEqual(['base/policy.yaml']);
    expect(result.summary).toMatchObject({ files: 5, resources: 5, skipped: { 'in-no-mesh': 1 } });
    // Once for its values, once more for the place of what is found in it.
    expect(Object.fromEntries(reads)).toEqual({
      'base/rule.yaml': 1,
      'dev/routes.yaml': 1,
      'prod/routes.yaml': 1,
      'prod/rule.yaml': 1,
      'base/policy.yaml': 2,
    });
  });

  it('follows the kustomizations of each', async () => {
    const overlays: Files = {
      'base/kustomization.yaml': 'resources: [rule.yaml]',
      'base/rule.yaml': rule('v1'),
      'dev/kustomization.yaml': 'resources: [../base]\nnamespace: dev',
      'prod/kustomization.yaml': 'resources: [../base]\nnamespace: prod',
    };
    const question = (mesh: Mesh): string[] => mesh.of('DestinationRule').map(({ metadata }) => metadata.namespace);
    expect(
      await askAll(overlays, question, {
        meshes: [
          { name: 'dev', paths: ['base', 'dev'] },
          { name: 'prod', paths: ['base', 'prod'] },
        ],
      }),
    ).toEqual([['dev'], ['prod']]);
    expect(await askAll(overlays, question)).toEqual([['{dev,prod}']]);
  });

  it('takes context for part of every mesh, unless one names it', async () => {
    const input = sources({ ...files, 'cluster.yaml': gateway('edge', 'main'), 'dev/cluster.yaml': gateway('edge', 'dev') }, [
      'cluster.yaml',
      'dev/cluster.yaml',
    ]);
    expect(await askAll(input, (mesh) => mesh.of('Gateway').map(({ metadata }) => metadata.name), { meshes })).toEqual([
      ['main', 'dev'],
      ['main'],
    ]);
  });

  it.each([
    [{ meshes: [] }, 'the list of meshes is empty'],
    [
      {
        meshes: [
          { name: 'a', paths: ['a'] },
          { name: 'a', paths: ['b'] },
        ],
      },
      'there are two meshes "a"',
    ],
    [{ meshes: [{ name: 'a', paths: [] }] }, 'mesh "a" has no paths'],
    [{ meshes: [{ name: 'a', paths: ['a'], istioVersion: 'new' }] }, '"new" is no Istio version'],
  ])('refuses %j', async (options, message) => {
    await expect(run(files, options)).rejects.toThrow(message);
  });
});

describe('completeness', () => {
  it('may be for some namespaces and kinds only', async () => {
    const question = (mesh: Mesh): unknown[] => [
      mesh.complete,
      mesh.lookup('Gateway', 'edge', 'none').kind,
      mesh.lookup('Gateway', 'shop', 'none').kind,
      mesh.lookup('Service', 'edge', 'none').kind,
      mesh.lookup('Namespace', '', 'none').kind,
      mesh.isComplete('Gateway', 'edge'),
      mesh.isComplete(['Gateway', 'Service'], 'edge'),
      mesh.isComplete('Gateway'),
    ];
    const files = { 'a.yaml': rule('v1') };
    expect(await ask(files, question)).toEqual([false, 'unknown', 'unknown', 'unknown', 'unknown', false, false, false]);
    expect(await ask(files, question, { complete: true })).toEqual([true, 'missing', 'missing', 'missing', 'missing', true, true, true]);
    expect(await ask(files, question, { complete: { namespaces: ['edge'] } })).toEqual([
      false,
      'missing',
      'unknown',
      'missing',
      'unknown',
      true,
      true,
      false,
    ]);
    expect(await ask(files, question, { complete: { kinds: ['Gateway'] } })).toEqual([
      false,
      'missing',
      'missing',
      'unknown',
      'unknown',
      true,
      false,
      true,
    ]);
    expect(await ask(files, question, { complete: { namespaces: ['edge'], kinds: ['Gateway'] } })).toEqual([
      false,
      'missing',
      'unknown',
      'unknown',
      'unknown',
      true,
      false,
      false,
    ]);
    await expect(run(files, { complete: { kinds: ['Gatway'] } })).rejects.toThrow('there is no kind "Gatway"');
  });

  it('says what failed', async () => {
    expect(await ask({ 'a.yaml': rule('v1') }, (mesh) => mesh.lookup('Gateway', 'edge', 'main'), { complete: true })).toEqual({
      kind: 'missing',
      cause: 'gateway edge/main',
    });
    expect(await ask({ 'a.yaml': rule('v1') }, (mesh) => mesh.lookup('Gateway', 'edge', 'main'))).toEqual({
      kind: 'unknown',
      reason: 'no such Gateway in the input',
    });
  });

  const builtIn = (mesh: Mesh): string[] =>
    (['Namespace', 'GatewayClass', 'Service', 'Deployment'] as const).flatMap((kind) => mesh.of(kind).map(({ metadata }) => metadata.name));

  it('includes what Istio brings, unless the input defines it', async () => {
    const classes = ['istio', 'istio-remote', 'istio-waypoint', 'istio-east-west'];
    const gateway = ['istio-ingressgateway', 'istio-ingressgateway'];
    expect(await ask({ 'a.yaml': rule('v1') }, builtIn)).toEqual([]);
    expect(await ask({ 'a.yaml': rule('v1') }, builtIn, { complete: { namespaces: ['shop'] } })).toEqual([]);
    expect(await ask({ 'a.yaml': rule('v1') }, builtIn, { complete: true })).toEqual(['istio-system', ...classes, ...gateway]);
    expect(await ask({ 'a.yaml': rule('v1') }, builtIn, { complete: true, istioNamespace: 'mesh' })).toEqual([
      'mesh',
      ...classes,
      ...gateway,
    ]);
    const own = both(
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: istio-system }',
      'apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: { name: istio }\nspec: { controllerName: istio.io/gateway-controller }',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: edge, namespace: edge }\nspec: { template: { metadata: { labels: { istio: ingressgateway } } } }',
    );
    expect(await ask({ 'a.yaml': own }, builtIn, { complete: true })).toEqual(['istio-system', 'istio', ...classes.slice(1), 'edge']);
  });

  it('never shows a place in what Istio brings', async () => {
    const result = await run(
      { 'a.yaml': routes('web', 'v1') },
      {
        ...probe(function* (_, { mesh }) {
          const [virtualService] = mesh.of('VirtualService');
          const [service] = mesh.of('Service');
          if (virtualService === undefined || service === undefined) return;
          const at = (resource: typeof virtualService | typeof service): Place => ({
            kind: 'node',
            resource,
            path: ['spec'],
            part: 'value',
          });
          yield { at: at(service), message: 'on what Istio brings' };
          yield { at: at(virtualService), message: 'on a route', related: [{ at: at(service), message: 'to what Istio brings' }] };
        }),
        complete: true,
      },
    );
    expect(result.findings).toMatchObject([{ message: 'on a route', related: [] }]);
  });

  it('counts as defined what a controller will make', async () => {
    const files = {
      'a.yaml': both(
        'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: a, namespace: edge }\nspec: { secretName: by-certificate }',
        'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: by-external, namespace: edge }',
        'apiVersion: external-secrets.io/v1beta1\nkind: ExternalSecret\nmetadata: { name: b, namespace: edge }\nspec: { target: { name: by-target } }',
        'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: by-sealed, namespace: edge }\nspec: { encryptedData: { a: x } }',
        'apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\nmetadata: { name: c, namespace: edge }\nspec: { secretObjects: [{ secretName: by-provider }] }',
        'apiVersion: v1\nkind: Secret\nmetadata: { name: itself, namespace: edge }',
        'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: g, namespace: edge, annotations: { cert-manager.io/cluster-issuer: x } }\nspec: { gatewayClassName: istio, listeners: [{ name: a, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: by-gateway }] } }] }',
      ),
    };
    const names = ['by-certificate', 'by-external', 'by-target', 'by-sealed', 'by-provider', 'itself', 'by-gateway', 'b', 'none'];
    const kinds = await ask(files, (mesh) => names.map((name) => mesh.secret('edge', name).kind), { complete: true });
    expect(kinds).toEqual(['found', 'found', 'found', 'found', 'found', 'found', 'found', 'missing', 'missing']);
    expect(await ask(files, (mesh) => mesh.secret('other', 'itself').kind, { complete: true })).toBe('missing');
    expect(await ask(files, (mesh) => mesh.secret('other', 'itself').kind)).toBe('unknown');
  });
});

describe('what is assumed to exist elsewhere', () => {
  it('is not missing', async () => {
    const options: LintOptions = {
      complete: true,
      assume: {
        gateways: ['edge/main', 'shared/*'],
        services: ['pay/api', 'db.shop.svc.cluster.local', '*.example.com'],
        secrets: ['*/wildcard-cert'],
        namespaces: ['pay'],
      },
    };
    const answers = await ask(
      { 'a.yaml': rule('v1') },
      (mesh) => [
        mesh.lookup('Gateway', 'edge', 'main'),
        mesh.lookup('KubernetesGateway', 'shared', 'x').kind,
        mesh.lookup('Gateway', 'edge', 'other').kind,
        mesh.lookup('Service', 'pay', 'api').kind,
        mesh.lookup('Service', 'shop', 'db').kind,
        mesh.lookup('Service', 'shop', 'api').kind,
        mesh.secret('edge', 'wildcard-cert').kind,
        mesh.lookup('Namespace', '', 'pay').kind,
        mesh.lookup('Namespace', '', 'default').kind,
        mesh.lookup('Namespace', '', 'nowhere').kind,
        mesh.assumesHost('api.pay.svc.cluster.local'),
        mesh.assumesHost('a.example.com'),
        mesh.assumesHost('example.com'),
        mesh.assumes('Gateway', 'edge', 'main'),
      ],
      options,
    );
    expect(answers).toEqual([
      { kind: 'unknown', reason: 'it is assumed to exist elsewhere' },
      ...['unknown', 'missing', 'unknown', 'unknown', 'missing', 'unknown', 'unknown', 'unknown', 'missing'],
      ...[true, true, false, true],
    ]);
  });

  it.each([
    [{ gateways: ['main'] }, 'the assumed gateway "main" needs a namespace'],
    [{ secrets: ['a/b/c'] }, 'the assumed secret "a/b/c" needs a namespace'],
    [{ services: ['api'] }, 'the assumed service "api" needs a namespace or a domain'],
    [{ namespaces: ['a/b'] }, 'the assumed namespace "a/b" is no name'],
  ])('refuses %j', async (assume, message) => {
    await expect(run({}, { assume })).rejects.toThrow(message);
  });
});

describe('what could not be read', () => {
  it('is not missing: named resources that are too broken, documents that do not parse, templates', async () => {
    const files = {
      'broken.yaml': 'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: main, namespace: edge }',
      'unparsable.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: [',
      'template.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Values.name }}\n',
      'rule.yaml': rule('v1'),
    };
    const answers = await ask(
      files,
      (mesh) => [
        mesh.lookup('Gateway', 'edge', 'main'),
        mesh.lookup('Gateway', 'edge', 'other').kind,
        mesh.isComplete('Gateway', 'edge'),
        mesh.isComplete('Gateway', 'shop'),
        mesh.lookup('Service', 'shop', 'api').kind,
        mesh.secret('shop', 'cert').kind,
        mesh.lookup('VirtualService', 'shop', 'web').kind,
      ],
      { complete: true },
    );
    expect(answers).toEqual([
      { kind: 'unknown', reason: 'a resource of that name is too broken to be read' },
      'missing',
      false,
      true,
      'unknown',
      'unknown',
      'missing',
    ]);
  });
});

describe('what is reported', () => {
  const files: Files = {
    'a.yaml': both(routes('a', 'v2'), rule('v1')),
    'b.yaml': dedent(policy('PERMISSIVE')).replace('name: default', 'name: default, namespace: shop'),
    'c.yaml': both(
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: 5 }',
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: pay, labels: 5 }',
    ),
    'd.yaml': 'apiVersion: v1\nkind: Service\nmetadata: [',
  };
  const ids = async (options: LintOptions): Promise<string[]> =>
    (await run(files, options)).findings.map(({ location, rule: { id } }) => `${location.file}:${location.start.line} ${id}`);

  it('is what lies in the namespaces that were asked for; all are analysed', async () => {
    expect(await ids({})).toEqual([
      'a.yaml:4 subset-not-found',
      'b.yaml:4 permissive-mtls',
      'c.yaml:3 schema-violation',
      'c.yaml:7 schema-violation',
      'd.yaml:3 invalid-yaml',
    ]);
    expect(await ids({ namespaces: ['shop'] })).toEqual(['b.yaml:4 permissive-mtls', 'c.yaml:3 schema-violation', 'd.yaml:3 invalid-yaml']);
    expect(await ids({ namespaces: ['default', 'pay'] })).toEqual([
      'a.yaml:4 subset-not-found',
      'c.yaml:7 schema-violation',
      'd.yaml:3 invalid-yaml',
    ]);
    expect(await ids({ namespaces: ['shop'], defaultNamespace: 'shop' })).toContain('a.yaml:4 subset-not-found');
    const undecided = await run({ 'a.yaml': routes('a', 'v2') }, { namespaces: ['shop'] });
    expect(undecided.summary.unknown).toEqual({});
  });

  it('is never context, and what is linted stands over what the context says of the same resource', async () => {
    const cluster = { 'cluster.yaml': both(rule('v1', 'v2'), routes('old', 'v9')), 'web.yaml': routes('web', 'v2') };
    expect((await lint(sources(cluster, ['cluster.yaml']), { only })).findings).toEqual([]);
    const changed = await lint(sources({ ...cluster, 'rule.yaml': rule('v1') }, ['cluster.yaml']), { only });
    expect(lines(changed)).toEqual(['web.yaml:4 subset "v2" of "web" is not defined: did you mean "v1"? [subset-not-found]']);
  });

  it('may depend on the Istio version', async () => {
    const old: Rule = {
      id: 'old',
      title: 'Old',
      category: 'hygiene',
      severity: 'info',
      presets: ['recommended'],
      since: '0.1.0',
      istio: { since: '1.20', until: '1.24' },
      subjects: ['DestinationRule'],
      *check(subject) {
        if ('origin' in subject) yield { at: { kind: 'node', resource: subject, path: ['spec'], part: 'value' }, message: 'old' };
      },
    };
    const found = async (istioVersion?: string): Promise<number> =>
      (await run({ 'a.yaml': rule('v1') }, { plugins: [old], only: ['old'], istioVersion })).findings.length;
    expect([
      await found(),
      await found('1.24'),
      await found('v1.24.3'),
      await found('1.23-1.28'),
      await found('1.25'),
      await found('1.9'),
    ]).toEqual([1, 1, 1, 1, 0, 0]);
    await expect(found('1.28-1.26')).rejects.toThrow('is no range of Istio versions');
  });
});

describe('sources', () => {
  it('of a kustomization that can not be read are said so', async () => {
    const unreadable: Source = {
      path: 'kustomization.yaml',
      read: () => {
        throw new ReadError({ kind: 'unreadable', message: 'permission denied' });
      },
    };
    const result = await lint([unreadable, ...sources({ 'a.yaml': policy('PERMISSIVE') })], { only });
    expect(result.notifications).toEqual([
      { level: 'error', kind: 'unreadable', message: 'permission denied', file: 'kustomization.yaml' },
    ]);
    expect(result.findings).toHaveLength(1);
  });
});
