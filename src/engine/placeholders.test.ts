import { describe, expect, it } from 'vitest';
import { lint, type LintOptions, type LintResult, type Rule } from '../index.ts';
import { dedent } from '../testing/markers.ts';
import { isPlaceholder, placeholdersIn, PlaceholderMarks } from './placeholders.ts';

// A new rule changes no old test: the rules are named here.
const only = ['invalid-yaml', 'permissive-mtls', 'schema-violation', 'subset-not-found'];

describe('isPlaceholder', () => {
  it.each([
    '${HOST}',
    'api.${DOMAIN:-example.com}',
    '{{ .Values.host }}',
    '$(HOST)',
    'x-<%= name %>',
    '{% if a %}b{% endif %}',
    '${A}${B}',
  ])('%s', (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  it.each(['reviews', '$HOST', '/api/{*}', '/{**}', '{a,b}', '${', '{{', '%REQ(x)%', '^/a(b|c)$', '$(', '$(?:a)', '<%', 'a{2}$'])(
    'not %s',
    (text) => {
      expect(isPlaceholder(text)).toBe(false);
    },
  );

  it('takes linear time', () => {
    for (const text of ['${'.repeat(50_000), '{{'.repeat(50_000), '$('.repeat(50_000), '<%'.repeat(50_000)])
      expect(isPlaceholder(text)).toBe(false);
  });
});

describe('PlaceholderMarks', () => {
  it('finds the parts that have a mark, each mark once over the text', () => {
    const parts = ['a', 'b ${x}', 'c', '{{ d }}', 'e $(f)', 'g'];
    const text = parts.join('|');
    const marks = new PlaceholderMarks(text);
    let start = 0;
    const marked = parts.map((part) => {
      const range = { start, end: start + part.length };
      start = range.end + 1;
      return marks.within(range);
    });
    expect(marked).toEqual([false, true, false, true, true, false]);
  });
});

describe('placeholdersIn', () => {
  const paths = (...args: Parameters<typeof placeholdersIn>): string[] => placeholdersIn(...args).map(({ path }) => path.join('/'));

  it('knows where text in braces is meant as it stands', () => {
    const value = '{{ x }} ${y}';
    expect(paths('EnvoyFilter', { spec: { configPatches: [{ patch: { value: { inlineCode: value } } }], priority: value } })).toEqual([
      'spec/priority',
    ]);
    expect(paths('TrafficExtension', { spec: { lua: { inlineCode: value } } })).toEqual([]);
    expect(paths('WasmPlugin', { spec: { pluginConfig: { a: value }, url: value } })).toEqual(['spec/url']);
    expect(paths('Telemetry', { spec: { accessLogging: [{ filter: { expression: value } }] } })).toEqual([]);
    expect(paths('ProxyConfig', { spec: { environmentVariables: { A: '$(POD_NAME)' } } })).toEqual([]);
    expect(paths('VirtualService', { spec: { http: [{ directResponse: { body: { string: value } } }], hosts: [value] } })).toEqual([
      'spec/hosts/0',
    ]);
    expect(paths('ConfigMap', { data: { a: value } })).toEqual([]);
  });

  it('takes annotations for text of other tools, unless they are nothing but a placeholder', () => {
    const annotations = {
      'vault.example.com/template': '{{- with secret "a" }}{{ .Data }}{{ end }}',
      'networking.istio.io/exportTo': '${NAMESPACE}',
    };
    expect(paths('Service', { metadata: { annotations } })).toEqual(['metadata/annotations/networking.istio.io/exportTo']);
  });

  it('passes over what says nothing about a mesh', () => {
    const template = {
      metadata: { labels: { 'helm.sh/chart': '${CHART}', app: '${APP}' } },
      spec: { containers: [{ name: 'app', image: '${IMAGE}' }] },
    };
    expect(paths('Deployment', { spec: { template } })).toEqual(['spec/template/metadata/labels/app']);
  });

  it('knows placeholders in keys', () => {
    expect(paths('Deployment', { spec: { selector: { matchLabels: { 'app.${DOMAIN}/name': 'x' } } } })).toEqual([
      'spec/selector/matchLabels/app.${DOMAIN}/name',
    ]);
  });
});

async function run(text: string, options: LintOptions = {}): Promise<LintResult> {
  return lint([{ path: 'mesh.yaml', named: true, read: () => dedent(text) }], { only, ...options });
}

const lines = ({ findings }: LintResult): string[] => findings.map(({ location, rule }) => `${location.start.line} ${rule.id}`);

describe('a scalar that is a placeholder', () => {
  it('has no type that could be wrong', async () => {
    const result = await run(`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: web, namespace: shop, labels: '{{ .Values.labels }}' }
      spec:
        hosts: "\${HOSTS}"
        http:
          - timeout: $(TIMEOUT)
            route: [{ destination: { host: web, port: { number: "<%= port %>" } }, weight: "\${WEIGHT}" }, { destination: { host: web }, weight: many }]
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: { name: default, namespace: shop }
      spec: { mtls: { mode: "\${MODE}" } }
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: { name: web, namespace: shop }
      spec: \${SPEC}
    `);
    expect(lines(result)).toEqual(['8 schema-violation']);
    expect(result.findings[0]?.message).toMatch(/"weight"|number/);
    expect(result.complete).toBe(true);
  });

  it('is judged by no rule, and neither is what refers to it', async () => {
    const routes = (host: string, subset: string): string => `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: web, namespace: shop }
      spec: { hosts: [web], http: [{ route: [{ destination: { host: ${host}, subset: ${subset} } }] }] }
      ---
    `;
    const rule = (host: string, subset: string): string => `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: { name: web, namespace: shop }
      spec: { host: ${host}, subsets: [{ name: v1 }, { name: ${subset} }] }
    `;
    const both = (...[a, b, c, d]: [string, string, string, string]): Promise<LintResult> =>
      run(`${dedent(routes(a, b))}${dedent(rule(c, d))}`, { complete: true });
    expect(lines(await both('web', 'v3', 'web', 'v2'))).toEqual(['4 subset-not-found']);
    expect(await both('web', '"${SUBSET}"', 'web', 'v2')).toMatchObject({
      findings: [],
      summary: { unknown: { 'subset-not-found': { 'a value is a placeholder': 1 } } },
    });
    expect(await both('web', 'v3', 'web', '"${SUBSET}"')).toMatchObject({
      findings: [],
      summary: { unknown: { 'subset-not-found': { 'a value is a placeholder': 1 } } },
    });
    expect(await both('"${HOST}"', 'v3', 'web', 'v2')).toMatchObject({
      findings: [],
      summary: { unknown: { 'subset-not-found': { 'a name or namespace is not known': 1 } } },
    });
    expect(await both('web', 'v3', '"${HOST}"', 'v2')).toMatchObject({
      findings: [],
      summary: { unknown: { 'subset-not-found': { 'a value is a placeholder': 1 } } },
    });
    expect(await both('"${HOST}"', 'v3', '"${HOST}"', 'v2')).toMatchObject({ findings: [] });
  });

  it('leaves what does not depend on it to the rules', async () => {
    const result = await run(`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: { name: "{{ .Release.Name }}-default", namespace: "\${NAMESPACE}" }
      spec:
        selector: { matchLabels: { app: "\${APP}" } }
        mtls: { mode: PERMISSIVE }
    `);
    expect(lines(result)).toEqual(['6 permissive-mtls']);
    expect(result.findings[0]).toMatchObject({ resource: { name: '{{ .Release.Name }}-default', namespace: '${NAMESPACE}' } });
  });
});

describe('a placeholder in a name or namespace', () => {
  const check = async (manifest: string, ask: Rule['check']): Promise<LintResult> => {
    const rule: Rule = {
      id: 'probe',
      title: 'Probe',
      category: 'hygiene',
      severity: 'info',
      presets: [],
      since: '0.1.0',
      subjects: ['mesh'],
      check: ask,
    };
    return run(manifest, { plugins: [rule], only: ['probe'], complete: true });
  };

  it('makes names that are not found unknown: it may be any of them', async () => {
    const answers: unknown[] = [];
    await check(
      `
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: { name: "\${GATEWAY}", namespace: edge }
      spec: { servers: [] }
      ---
      apiVersion: v1
      kind: Secret
      metadata: { name: cert, namespace: "\${NAMESPACE}" }
      ---
      apiVersion: cert-manager.io/v1
      kind: Certificate
      metadata: { name: web, namespace: shop }
      spec: { secretName: "\${CERTIFICATE}" }
    `,
      function* (_, { mesh }) {
        answers.push(
          ...[
            mesh.lookup('Gateway', 'edge', 'main'),
            mesh.lookup('Gateway', 'shop', 'main'),
            mesh.lookup('Gateway', '${NAMESPACE}', 'main'),
          ].map(({ kind }) => kind),
          ...[mesh.secret('edge', 'cert'), mesh.secret('edge', 'other'), mesh.secret('shop', 'other')].map(({ kind }) => kind),
          mesh.isComplete('Gateway', 'edge'),
          mesh.isComplete('Gateway', 'shop'),
          mesh.isComplete('Gateway', '${NAMESPACE}'),
          mesh.isComplete('Secret', 'edge'),
        );
        yield* [];
      },
    );
    expect(answers).toEqual(['unknown', 'missing', 'unknown', 'unknown', 'missing', 'unknown', false, true, false, false]);
  });
});
