/**
 * What people do to a file of the plain mesh, as `{ name, file, edit }`: `file` is `service` or `namespace`, `edit` makes another text of its text.
 * A name with + adds a document of that kind.
 */
const change = (name, from, to, file = 'service') => ({ name, file, edit: (text) => text.replace(from, to) });

/** `document` is what comes after the metadata. */
const add = (name, apiVersion, kind, document, metadata = (facts) => `name: ${facts.name}-more, namespace: ${facts.namespace}`) => ({
  name: `+ ${name}`,
  file: 'service',
  edit(text) {
    const [, namespace] = /namespace: (\S+)/.exec(text);
    const [, service] = /app: ([\w-]+)/.exec(text);
    const facts = { namespace, name: service };
    return `${text}---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { ${metadata(facts)} }\n${document(facts)}\n`;
  },
});

const networking = 'networking.istio.io/v1';
const security = 'security.istio.io/v1';
const gatewayApi = 'gateway.networking.k8s.io/v1';
const ofMesh = (name) => () => `name: ${name}, namespace: istio-system`;
const ofNamespace = ({ namespace }) => `name: default, namespace: ${namespace}`;
const selector = ({ name }) => `selector: { matchLabels: { app: ${name} } }`;
const meshConfig = (setting) =>
  add(`mesh configuration: ${setting}`, 'v1', 'ConfigMap', () => `data:\n  mesh: |\n    ${setting}`, ofMesh('istio'));

