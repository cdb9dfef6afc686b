import { below, type Place } from '../model/place.ts';
import { backendsOfGatewayApi } from './api-backends.ts';
import type { Backend } from './backend.ts';
import type { Destination } from './destinations.ts';
import type { RuledRoute } from './http-route-rules.ts';
import { clientsOfRoutes } from './host-lookup.ts';
import type { Mesh } from './mesh.ts';
import type { VirtualService } from './virtual-service-routes.ts';

/** All of them, in the order of the text. */
export function backendsOf(mesh: Mesh, route: VirtualService | RuledRoute): readonly Backend[] {
  return mesh.latest(listed, route);
}

function listed(mesh: Mesh, route: VirtualService | RuledRoute): readonly Backend[] {
  if (route.kind !== 'VirtualService') return backendsOfGatewayApi(mesh, route);
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
