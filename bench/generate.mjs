/**
 * Writes a synthetic mesh, always the same for the same arguments:
 *
 *   node bench/generate.mjs SERVICES FOLDER [--one-file] [--export-local]
 *
 * Each service has a Deployment, Service, ServiceAccount, VirtualService, DestinationRule and AuthorizationPolicy in a file of its own; every tenth
 * brings a Gateway, and every namespace of fifty a Namespace, PeerAuthentication and RequestAuthentication: 6.16 resources a service.
 * One service in a hundred has a fault. 0 services: a single VirtualService.
 */
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const perNamespace = 50;
const perGateway = 10;
const faults = ['subset', 'gateway', 'weight', 'host', 'principal', 'port'];

/** mulberry32: small, seeded, good enough to scatter faults. */
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const serviceName = (index) => `shop-${String(index).padStart(5, '0')}`;
const namespaceName = (index) => `unit-${String(Math.floor(index / perNamespace)).padStart(4, '0')}`;
const gatewayName = (index) => `edge-${String(Math.floor(index / perGateway)).padStart(5, '0')}`;

const namespaceDocuments = (namespace) => [
  `apiVersion: v1
kind: Namespace
metadata:
  name: ${namespace}
  labels:
    istio-injection: enabled
    cost-centre: "${namespace.slice(-4)}"
`,
  `# Nothing speaks plaintext here.
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: default
  namespace: ${namespace}
spec:
  mtls:
    mode: STRICT
`,
  `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata:
  name: customers
  namespace: ${namespace}
spec:
  jwtRules:
    - issuer: 'https://login.example.org/${namespace}'
      jwksUri: 'https://login.example.org/${namespace}/keys.json'
      audiences: [${namespace}, ${namespace}-mobile]
      forwardOriginalToken: true
`,
];

const deployment = ({ name, namespace, caller, index }) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels: { app: ${name}, version: v1 }
  annotations:
    owner: "${namespace} <${namespace}@example.org>"
spec:
  replicas: ${1 + (index % 4)}
  selector:
    matchLabels:
      app: ${name}
      version: v1
  template:
    metadata:
      labels:
        app: ${name}
        version: v1
    spec:
      serviceAccountName: ${name}
      containers:
        - name: main
          image: images.example.org/${namespace}/${name}:${index % 9}.${index % 31}
          imagePullPolicy: IfNotPresent
          args:
            - --listen=:8080
            - --caller
            - "http://${caller}.${namespace}.svc.cluster.local:8080/v1"
          ports:
            - name: http
              containerPort: 8080
              protocol: TCP
            - name: grpc
              containerPort: 9090
          env:
            - name: LOG_FORMAT
              value: json
            - name: SHARD
              value: "${index % 16}"
          resources:
            requests: { cpu: 50m, memory: 64Mi }
            limits:
              cpu: "2"
              memory: 1Gi
          livenessProbe:
            httpGet:
              path: /live
              port: http
            periodSeconds: 15
`;

const service = ({ name, namespace }) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    app: ${name}
  ports:
    - name: http
      port: 8080
      targetPort: http
    - name: grpc
      port: 9090
      targetPort: grpc
`;

const serviceAccount = ({ name, namespace }) => `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: ${namespace}
`;

const virtualService = ({ name, namespace, gateway, fault, exportLocal }) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  hosts:
    - ${name}.${namespace}.svc.cluster.local
    - ${name}.example.org
${exportLocal ? '  exportTo: ["."]\n' : ''}  gateways:
    - mesh
    - ${fault === 'gateway' ? `${namespace}/edge-nowhere` : gateway}
  http:
    - name: preview # for those who ask for it
      match:
        - headers:
            x-preview:
              exact: "yes"
          uri:
            prefix: /v1/
      route:
        - destination:
            host: ${name}.${namespace}.svc.cluster.local
            subset: ${fault === 'subset' ? 'v9' : 'next'}
            port:
              number: ${fault === 'port' ? 8181 : 8080}
      timeout: 3s
    - name: split
      match:
        - uri:
            prefix: /v1
        - uri:
            regex: "/v[0-9]+/items(/.*)?"
      route:
        - destination:
            host: ${name}.${namespace}.svc.cluster.local
            subset: current
            port:
              number: 8080
          weight: ${fault === 'weight' ? 75 : 80}
        - destination:
            host: ${name}.${namespace}.svc.cluster.local
            subset: next
            port:
              number: 8080
          weight: 20
      retries:
        attempts: 2
        perTryTimeout: 1500ms
        retryOn: gateway-error,reset
    - route:
        - destination:
            host: ${fault === 'host' ? 'nowhere' : name}.${namespace}.svc.cluster.local
            subset: current
