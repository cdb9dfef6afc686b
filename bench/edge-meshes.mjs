/**
 * Meshes of which one dimension is far larger than any that people have. `unit` is what `size` counts; `make` gives the text of the files,
 * by path, for any size; `args` are options besides. `memory` is a bar and a gate of its own; `isLong`: takes so long that a quick run leaves it out.
 */
import { plainMesh } from './plain-mesh.mjs';

const document = (apiVersion, kind, name, body, namespace = 'shop') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n${body}`;

const range = (size, each) => Array.from({ length: size }, (_, index) => each(index));
const numbered = (prefix, index) => `${prefix}-${String(index).padStart(5, '0')}`;

const service = (name) => document('v1', 'Service', name, `spec:\n  selector: { app: ${name} }\n  ports: [{ name: http, port: 8080 }]\n`);

const pod = (app, name = app) =>
  document(
    'apps/v1',
    'Deployment',
    name,
    `spec:
  selector: { matchLabels: { app: ${app} } }
  template:
    metadata: { labels: { app: ${app} } }
    spec: { containers: [{ name: main, image: example.org/main, ports: [{ name: http, containerPort: 8080 }] }] }
`,
  );

const virtualService = (name, spec) => document('networking.istio.io/v1', 'VirtualService', name, `spec:\n${spec}`);
const policy = (name, spec) => document('security.istio.io/v1', 'AuthorizationPolicy', name, `spec:\n${spec}`);
const gateway = (name) =>
  document(
    'networking.istio.io/v1',
    'Gateway',
    name,
    'spec:\n  selector: { istio: ingressgateway }\n  servers:\n    - port: { number: 80, name: http, protocol: HTTP }\n      hosts: ["*"]\n',
  );

const route = (match, host = 'cart') => `    - match: [${match}]\n      route: [{ destination: { host: ${host} } }]\n`;
const principal = (index) => `cluster.local/ns/${numbered('unit', index % 500)}/sa/${numbered('caller', index)}`;
/** What the API server takes; a ServiceEntry with more is a finding. */
const hostsAllowed = 256;
const partnerHost = (index) => `${numbered('partner', index)}.example.com`;
const serviceEntry = (name, hosts) =>
  document(
    'networking.istio.io/v1',
    'ServiceEntry',
    name,
    `spec:\n  hosts:\n${hosts.map((host) => `    - ${host}\n`).join('')}  location: MESH_EXTERNAL\n  resolution: DNS\n  ports: [{ number: 443, name: tls, protocol: TLS }]\n`,
  );
const oneFile = (documents) => ({ 'mesh.yaml': documents.join('---\n') });

/** Its automaton has 2^n states, and no two of these are alike. */
function explosive(length, letter) {
  const unit = `(${letter}|[a-z])*${letter}[a-z]{40}|`;
  return `/(${unit.repeat(Math.floor((length - 5) / unit.length))}${letter})+`.padEnd(length, letter);
}

export const edges = [
  {
    name: 'one file',
    unit: 'MB',
    size: 100,
    isLong: true,
    memory: { bar: 1000, gate: 1500 },
    make: (size) =>
      oneFile([...plainMesh({ services: Math.round((size * 1e6) / 4400), faults: 'some' })].flatMap(({ documents }) => documents)),
  },
  {
    name: 'files',
    unit: 'files',
    size: 50_000,
    isLong: true,
    make: (size) =>
      Object.fromEntries(
        range(size, (index) => [`${String(index % 100)}/${numbered('cart', index)}.yaml`, service(numbered('cart', index))]),
      ),
  },
  {
    name: 'one document',
    unit: 'MB',
    size: 5,
    make: (size) => {
      const callers = range(Math.round((size * 1e6) / 64), (index) => `            - ${principal(index)}\n`).join('');
      return oneFile([
        pod('cart'),
        policy(
          'cart',
          `  rules:\n    - from:\n        - source:\n            principals:\n${callers.replaceAll('            - ', '              - ')}`,
        ),
      ]);
    },
  },
  {
    name: 'routes of a VirtualService',
    unit: 'routes',
    size: 10_000,
    make: (size) => {
      const routes = range(size, (index) => route(`{ uri: { prefix: /${numbered('part', index)}/ } }`));
      return oneFile([service('cart'), virtualService('cart', `  hosts: [cart]\n  http:\n${routes.join('')}`)]);
    },
  },
  {
    name: 'routes with one path, by headers of their own',
    unit: 'routes',
    size: 10_000,
    make: (size) => {
      const routes = range(size, (index) => route(`{ uri: { prefix: /part }, headers: { ${numbered('x', index)}: { exact: a } } }`));
      return oneFile([service('cart'), virtualService('cart', `  hosts: [cart]\n  http:\n${routes.join('')}`)]);
    },
  },
  {
    name: 'routes with one path, by values of a parameter',
    unit: 'routes',
    size: 10_000,
    make: (size) => {
      const routes = range(size, (index) =>
        route(`{ uri: { prefix: /part }, queryParams: { part: { exact: ${numbered('part', index)} } } }`),
      );
      return oneFile([service('cart'), virtualService('cart', `  hosts: [cart]\n  http:\n${routes.join('')}`)]);
    },
  },
  {
    name: 'routes by regular expressions',
    unit: 'routes',
    size: 10_000,
    make: (size) => {
      const routes = range(size, (index) => route(`{ uri: { regex: '/${numbered('part', index)}/[a-z]+' } }`));
      return oneFile([service('cart'), virtualService('cart', `  hosts: [cart]\n  http:\n${routes.join('')}`)]);
    },
  },
  {
    name: 'hosts of a ServiceEntry',
    unit: 'hosts',
    size: 10_000,
    make: (size) => oneFile([serviceEntry('partners', range(size, partnerHost)), service('cart'), pod('cart')]),
  },
  {
    name: 'hosts of ServiceEntries',
    unit: 'hosts',
    size: 10_000,
    make: (size) => {
      const hosts = range(size, partnerHost);
      const entries = range(Math.ceil(size / hostsAllowed), (index) => hosts.slice(index * hostsAllowed, (index + 1) * hostsAllowed));
      return oneFile([...entries.map((own, index) => serviceEntry(numbered('partners', index), own)), service('cart'), pod('cart')]);
    },
  },
  {
    name: 'AuthorizationPolicies on one workload',
    unit: 'policies',
    size: 1000,
    make: (size) =>
      oneFile([
        pod('cart'),
        ...range(size, (index) =>
          policy(
            numbered('cart', index),
            `  selector: { matchLabels: { app: cart } }\n  rules:\n    - from: [{ source: { principals: [${principal(index)}] } }]\n      to: [{ operation: { paths: [/${numbered('part', index)}] } }]\n`,
          ),
        ),
      ]),
  },
  {
    name: 'VirtualServices for a host of a gateway',
    unit: 'resources',
    size: 2000,
    make: (size) =>
      oneFile([
        gateway('edge'),
        service('cart'),
        ...range(size, (index) =>
          virtualService(
            numbered('cart', index),
            `  hosts: [shop.example.org]\n  gateways: [edge]\n  http:\n${route(`{ uri: { prefix: /${numbered('part', index)}/ } }`)}`,
          ),
        ),
      ]),
  },
  {
    name: 'VirtualServices for a host of the mesh',
    unit: 'resources',
    size: 2000,
    make: (size) =>
      oneFile([
        service('cart'),
        ...range(size, (index) =>
          virtualService(
            numbered('cart', index),
            `  hosts: [cart]\n  http:\n${route(`{ uri: { prefix: /${numbered('part', index)}/ } }`)}`,
          ),
        ),
      ]),
  },
  {
    name: 'regular expressions built to explode, three of',
    unit: 'characters',
    size: 1024,
    make: (size) =>
      oneFile([
        service('cart'),
        virtualService(
          'cart',
          `  hosts: [cart]\n  http:\n${['a', 'b', 'c'].map((letter) => route(`{ uri: { regex: '${explosive(size, letter)}' } }`)).join('')}`,
        ),
      ]),
  },
  {
    name: 'routes by regular expressions built to explode',
    unit: 'routes',
    size: 50,
    make: (size) => {
      const routes = range(size, (index) => route(`{ uri: { regex: '/${index}?${explosive(64, 'abcdefghij'[index % 10]).slice(1)}' } }`));
      return oneFile([service('cart'), virtualService('cart', `  hosts: [cart]\n  http:\n${routes.join('')}`)]);
    },
  },
  {
    name: 'PeerAuthentications of a namespace',
    unit: 'resources',
    size: 1000,
    make: (size) =>
      oneFile([
        pod('cart'),
        ...range(size, (index) =>
          document(
            'security.istio.io/v1',
            'PeerAuthentication',
            numbered('peers', index),
            `spec: { mtls: { mode: ${index % 2 === 0 ? 'STRICT' : 'PERMISSIVE'} } }\n`,
          ),
        ),
      ]),
  },
  {
    name: 'names that are wrong',
    args: ['--complete'],
    unit: 'names',
    size: 2000,
    make: (size) =>
      oneFile([
        ...range(size, (index) => service(numbered('cart', index))),
        ...range(size, (index) =>
          virtualService(
            numbered('cart', index),
            `  hosts: [${numbered('cart', index)}]\n  http: [{ route: [{ destination: { host: ${numbered('card', index)} } }] }]\n`,
          ),
        ),
      ]),
  },
  {
    name: 'accounts that are wrong',
    unit: 'names',
    size: 2000,
    args: ['--complete'],
    make: (size) =>
      oneFile([
        pod('cart'),
        ...range(size, (index) => document('v1', 'ServiceAccount', numbered('cart', index), '')),
        ...range(size, (index) =>
          policy(
            numbered('cart', index),
            `  selector: { matchLabels: { app: cart } }\n  rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/${numbered('card', index)}] } }] }]\n`,
          ),
        ),
      ]),
  },
  {
    name: 'subsets of a DestinationRule, each with a route',
    unit: 'subsets',
    size: 5000,
    make: (size) => {
      const subsets = range(size, (index) => `    - { name: ${numbered('part', index)}, labels: { part: ${numbered('part', index)} } }\n`);
      const routes = range(
        size,
        (index) =>
          `    - match: [{ uri: { prefix: /${numbered('part', index)}/ } }]\n      route: [{ destination: { host: cart, subset: ${numbered('part', index)} } }]\n`,
      );
      return oneFile([
        service('cart'),
        pod('cart'),
        document('networking.istio.io/v1', 'DestinationRule', 'cart', `spec:\n  host: cart\n  subsets:\n${subsets.join('')}`),
        virtualService('cart', `  hosts: [cart]\n  http:\n${routes.join('')}`),
      ]);
    },
  },
  {
    name: 'DestinationRules for a host',
    unit: 'resources',
    size: 2000,
    make: (size) =>
      oneFile([
        service('cart'),
        pod('cart'),
        ...range(size, (index) =>
          document(
            'networking.istio.io/v1',
            'DestinationRule',
            numbered('cart', index),
            `spec: { host: cart, subsets: [{ name: ${numbered('part', index)}, labels: { app: cart } }] }\n`,
          ),
        ),
      ]),
  },
  {
    name: 'Gateways with a host and a selector',
    unit: 'resources',
    size: 2000,
    make: (size) =>
      oneFile([
        service('cart'),
        ...range(size, (index) => gateway(numbered('edge', index))),
        ...range(size, (index) =>
          virtualService(
            numbered('cart', index),
            `  hosts: [${numbered('cart', index)}.example.org]\n  gateways: [${numbered('edge', index)}]\n  http:\n${route('{ uri: { prefix: / } }')}`,
          ),
        ),
      ]),
  },
  {
    name: 'HTTPRoutes of a Gateway',
    unit: 'resources',
    size: 2000,
    make: (size) =>
      oneFile([
        document(
          'gateway.networking.k8s.io/v1',
          'Gateway',
          'edge',
          'spec:\n  gatewayClassName: istio\n  listeners: [{ name: http, port: 80, protocol: HTTP }]\n',
        ),
        service('cart'),
        ...range(size, (index) =>
          document(
            'gateway.networking.k8s.io/v1',
            'HTTPRoute',
            numbered('cart', index),
            `spec:\n  parentRefs: [{ name: edge }]\n  hostnames: [shop.example.org]\n  rules: [{ matches: [{ path: { value: /${numbered('part', index)} } }], backendRefs: [{ name: cart, port: 8080 }] }]\n`,
          ),
        ),
      ]),
  },
  {
    name: 'workloads of a service and its policies',
    unit: 'workloads',
    size: 5000,
    make: (size) =>
      oneFile([
        service('cart'),
        ...range(size, (index) => pod('cart', numbered('cart', index))),
        ...range(10, (index) =>
          policy(
            numbered('cart', index),
            `  selector: { matchLabels: { app: cart } }\n  rules: [{ from: [{ source: { principals: [${principal(index)}] } }] }]\n`,
          ),
        ),
      ]),
  },
  {
    name: 'services, each in a namespace with a Sidecar',
    unit: 'namespaces',
    size: 2000,
    make: (size) =>
      oneFile(
        range(size, (index) => [
          document('networking.istio.io/v1', 'Sidecar', 'default', 'spec: { egress: [{ hosts: ["*/*"] }] }\n', numbered('unit', index)),
          document(
            'v1',
            'Service',
            'cart',
            'spec: { selector: { app: cart }, ports: [{ name: http, port: 8080 }] }\n',
            numbered('unit', index),
          ),
          document(
            'networking.istio.io/v1',
            'VirtualService',
            'cart',
            `spec: { hosts: [cart], http: [{ route: [{ destination: { host: cart.${numbered('unit', (index * 7) % size)}.svc.cluster.local } }] }] }\n`,
            numbered('unit', index),
          ),
        ]).flat(),
      ),
  },
];
