import { describe, expect, it } from 'vitest';
import {
  at,
  defineRule,
  lint,
  type LintOptions,
  type LintResult,
  type Place,
  ReadError,
  type Rule,
  type Source,
  UsageError,
} from './index.ts';
import { dedent } from './testing/markers.ts';

function source(path: string, text: string, more: Partial<Source> = {}): Source {
  return { path, read: () => dedent(text), ...more };
}

async function run(text: string, options: LintOptions & { path?: string; named?: boolean } = {}): Promise<LintResult> {
  const { path = 'mesh.yaml', named = true, ...lintOptions } = options;
  return lint([source(path, text, { named })], lintOptions);
}

const lines = (result: LintResult): string[] =>
  result.findings.map(
    ({ location, severity, message, rule }) =>
      `${location.file}:${location.start.line}:${location.start.column} ${severity} ${message} [${rule.id}]`,
  );

const virtualService = `
  apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: { name: reviews }
  spec:
    hosts: [reviews]
    http:
      - route: [{ destination: { host: reviews, subset: v3 } }]
  ---
  apiVersion: networking.istio.io/v1
  kind: DestinationRule
  metadata: { name: reviews }
  spec: { host: reviews, subsets: [{ name: v1 }] }
`;

describe('lint', () => {
  it('finds a fault at its exact place, with the other end as a related place', async () => {
    const { findings, summary, complete } = await run(virtualService);
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    expect(finding).toMatchObject({
      severity: 'error',
      message: 'subset "v3" of "reviews" is not defined: did you mean "v1"?',
      location: { file: 'mesh.yaml', start: { line: 7, column: 55 }, end: { line: 7, column: 57 } },
      resource: { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', namespace: 'default', name: 'reviews' },
      path: '/spec/http/0/route/0/destination/subset',
      related: [{ message: '"v1" is defined here', location: { start: { line: 12 } } }],
      equivalents: [
        { tool: 'istioctl', code: 'IST0101', reference: 'host+subset in destinationrule' },
        { tool: 'kiali', code: 'KIA1107' },
      ],
    });
    expect(finding?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(finding?.fix?.edits[0]?.replacement).toBe('v1');
    expect(summary).toMatchObject({ files: 1, resources: 2 });
    expect(complete).toBe(true);
  });

  it('is silent on a healthy mesh', async () => {
    expect((await run(virtualService.replace('subset: v3', 'subset: v1'))).findings).toEqual([]);
  });

  it('does not depend on the order of the sources', async () => {
    const [first = '', second = ''] = dedent(virtualService).split('---\n');
    const a = source('a.yaml', first);
    const b = source('b.yaml', second);
    expect(await lint([a, b])).toEqual(await lint([b, a]));
    expect((await lint([a, b])).findings).toHaveLength(1);
  });

  it('keeps its fingerprints when lines move and layout changes', async () => {
    const [before] = (await run(virtualService)).findings;
    const [moved] = (
      await run(
        `# a comment\n\n${dedent(virtualService)}`.replace(
          '[{ destination: { host: reviews, subset: v3 } }]',
          '\n        - destination:\n            host: reviews\n            subset: "v3"',
        ),
      )
    ).findings;
    expect(moved?.location.start.line).not.toBe(before?.location.start.line);
    expect(moved?.fingerprint).toBe(before?.fingerprint);
  });
});

describe('what is read', () => {
  it('takes Lists and typed lists apart, with exact places of the items', async () => {
    const result = await run(`
      apiVersion: v1
      kind: List
      items:
        - apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata: { name: a }
          spec: { mtls: { mode: STRICT } }
        - apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata: { name: b, namespace: shop }
          spec: { mtls: { mode: PERMISSIVE } }
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthenticationList
      items:
        - metadata: { name: c, namespace: pay }
          spec: { mtls: { mode: DISABLE } }
    `);
    expect(lines(result)).toEqual([
      'mesh.yaml:11:27 warning PERMISSIVE accepts plaintext in namespace "shop" [permissive-mtls]',
      'mesh.yaml:17:27 warning DISABLE accepts plaintext in namespace "pay" [permissive-mtls]',
    ]);
    expect(result.findings[1]?.path).toBe('/spec/mtls/mode');
    expect(result.summary.resources).toBe(3);
  });

  it('reads JSON, CRLF, a byte order mark, anchors, merge keys and document ends', async () => {
    const policy =
      '{"apiVersion":"security.istio.io/v1","kind":"PeerAuthentication","metadata":{"name":"x"},"spec":{"mtls":{"mode":"PERMISSIVE"}}}';
    expect(lines(await run(policy))).toEqual([
      'mesh.yaml:1:113 warning PERMISSIVE accepts plaintext in namespace "default" [permissive-mtls]',
    ]);
    const merged = dedent(`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: &names { name: x, namespace: shop }
      spec:
        mtls: &mtls { mode: PERMISSIVE }
      ...
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: { name: z }
      spec:
        selector: { matchLabels: { app: web } }
        mtls: { mode: STRICT }
        portLevelMtls:
          80: &port { mode: DISABLE }
          90: *port
          91:
            <<: *port
    `).replaceAll('\n', '\r\n');
    const result = await lint([{ path: 'mesh.yaml', named: true, read: () => `\uFEFF${merged}` }]);
    expect(lines(result)).toEqual([
      'mesh.yaml:5:23 warning PERMISSIVE accepts plaintext in namespace "shop" [permissive-mtls]',
      'mesh.yaml:15:23 warning DISABLE accepts plaintext on port 80 of the workloads of "default" that it selects, against the STRICT of the same policy [permissive-mtls]',
      'mesh.yaml:16:9 warning DISABLE accepts plaintext on port 90 of the workloads of "default" that it selects, against the STRICT of the same policy [permissive-mtls]',
      'mesh.yaml:18:11 warning DISABLE accepts plaintext on port 91 of the workloads of "default" that it selects, against the STRICT of the same policy [permissive-mtls]',
    ]);
    expect(result.findings[2]?.related[0]).toMatchObject({ message: 'the value comes from here', location: { start: { line: 15 } } });
  });

  it('leaves other YAML of a folder alone, and counts it', async () => {
    const result = await lint([
      source('ci.yaml', 'on: push\njobs: { build: { runs-on: x, steps: [ }'),
      source('values.yaml', 'replicas: 3\nimage: { tag: latest }'),
      source('crd.yaml', 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: x }'),
      source('templates/x.yaml', 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n'),
      source('role.yaml', 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: x }'),
      source('mesh.yaml', virtualService),
    ]);
    expect(result.summary.skipped).toEqual({ 'foreign-yaml': 2, definition: 1, template: 1, 'not-modelled': 1 });
    expect(result.summary).toMatchObject({ files: 1, resources: 2 });
    expect(result.complete).toBe(true);
  });

  it('says when there is nothing to analyse, unless that is allowed', async () => {
    const empty = await lint([source('ci.yaml', 'on: push')]);
    expect(empty.complete).toBe(false);
    expect(empty.notifications).toMatchObject([{ level: 'error', kind: 'nothing-to-analyse' }]);
    expect((await lint([], { allowEmpty: true })).complete).toBe(true);
    expect(
      (await lint([source('role.yaml', 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: x }')])).complete,
    ).toBe(true);
  });
});

describe('broken documents', () => {
  it('reports a broken document once, at its place, and analyses the others', async () => {
    const result = await run(`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: broken
       namespace: shop
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: { name: open, namespace: shop }
      spec: { mtls: { mode: PERMISSIVE } }
    `);
    expect(result.findings.map(({ rule, location }) => [rule.id, location.start.line])).toEqual([
      ['invalid-yaml', 5],
      ['permissive-mtls', 10],
    ]);
    expect(result.complete).toBe(false);
  });

  it('takes broken YAML for ours if it was named or has a kind that is ours', async () => {
    const ours = 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: [';
    expect((await run(ours, { named: false })).findings.map(({ rule }) => rule.id)).toEqual(['invalid-yaml']);
    expect((await run('a: [', { named: true })).findings.map(({ rule }) => rule.id)).toEqual(['invalid-yaml']);
    expect((await run('a: [', { named: false })).findings).toEqual([]);
  });

  it('reports what is no resource of its kind, and judges the rest of it no further than that', async () => {
    const result = await run(`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: a }
      spec:
        hosts: [reviews]
        http:
          - route: [{ destination: { host: reviews, subset: 3 }, weight: "50" }]
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { namespace: shop }
      spec: { hosts: [reviews] }
      ---
      apiVersion: networking.istio.io/v1
      metadata: { name: x }
      ---
      kind: VirtualService
      metadata: { name: x }
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: { name: b }
    `);
    expect(lines(result)).toEqual([
      expect.stringMatching(/^mesh.yaml:7:55 error .*subset.* \[schema-violation\]$/),
      expect.stringMatching(/^mesh.yaml:7:68 error .*weight.* \[schema-violation\]$/),
      expect.stringMatching(/^mesh.yaml:11:1 error .*name.* is missing \[schema-violation\]$/),
      expect.stringMatching(/^mesh.yaml:14:1 error .*kind.* is missing \[schema-violation\]$/),
      expect.stringMatching(/^mesh.yaml:17:1 error .*apiVersion.* is missing \[schema-violation\]$/),
      expect.stringMatching(/^mesh.yaml:20:1 error .*spec.* is missing \[schema-violation\]$/),
    ]);
    expect(result.complete).toBe(true);
  });

  it('reports a resource that is twice in a file, not one that is in two files', async () => {
    const policy = 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: a }\n';
    expect(lines(await run(`${policy}---\n${policy}`))).toEqual([
      'mesh.yaml:7:19 warning PeerAuthentication "default/a" is already in this file [duplicate-resource]',
    ]);
    expect((await lint([source('a.yaml', policy), source('b.yaml', policy)])).findings).toEqual([]);
  });

  it('tells someone who pasted a manifest without its indentation just that', async () => {
    const flat =
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\nname: shop\nspec:\nhosts:\n- shop\nhttp:\n- route:\n- destination:\nhost: shop\n- destination:\nhost: other\n';
    const result = await run(flat);
    expect(result.findings).toHaveLength(1);
    expect(result.findings[0]?.message).toMatch(/^`name` and `spec` have lost their indentation: put `name` under `metadata` and `hosts`/);
  });

  it('turns sources that cannot be read into notifications, and goes on', async () => {
    const unreadable: Source = {
      path: 'secret.yaml',
      read: () => {
        throw new ReadError({ kind: 'unreadable', message: 'permission denied' });
      },
    };
    const result = await lint([unreadable, source('mesh.yaml', virtualService)]);
    expect(result.findings).toHaveLength(1);
    expect(result.complete).toBe(false);
    expect(result.notifications).toEqual([{ level: 'error', kind: 'unreadable', message: 'permission denied', file: 'secret.yaml' }]);
  });

  it('places findings at the head of a document whose source has changed in between', async () => {
    let reads = 0;
    const changing: Source = {
      path: 'mesh.yaml',
      read: () => (reads++ === 0 ? dedent(virtualService) : `# new\n${dedent(virtualService)}`),
    };
    const result = await lint([changing]);
    expect(result.findings).toMatchObject([{ location: { approximate: true, start: { line: 2 } } }]);
    expect(result.complete).toBe(false);
    expect(result.notifications).toMatchObject([{ kind: 'changed-while-reading', file: 'mesh.yaml' }]);
  });
});

describe('hostile input', () => {
  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])('takes %s as a key like any other', async (key) => {
    const result = await run(`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: { name: ${key}, namespace: ${key}, labels: { ${key}: ${key} } }
      spec:
        selector: { matchLabels: { ${key}: "1" } }
        portLevelMtls: { 80: { mode: STRICT } }
      ---
      apiVersion: v1
      kind: Pod
      metadata: { name: ${key}, namespace: ${key}, labels: { ${key}: "1" } }
      spec: { containers: [{ name: app, ports: [{ containerPort: 80 }] }] }
    `);
    expect(result.findings).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each([
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${Array.from(
        { length: 9 },
        (_, i) =>
          `${'bcdefghij'[i] ?? ''}: &${'bcdefghij'[i] ?? ''} [${Array(10)
            .fill(`*${'abcdefghi'[i] ?? ''}`)
            .join(',')}]`,
      ).join('\n')}`,
    ],
    ['flow nesting', `a: ${'['.repeat(1_000_000)}`],
    ['block nesting', `a:\n${'- '.repeat(1_000_000)}x`],
    ['a cyclic anchor', 'a: &a [*a]'],
  ])('ends %s in one message and an incomplete run, and analyses the other documents', async (_, text) => {
    const result = await run(`apiVersion: security.istio.io/v1\nkind: PeerAuthentication\n${text}\n---\n${dedent(virtualService)}`);
    expect(result.findings.map(({ rule }) => rule.id)).toEqual(['invalid-yaml', 'subset-not-found']);
    expect(result.complete).toBe(false);
  });

  it('survives a rule that throws, and names it', async () => {
    const broken: Rule = defineRule({
      id: 'broken',
      title: 'Broken',
      category: 'hygiene',
      severity: 'info',
      presets: ['recommended'],
      since: '0.1.0',
      subjects: ['VirtualService'],
      docs: { why: '', help: '', evidence: '', bad: '', good: '', references: [] },
      *check() {
        throw new TypeError('oops');
      },
    });
    const result = await run(virtualService, { plugins: [broken] });
    expect(result.findings.map(({ rule }) => rule.id)).toEqual(['subset-not-found']);
    expect(result.notifications).toMatchObject([
      { level: 'error', kind: 'rule-crashed', message: 'rule "broken" failed on VirtualService "default/reviews": oops' },
    ]);
    expect(result.complete).toBe(false);
  });
});

describe('options', () => {
  it('refuses rules and options that do not exist, with a suggestion', async () => {
    await expect(run(virtualService, { only: ['subset-notfound'] })).rejects.toThrow(
      new UsageError('there is no rule "subset-notfound"', 'did you mean "subset-not-found"?'),
    );
    await expect(run(virtualService, { ruleOptions: { 'permissive-mtls': { allowNamespace: [] } } })).rejects.toThrow(
      'has no option "allowNamespace"',
    );
    await expect(run(virtualService, { ruleOptions: { 'permissive-mtls': { allowNamespaces: 'shop' } } })).rejects.toThrow(
      'must be a list of strings',
    );
  });

  it('changes severities and switches rules off', async () => {
    expect((await run(virtualService, { severities: { 'subset-not-found': 'info' } })).findings[0]?.severity).toBe('info');
    expect((await run(virtualService, { severities: { 'subset-not-found': 'off' } })).findings).toEqual([]);
    expect((await run(virtualService, { only: ['permissive-mtls'] })).findings).toEqual([]);
  });

  it('counts what is unknown, by rule and reason', async () => {
    const [first = ''] = dedent(virtualService).split('---\n');
    const only = ['subset-not-found'];
    expect((await run(first, { only })).summary.unknown).toEqual({
      'subset-not-found': { 'no DestinationRule for the host in the input': 1 },
    });
    expect((await run(first, { only, complete: true })).findings).toHaveLength(1);
  });

  it('takes context as part of the mesh and never reports on it', async () => {
    const [first = '', second = ''] = dedent(virtualService).split('---\n');
    expect((await lint([source('a.yaml', first), source('context.yaml', second, { context: true })])).findings).toHaveLength(1);
    expect((await lint([source('a.yaml', first, { context: true }), source('b.yaml', second)])).findings).toEqual([]);
  });
});

describe('causes', () => {
  const rule = (id: string, check: (place: Place) => { at: Place; message: string; cause?: string; reports?: string }): Rule =>
    defineRule({
      id,
      title: id,
      category: 'reference',
      severity: 'error',
      presets: ['recommended'],
      since: '0.1.0',
      subjects: ['VirtualService'],
      docs: { why: '', help: '', evidence: '', bad: '', good: '', references: [] },
      *check(virtualService) {
        yield check(at(virtualService, 'metadata', 'name'));
      },
    });

  it('folds what follows from a failed look-up into the finding that reports it', async () => {
    const plugins = [
      rule('follows', (place) => ({ at: place, message: 'its routes are dead', cause: 'gateway shop/edge' })),
      rule('reports', (place) => ({ at: place, message: 'gateway "shop/edge" is not defined', reports: 'gateway shop/edge' })),
    ];
    const { findings } = await run(virtualService, { plugins, only: ['follows', 'reports'] });
    expect(findings).toMatchObject([{ rule: { id: 'reports' }, related: [{ message: 'its routes are dead' }] }]);
    expect((await run(virtualService, { plugins, only: ['follows'] })).findings).toMatchObject([{ rule: { id: 'follows' } }]);
  });
});

describe('derived subjects', () => {
  it('hands out hosts with their claims, workloads and their ports', async () => {
    const seen: string[] = [];
    const probe: Rule = defineRule({
      id: 'probe',
      title: 'Probe',
      category: 'hygiene',
      severity: 'info',
      presets: [],
      since: '0.1.0',
      subjects: ['host', 'workload', 'workload-port'],
      docs: { why: '', help: '', evidence: '', bad: '', good: '', references: [] },
      *check(subject) {
        if ('claims' in subject) {
          seen.push(
            `${subject.host} ${subject.claims.map(({ virtualService, gateways }) => `${virtualService.metadata.name} on ${gateways.join(', ')}`).join(' and ')}`,
          );
          const [, second] = subject.claims;
          if (second !== undefined) yield { at: second.at, message: 'host is claimed twice' };
        } else if ('workload' in subject) {
          seen.push(`${subject.workload.name}:${String(subject.number)}`);
          yield { at: subject.at, message: `port ${String(subject.number)}` };
        } else seen.push(subject.name);
      },
    });
    const result = await run(
      `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: a, namespace: shop }
      spec: { hosts: [reviews], http: [{ route: [{ destination: { host: reviews } }] }] }
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: b, namespace: shop }
      spec: { hosts: [reviews.shop.svc.cluster.local], gateways: [mesh, edge], http: [{ route: [{ destination: { host: reviews } }] }] }
      ---
      apiVersion: batch/v1
      kind: CronJob
      metadata: { name: nightly }
      spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: x, ports: [{ containerPort: 81 }, { containerPort: 53, protocol: UDP }] }] } } } } }
    `,
      { plugins: [probe], only: ['probe'] },
    );
    expect(seen).toEqual(['reviews.shop.svc.cluster.local a on mesh and b on mesh, shop/edge', 'nightly', 'nightly:81']);
    expect(lines(result)).toEqual([
      'mesh.yaml:9:17 info host is claimed twice [probe]',
      expect.stringMatching(/^mesh.yaml:14:\d+ info port 81 \[probe\]$/),
    ]);
  });
});