export const edits = [
  change('weight of a route', 'weight: 80', 'weight: 70'),
  change('subset of a route', 'subset: next', 'subset: newest'),
  change('timeout of a route', 'timeout: 3s', 'timeout: 4s'),
  change('host of a VirtualService', /^ {4}- (\S+)\.example\.org$/m, '    - $1.example.com'),
  change('gateway of a VirtualService', /^ {4}- (unit-\S+)$/m, '    - $1-other'),
  change('labels of a subset', /(name: next\n {6}labels:\n {8}version: )v1/, '$1v2'),
  change('mode of client TLS', 'mode: ISTIO_MUTUAL', 'mode: DISABLE'),
  change('host of a DestinationRule', /^ {2}host: (\S+)$/m, '  host: other.$1'),
  change('principal of a policy', /(principals:\n {14}- \S+\/sa\/)\S+/, '$1nobody'),
  change('paths of a policy', 'paths: ["/v1/*", /v2/*]', 'paths: ["/v1/*"]'),
  change('selector of a policy', /(kind: AuthorizationPolicy[^]*?matchLabels:\n {6}app: \S+)/, '$1-other'),
  change('image of a Deployment', /image: (\S+)/, 'image: $1-next'),
  change('replicas of a Deployment', /replicas: \d+/, 'replicas: 9'),
  change('port of a container', 'containerPort: 8080', 'containerPort: 8081'),
  change('labels of pods', /( {8}version: )v1\n( {4}spec:)/, '$1v2\n$2'),
  change('service account of pods', /serviceAccountName: (\S+)/, 'serviceAccountName: $1-other'),
  change('port of a Service', 'name: http\n      port: 8080', 'name: http\n      port: 8081'),
  change('protocol of a Service', 'name: grpc\n      port: 9090', 'name: tcp\n      port: 9090'),
  change('selector of a Service', /(kind: Service\n[^]*?selector:\n {4}app: \S+)/, '$1-other'),
  change('comment in front', /^/, '# a note\n'),
  change('text that does not parse', '  http:\n', '  http: [\n'),
  change('document that is gone', /---\napiVersion: networking.istio.io\/v1\nkind: VirtualService\n[^]*?(?=---)/, ''),
  change('label of a Namespace', /cost-centre: "/, 'cost-centre: "1', 'namespace'),
  change('injection of a Namespace', 'istio-injection: enabled', 'istio-injection: disabled', 'namespace'),
  change('mode of a PeerAuthentication', 'mode: STRICT', 'mode: PERMISSIVE', 'namespace'),
  change('issuer of a RequestAuthentication', 'login.example.org', 'login.example.com', 'namespace'),
  add(
    'VirtualService',
    networking,
    'VirtualService',
    ({ name }) => `spec: { hosts: [${name}-other], http: [{ route: [{ destination: { host: ${name} } }] }] }`,
  ),
  add(
    'DestinationRule',
    networking,
    'DestinationRule',
    ({ name }) => `spec: { host: ${name}, subsets: [{ name: other, labels: { version: v3 } }] }`,
  ),
  add(
    'Gateway',
    networking,
    'Gateway',
    ({ name }) =>
      `spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [${name}.example.org] }] }`,
  ),
  add(
    'ServiceEntry',
    networking,
    'ServiceEntry',
    ({ name }) => `spec: { hosts: [${name}.example.com], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS }`,
  ),
  add(
    'Sidecar of a workload',
    networking,
    'Sidecar',
    ({ name }) => `spec: { workloadSelector: { labels: { app: ${name} } }, egress: [{ hosts: ["./*"] }] }`,
  ),
  add('Sidecar of a namespace', networking, 'Sidecar', () => 'spec: { egress: [{ hosts: ["./*"] }] }', ofNamespace),
  add('Sidecar of the mesh', networking, 'Sidecar', () => 'spec: { egress: [{ hosts: ["./*", "istio-system/*"] }] }', ofMesh('default')),
  add(
    'PeerAuthentication of a workload',
    security,
    'PeerAuthentication',
    (facts) => `spec: { ${selector(facts)}, mtls: { mode: PERMISSIVE } }`,
  ),
  add('PeerAuthentication of the mesh', security, 'PeerAuthentication', () => 'spec: { mtls: { mode: PERMISSIVE } }', ofMesh('default')),
  add(
    'AuthorizationPolicy',
    security,
    'AuthorizationPolicy',
    (facts) => `spec: { ${selector(facts)}, action: DENY, rules: [{ from: [{ source: { namespaces: [other] } }] }] }`,
  ),
  add('AuthorizationPolicy of the mesh', security, 'AuthorizationPolicy', () => 'spec: {}', ofMesh('nothing')),
  add(
    'RequestAuthentication',
    security,
    'RequestAuthentication',
    (facts) => `spec: { ${selector(facts)}, jwtRules: [{ issuer: a.example, jwksUri: "https://a.example/keys" }] }`,
  ),
  add(
    'Telemetry',
    'telemetry.istio.io/v1',
    'Telemetry',
    (facts) => `spec: { ${selector(facts)}, accessLogging: [{ providers: [{ name: envoy }] }] }`,
  ),
  add(
    'EnvoyFilter',
    'networking.istio.io/v1alpha3',
    'EnvoyFilter',
    ({ name }) => `spec: { workloadSelector: { labels: { app: ${name} } }, configPatches: [] }`,
  ),
  add(
    'HTTPRoute',
    gatewayApi,
    'HTTPRoute',
    ({ name }) =>
      `spec: { parentRefs: [{ kind: Service, group: "", name: ${name}, port: 9090 }], rules: [{ backendRefs: [{ name: ${name}, port: 9090 }] }] }`,
  ),
  add(
    'Gateway of the Gateway API',
    gatewayApi,
    'Gateway',
    ({ name }) => `spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP, hostname: ${name}.example.org }] }`,
  ),
  add(
    'Service',
    'v1',
    'Service',
    ({ name }) => `spec: { selector: { app: ${name} }, ports: [{ name: http, port: 80, targetPort: 8080 }] }`,
  ),
  add('ServiceAccount', 'v1', 'ServiceAccount', () => ''),
  add(
    'Pod',
    'v1',
    'Pod',
    () => 'spec: { containers: [{ name: main, ports: [{ containerPort: 8080 }] }] }',
    ({ name, namespace }) => {
      return `name: ${name}-more, namespace: ${namespace}, labels: { app: ${name} }`;
    },
  ),
  meshConfig('accessLogFile: /dev/stdout'),
  meshConfig('trustDomain: example.org'),
  meshConfig('enableAutoMtls: false'),
  meshConfig('outboundTrafficPolicy: { mode: REGISTRY_ONLY }'),
];
