import type { Place } from '../model/place.ts';
import { entriesOf, type RuledRoute } from './http-route-rules.ts';
import { admits, hostsAt, listenersFor, type ParentRef, parentKindOf } from './listener-admission.ts';
import type { Mesh } from './mesh.ts';
import { anyRequest, type RouteConfig, type RouteEntry, type RouteHost } from './route-config.ts';
import { visibilityOf } from './visibility.ts';

/** One route, attached to one parent for one host. */
interface Attachment {
  readonly route: RuledRoute;
  readonly host: RouteHost;
  /** Routes with the same key become one config: the parent (for the mesh: the route's namespace and the parent's port) and the host. */
  readonly key: string;
  readonly gateway: string;
  readonly entries: readonly RouteEntry[];
}

/**
 * HTTPRoutes and GRPCRoutes as the VirtualServices that Istio makes of them: one for each parent and host, of all routes together.
 * Source: pilot/pkg/config/kube/gateway/route_collections.go, HTTPRouteCollection and mergeHTTPRoutes.
 */
export function routesOfGatewayApi(mesh: Mesh): readonly RouteConfig[] {
  return [...configsOf(mesh, mesh.of('HTTPRoute')), ...configsOf(mesh, mesh.of('GRPCRoute'))];
}

/** The routes that one resource makes, in the order in which they are tried, wherever it is attached. */
export function ownEntriesOf(mesh: Mesh, route: RuledRoute): readonly RouteEntry[] {
  return ranked(entriesOf(mesh, route, false));
}

function configsOf(mesh: Mesh, routes: readonly RuledRoute[]): readonly RouteConfig[] {
  const byKey = new Map<string, Attachment[]>();
  for (const route of routes) {
    for (const attachment of attachmentsOf(mesh, route)) {
      const known = byKey.get(attachment.key);
      if (known === undefined) byKey.set(attachment.key, [attachment]);
      else known.push(attachment);
    }
  }
  return [...byKey.values()].flatMap((attachments) => {
    const [first] = attachments;
    if (first === undefined) return [];
    const { namespace } = first.route.metadata;
    return [
      {
        kind: first.route.kind,
        namespace,
        owners: [...new Set(attachments.map(({ route }) => route.metadata.namespace))],
        name: first.key.replaceAll('/', '~'),
        hosts: [first.host],
        gateways: [first.gateway],
        visibility: visibilityOf(undefined, namespace, mesh.config.defaultVirtualServiceExportTo),
        http: ranked(attachments.flatMap(({ entries }) => entries)),
        tls: [],
        tcp: [],
        resources: [...new Set(attachments.map(({ route }) => route))],
      },
    ];
  });
}

function* attachmentsOf(mesh: Mesh, route: RuledRoute): Iterable<Attachment> {
  const { namespace } = route.metadata;
  const forGateways = entriesOf(mesh, route, true);
  const forMesh = entriesOf(mesh, route, false);
  for (const [i, parent] of (route.spec.parentRefs ?? []).entries()) {
    const kind = parentKindOf(parent);
    const at: Place = { kind: 'node', resource: route, path: ['spec', 'parentRefs', i], part: 'value' };
    if (kind === 'Gateway' || kind === 'ListenerSet') {
      if (forGateways.length === 0) continue;
      const listeners = listenersFor(mesh, parent, namespace);
      for (const listener of listeners) {
        if (!admits(listener, route, parent)) continue;
        for (const host of hostsAt(listener, listeners, route)) {
          yield { route, host, key: `${listener.name}/${host.host}`, gateway: listener.name, entries: forGateways };
        }
      }
      continue;
    }
    if (forMesh.length === 0) continue;
    const key = parent.port === undefined ? namespace : `${namespace}/${String(parent.port)}`;
    const entries = parent.port === undefined ? forMesh : forMesh.map((entry) => onPort(entry, parent.port));
    for (const host of meshHosts(mesh, parent, namespace)) {
      yield { route, host: { host, at }, key: `${key}/${host}`, gateway: 'mesh', entries };
    }
  }
}

/** A Service or ServiceEntry as parent stands for its hosts in the mesh. */
export function meshHosts(mesh: Mesh, parent: ParentRef, own: string): readonly string[] {
  const namespace = parent.namespace ?? own;
  switch (parentKindOf(parent)) {
    case 'Service':
      return mesh.lookup('Service', namespace, parent.name).kind === 'missing' ? [] : [`${parent.name}.${namespace}.svc.${mesh.domain}`];
    case 'ServiceEntry':
      return mesh.find('ServiceEntry', namespace, parent.name)?.spec.hosts ?? [];
    default:
      return [];
  }
}

/** A rule without matches, which only gRPC has, is for the port as well. Source: pilot/pkg/config/kube/gateway/conversion.go, augmentPortMatch. */
function onPort(entry: RouteEntry, port: number | undefined): RouteEntry {
  const matches = entry.matches.length === 0 ? [anyRequest(entry.at)] : entry.matches;
  return { ...entry, matches: matches.map((match) => ({ ...match, port })) };
}

/**
 * In the order of the Gateway API; what is equal in all of it is in the order of creation.
 * Source: pilot/pkg/config/kube/gateway/conversion.go, sortHTTPRoutes.
 */
function ranked(entries: readonly RouteEntry[]): readonly RouteEntry[] {
  const sorted = [...entries].sort(compare);
  let rank = -1;
  return sorted.map((entry, i) => {
    const before = sorted[i - 1];
    if (before === undefined || compare(before, entry) !== 0) rank += 1;
    return { ...entry, rank };
  });
}

function compare(a: RouteEntry, b: RouteEntry): number {
  const [left, right] = [a.matches[0], b.matches[0]];
  if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? 1 : -1;
  const kinds = { exact: 3, prefix: 2, regex: 1, present: -1 } as const;
  const kind = ({ uri }: typeof left): number => (uri === undefined ? -1 : kinds[uri.kind]);
  const length = ({ uri }: typeof left): number => (uri === undefined || uri.kind === 'present' ? 0 : uri.value.length);
  return (
    kind(right) - kind(left) ||
    length(right) - length(left) ||
    Number(left.method === undefined) - Number(right.method === undefined) ||
    right.headers.length - left.headers.length ||
    right.queryParams.length - left.queryParams.length
  );
}
