import { RE2JS } from '@bufbuild/re2';
import { type Answer, outcomes } from '../../graph/answer.ts';
import type { Mesh } from '../../graph/mesh.ts';
import { type RoutedDestination, routeOf, type RouteOutcome, type Traffic } from '../routing.ts';

export const regexes = { matches: (pattern: string, text: string): boolean => RE2JS.compile(pattern).matches(text) };

const deployment = (namespace: string, name: string, labels: string, ports = '{ containerPort: 8080, name: http }'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: ${namespace}, name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name}, ${labels} } }
    spec: { containers: [{ name: app, image: app, ports: [${ports}] }] }
---
`;

const service = (namespace: string, name: string, spec: string): string => `
apiVersion: v1
kind: Service
metadata: { namespace: ${namespace}, name: ${name} }
spec: { ${spec} }
---
`;

const namespace = (name: string): string => `
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { istio-injection: enabled } }
---
`;

/**
 * Clients `shop/web` (team red), `pay/api` (team blue) and `ops/tool` (team blue); services web (http 80, tcp 9090, sniffed 7000), reviews (80),
 * db (tcp 5432), secure (https 443) in shop and api (80) in pay; an ingress gateway in istio-system, 80 → 8080, 443 → 8443, 9000 → 9000.
 */
export const shop = [
  ...['istio-system', 'shop', 'pay', 'ops'].map(namespace),
  deployment('shop', 'web', 'team: red'),
  deployment('shop', 'reviews', 'version: v1'),
  deployment('pay', 'api', 'team: blue'),
  deployment('ops', 'tool', 'team: blue'),
  deployment(
    'istio-system',
    'ingress',
    'istio: ingressgateway, sidecar.istio.io/inject: "true"',
    '{ containerPort: 8080 }, { containerPort: 8443 }',
  ),
  service(
    'shop',
    'web',
    'selector: { app: web }, ports: [{ port: 80, name: http, targetPort: 8080 }, { port: 9090, name: tcp }, { port: 7000, name: misc }]',
  ),
  service('shop', 'reviews', 'selector: { app: reviews }, ports: [{ port: 80, name: http, targetPort: http }]'),
  service('shop', 'db', 'selector: { app: db }, ports: [{ port: 5432, name: tcp }]'),
  service('shop', 'secure', 'selector: { app: secure }, ports: [{ port: 443, name: https }]'),
  service('pay', 'api', 'selector: { app: api }, ports: [{ port: 80, name: http, targetPort: 8080 }]'),
  service(
    'istio-system',
    'ingress',
    'selector: { istio: ingressgateway }, ports: [{ port: 80, name: http2, targetPort: 8080 }, { port: 443, name: https, targetPort: 8443 }, { port: 9000, name: tcp }]',
  ),
].join('');

export const manifest = (kind: string, name: string, spec: string, version = 'networking.istio.io/v1'): string => `
apiVersion: ${version}
kind: ${kind}
metadata: { namespace: ${name.split('/')[0] ?? ''}, name: ${name.split('/')[1] ?? ''} }
spec: ${spec}
---
`;
export const virtualService = (name: string, spec: string): string => manifest('VirtualService', name, spec);

/** A shop's own host in full. */
export const inShop = (name: string): string => `${name}.shop.svc.cluster.local`;

export interface Asked {
  /** `namespace/deployment`; `gateway` for the ingress gateway. */
  readonly from: string;
  readonly host: string;
  readonly port?: number;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly authority?: string;
  readonly tls?: boolean;
  readonly tcp?: boolean;
}

export function ask(
  mesh: Mesh,
  { from, host, port = 80, path = '/', method = 'GET', headers, authority, tls, tcp }: Asked,
): Answer<RouteOutcome> {
  const name = from === 'gateway' ? 'istio-system/ingress' : from;
  const workload = mesh.workloads.find((one) => `${one.namespace}/${one.name}` === name);
  if (workload === undefined) throw new Error(`there is no workload ${name}`);
  const request = { method, path, ...(headers === undefined ? {} : { headers }), ...(authority === undefined ? {} : { authority }) };
  const traffic: Traffic = tcp === true ? { kind: 'tcp' } : { kind: 'http', request, tls: tls ?? false };
  const kind = from === 'gateway' || name.endsWith('-istio') ? 'gateway' : 'sidecar';
  return routeOf(mesh, { kind, workload }, host, port, traffic, regexes);
}

/** All outcomes, sorted: `shop/v a → reviews:80`, with weights where there are several destinations, `!` at those that are absent. */
export function told(mesh: Mesh, asked: Asked): readonly string[] {
  const answer = ask(mesh, asked);
  if (answer.kind === 'unknown') return [`unknown: ${answer.reason}`];
  return outcomes(answer).map(tell).sort();
}

function tell({ kind, via, configName, routeName, destinations, status }: RouteOutcome): string {
  const by = [configName, routeName, via === 'tcp' ? 'tcp' : undefined].filter((part) => part !== undefined).join(' ');
  const what =
    kind === 'forward'
      ? `→ ${destinations.map((one) => tellDestination(one, destinations.length)).join(', ')}`
      : kind === 'direct-response'
        ? `${kind} ${String(status)}`
        : kind;
  return `${by} ${what}`.trim();
}

function tellDestination({ host = 'UnknownService', port, subset, weight, cluster }: RoutedDestination, count: number): string {
  const name = host.replace('.shop.svc.cluster.local', '').replace('.svc.cluster.local', '');
  const at = port === undefined ? name : `${name}:${String(port)}`;
  const mark = cluster === 'absent' ? '!' : cluster === 'unknown' ? '?' : '';
  return `${at}${subset === undefined ? '' : `|${subset}`}${count > 1 ? ` ×${String(weight)}` : ''}${mark}`;
}
