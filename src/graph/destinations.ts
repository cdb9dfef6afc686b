import { below, type Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { resolveHost } from './hosts.ts';

/** Where a VirtualService sends requests, connections or copies of requests. */
export interface Destination {
  readonly use: 'http' | 'tcp' | 'tls' | 'mirror';
  /** Index of its route in `spec.http`, `spec.tls` or `spec.tcp`. */
  readonly route: number;
  /** As written. */
  readonly host: string;
  /** As Istio reads it in the namespace of the VirtualService. */
  readonly fqdn: string;
  readonly subset: string | undefined;
  readonly port: number | undefined;
  readonly weight: number | undefined;
  /** The whole destination. */
  readonly at: Place;
  readonly hostAt: Place;
  /** The subset's name; the destination's place where none is written. */
  readonly subsetAt: Place;
}

type VirtualService = ResourceOf<'VirtualService'>;
type HttpRoute = NonNullable<VirtualService['spec']['http']>[number];
type WrittenDestination = NonNullable<HttpRoute['mirror']>;

/** Of most only the names are asked, and where they stand is found out when it is. */
class DestinationOf implements Destination {
  readonly use: Destination['use'];
  readonly route: number;
  readonly fqdn: string;
  readonly weight: number | undefined;
  private readonly virtualService: VirtualService;
  private readonly written: WrittenDestination;
  /** In the list of destinations, or of mirrors; undefined for the older `mirror`. */
  private readonly index: number | undefined;

  constructor(
    virtualService: VirtualService,
    fqdn: string,
    written: WrittenDestination,
    use: Destination['use'],
    route: number,
    index: number | undefined,
    weight: number | undefined,
  ) {
    this.use = use;
    this.route = route;
    this.fqdn = fqdn;
    this.weight = weight;
    this.virtualService = virtualService;
    this.written = written;
    this.index = index;
  }

  get host(): string {
    return this.written.host;
  }

  get subset(): string | undefined {
    return this.written.subset === '' ? undefined : this.written.subset;
  }

  get port(): number | undefined {
    return this.written.port?.number;
  }

  get at(): Place {
    const { use, route, index } = this;
    const protocol = use === 'mirror' ? 'http' : use;
    const own = index === undefined ? ['mirror'] : [use === 'mirror' ? 'mirrors' : 'route', index, 'destination'];
    return { kind: 'node', resource: this.virtualService, path: ['spec', protocol, route, ...own], part: 'value' };
  }

  get hostAt(): Place {
    return below(this.at, 'host');
  }

  get subsetAt(): Place {
    return this.written.subset === undefined ? this.at : below(this.at, 'subset');
  }
}

/** Takes note of a destination as it is written: its use, the index of its route and its own (none for `mirror`), and its weight. */
type Visit = (
  written: WrittenDestination,
  use: Destination['use'],
  route: number,
  index: number | undefined,
  weight: number | undefined,
) => void;

/** All destinations of a VirtualService in the order of the text: http with its mirrors, tls, tcp. */
export function eachDestination({ spec }: VirtualService, visit: Visit): void {
  const { http = [], tls = [], tcp = [] } = spec;
  for (let i = 0; i < http.length; i += 1) {
    const { route = [], mirror, mirrors = [] } = http[i] ?? {};
    route.forEach(({ destination, weight }, j) => visit(destination, 'http', i, j, weight));
    if (mirror !== undefined) visit(mirror, 'mirror', i, undefined, undefined);
    mirrors.forEach(({ destination }, j) => visit(destination, 'mirror', i, j, undefined));
  }
  tls.forEach(({ route = [] }, i) => route.forEach(({ destination, weight }, j) => visit(destination, 'tls', i, j, weight)));
  tcp.forEach(({ route = [] }, i) => route.forEach(({ destination, weight }, j) => visit(destination, 'tcp', i, j, weight)));
}

/** The same, with their full names and places. */
export function destinationsOf(virtualService: VirtualService, domain: string): readonly Destination[] {
  const { namespace } = virtualService.metadata;
  const destinations: Destination[] = [];
  eachDestination(virtualService, (written, use, route, index, weight) => {
    const fqdn = resolveHost(written.host, namespace, domain);
    destinations.push(new DestinationOf(virtualService, fqdn, written, use, route, index, weight));
  });
  return destinations;
}
