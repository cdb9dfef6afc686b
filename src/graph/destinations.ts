import type { Place } from '../model/place.ts';
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

/** Places are made when they are asked for: most destinations are fine. */
class WrittenAt implements Destination {
  readonly use: Destination['use'];
  readonly route: number;
  readonly host: string;
  readonly fqdn: string;
  readonly subset: string | undefined;
  readonly port: number | undefined;
  readonly weight: number | undefined;
  readonly #virtualService: VirtualService;
  readonly #protocol: 'http' | 'tls' | 'tcp';
  readonly #list: 'route' | 'mirrors' | undefined;
  readonly #index: number;

  constructor(
    use: Destination['use'],
    { host, subset, port }: WrittenDestination,
    fqdn: string,
    weight: number | undefined,
    where: {
      readonly virtualService: VirtualService;
      readonly protocol: 'http' | 'tls' | 'tcp';
      readonly route: number;
      /** Undefined: the route's only mirror. */
      readonly list?: 'route' | 'mirrors';
      readonly index?: number;
    },
  ) {
    this.use = use;
    this.route = where.route;
    this.host = host;
    this.fqdn = fqdn;
    this.subset = subset === '' ? undefined : subset;
    this.port = port?.number;
    this.weight = weight;
    this.#virtualService = where.virtualService;
    this.#protocol = where.protocol;
    this.#list = where.list;
    this.#index = where.index ?? 0;
  }

  get at(): Place {
    return this.#below();
  }

  get hostAt(): Place {
    return this.#below('host');
  }

  get subsetAt(): Place {
    return this.subset === undefined ? this.#below() : this.#below('subset');
  }

  #below(...more: readonly string[]): Place {
    const own = this.#list === undefined ? ['mirror'] : [this.#list, this.#index, 'destination'];
    return { kind: 'node', resource: this.#virtualService, path: ['spec', this.#protocol, this.route, ...own, ...more], part: 'value' };
  }
}

/** All destinations of a VirtualService in the order of the text: http with its mirrors, tls, tcp. */
export function* destinationsOf(virtualService: VirtualService, domain: string): Iterable<Destination> {
  const { spec, metadata } = virtualService;
  const fqdn = ({ host }: WrittenDestination): string => resolveHost(host, metadata.namespace, domain);
  for (const [route, { route: list = [], mirror, mirrors = [] }] of (spec.http ?? []).entries()) {
    const where = { virtualService, protocol: 'http', route } as const;
    for (const [index, { destination, weight }] of list.entries()) {
      yield new WrittenAt('http', destination, fqdn(destination), weight, { ...where, list: 'route', index });
    }
    if (mirror !== undefined) yield new WrittenAt('mirror', mirror, fqdn(mirror), undefined, where);
    for (const [index, { destination }] of mirrors.entries()) {
      yield new WrittenAt('mirror', destination, fqdn(destination), undefined, { ...where, list: 'mirrors', index });
    }
  }
  for (const protocol of ['tls', 'tcp'] as const) {
    for (const [route, { route: list = [] }] of (spec[protocol] ?? []).entries()) {
      for (const [index, { destination, weight }] of list.entries()) {
        yield new WrittenAt(protocol, destination, fqdn(destination), weight, { virtualService, protocol, route, list: 'route', index });
      }
    }
  }
}
