import { below, type Place } from '../model/place.ts';
import type { Destination } from './destinations.ts';
import { entriesOf, type RuledRoute } from './http-route-rules.ts';
import { clientsOfRoutes } from './host-lookup.ts';
import type { Mesh } from './mesh.ts';
import type { VirtualService } from './virtual-service-routes.ts';
import { httpTargets } from './virtual-services.ts';

/** A host that routes send traffic to, whatever the kind that says so. */
export interface Backend {
  /** As written. */
  readonly host: string;
  readonly fqdn: string;
  readonly port: number | undefined;
  readonly mirror: boolean;
  /** Namespaces whose proxies send it there. */
  readonly clients: readonly string[];
  readonly hostAt: Place;
  readonly portAt: Place;
}

/** All of them, in the order of the text. */
export function backendsOf(mesh: Mesh, route: VirtualService | RuledRoute): readonly Backend[] {
  return mesh.latest(listed, route);
}

function listed(mesh: Mesh, route: VirtualService | RuledRoute): readonly Backend[] {
  if (route.kind !== 'VirtualService') return [...ofGatewayApi(mesh, route)];
  const clients = clientsOfRoutes(mesh, route);
  return mesh.destinationsOf(route).map((destination) => new BackendOf(destination, clients));
}

/** A destination of a VirtualService. Most are fine, and nobody asks where they are. */
class BackendOf implements Backend {
  readonly clients: readonly string[];
  private readonly destination: Destination;

  constructor(destination: Destination, clients: readonly string[]) {
    this.clients = clients;
    this.destination = destination;
  }

  get host(): string {
    return this.destination.host;
  }

  get fqdn(): string {
    return this.destination.fqdn;
  }

  get port(): number | undefined {
    return this.destination.port;
  }

  get mirror(): boolean {
    return this.destination.use === 'mirror';
  }

  get hostAt(): Place {
    return this.destination.hostAt;
  }

  get portAt(): Place {
    return below(this.destination.at, 'port', 'number');
  }
}

function* ofGatewayApi(mesh: Mesh, route: RuledRoute): Iterable<Backend> {
  const { namespace } = route.metadata;
  const gateways = (route.spec.parentRefs ?? []).map((parent) => parent.namespace ?? namespace);
  const clients = [...new Set([...gateways, namespace, ''])];
  const seen = new Set<string>();
  for (const entry of entriesOf(mesh, route, false)) {
    for (const { host, port, at } of httpTargets(entry)) {
      const key = at.kind === 'text' ? '' : at.path.join('/');
      if (host === undefined || at.kind === 'text' || seen.has(key)) continue;
      seen.add(key);
      const { name } = nameAt(route, at.path);
      yield {
        host: name ?? host,
        fqdn: host,
        port,
        mirror: at.path.includes('requestMirror'),
        clients,
        hostAt: below(at, 'name'),
        portAt: below(at, 'port'),
      };
    }
  }
}

/** The reference that stands at a path. */
function nameAt(route: RuledRoute, path: readonly (string | number)[]): { readonly name?: string } {
  let value: unknown = route;
  for (const step of path) value = (value as Readonly<Record<string, unknown>> | undefined)?.[step];
  return (value as { readonly name?: string } | undefined) ?? {};
}