`;

const destinationRule = ({ name, namespace }) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  host: ${name}.${namespace}.svc.cluster.local
  trafficPolicy:
    tls:
      mode: ISTIO_MUTUAL
    loadBalancer:
      simple: LEAST_REQUEST
    connectionPool:
      tcp:
        maxConnections: 64
      http:
        http1MaxPendingRequests: 256
        maxRequestsPerConnection: 32
    outlierDetection:
      consecutive5xxErrors: 7
      interval: 5s
      baseEjectionTime: 20s
  subsets:
    - name: current
      labels:
        version: v1
    - name: next
      labels:
        version: v1
      trafficPolicy:
        loadBalancer:
          simple: RANDOM
`;

const authorizationPolicy = ({ name, namespace, caller, fault }) => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    matchLabels:
      app: ${name}
  action: ALLOW
  rules:
    - from:
        - source:
            principals:
              - cluster.local/ns/${namespace}/sa/${fault === 'principal' ? 'nobody' : caller}
              - cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account
      to:
        - operation:
            methods: [GET, POST, "DELETE"]
            paths: ["/v1/*", /v2/*]
      when:
        - key: request.headers[x-tenant]
          notValues: ["blocked"]
    - from:
        - source:
            namespaces:
              - ${namespace}
      to:
        - operation:
            methods: [GET]
            paths: [/live, /metrics]
`;

const gatewayDocument = ({ namespace, index }) => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: ${gatewayName(index)}
  namespace: ${namespace}
spec:
  selector:
    istio: ingressgateway
  servers:
    - port:
        number: 80
        name: http-${index}
        protocol: HTTP
      hosts:
        - "*.example.org"
        - "*.${gatewayName(index)}.example.net"
`;

/** Writes the mesh and says what is in it. */
export function generate({ services, folder, oneFile = false, exportLocal = false }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const random = createRandom(20);
  const summary = { resources: 0, files: 0, bytes: 0, faults: 0 };
  const write = (file, documents) => {
    const text = documents.join('---\n');
    summary.resources += documents.length;
    summary.bytes += text.length;
    if (oneFile) {
      appendFileSync(path.join(folder, 'mesh.yaml'), summary.files === 0 ? text : `---\n${text}`);
      summary.files = 1;
      return;
    }
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
    summary.files += 1;
  };

  const factsOf = (index) => {
    const first = Math.floor(index / perNamespace) * perNamespace;
    const neighbours = Math.max(1, Math.min(perNamespace, services - first));
    const gatewayIndex = Math.floor(index / perGateway) * perGateway;
    return {
      index,
      exportLocal,
      name: serviceName(index),
      namespace: namespaceName(index),
      caller: serviceName(first + ((index * 7 + 3) % neighbours)),
      gateway: `${namespaceName(gatewayIndex)}/${gatewayName(index)}`,
    };
  };

  if (services === 0) write('virtual-service.yaml', [virtualService(factsOf(0))]);
  for (let index = 0; index < services; index += 1) {
    const isFaulty = random() < 0.01;
    const fault = isFaulty ? faults[Math.floor(random() * faults.length)] : undefined;
    if (isFaulty) summary.faults += 1;
    const facts = { ...factsOf(index), fault };
    if (index % perNamespace === 0) write(`${facts.namespace}/namespace.yaml`, namespaceDocuments(facts.namespace));
    const kinds = [deployment, service, serviceAccount, virtualService, destinationRule, authorizationPolicy];
    if (index % perGateway === 0) kinds.push(gatewayDocument);
    write(
      `${facts.namespace}/${facts.name}.yaml`,
      kinds.map((document) => document(facts)),
    );
  }
  return summary;
}

if (process.argv[1] === import.meta.filename) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { 'one-file': { type: 'boolean' }, 'export-local': { type: 'boolean' } },
  });
  const [services, folder] = positionals;
  if (folder === undefined || !/^\d+$/.test(services ?? '')) {
    console.error('usage: node bench/generate.mjs SERVICES FOLDER [--one-file] [--export-local]');
    process.exitCode = 3;
  } else {
    console.log(
      JSON.stringify(generate({ services: Number(services), folder, oneFile: values['one-file'], exportLocal: values['export-local'] })),
    );
  }
}
