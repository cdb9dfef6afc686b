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

interface Where {
  readonly virtualService: VirtualService;
  readonly protocol: 'http' | 'tls' | 'tcp';
  readonly route: number;
}

function destinationAt(
  use: Destination['use'],
  { host, subset, port }: WrittenDestination,
  fqdn: string,
  weight: number | undefined,
  { virtualService, protocol, route }: Where,
  ...own: readonly (string | number)[]
): Destination {
  const path = ['spec', protocol, route, ...own];
  const below = (field: string): Place => ({ kind: 'node', resource: virtualService, path: [...path, field], part: 'value' });
  const at: Place = { kind: 'node', resource: virtualService, path, part: 'value' };
  return {
    use,
    route,
    host,
    fqdn,
    subset: subset === '' ? undefined : subset,
    port: port?.number,
    weight,
    at,
    hostAt: below('host'),
    subsetAt: subset === undefined ? at : below('subset'),
  };
}

/** All destinations of a VirtualService in the order of the text: http with its mirrors, tls, tcp. */
export function* destinationsOf(virtualService: VirtualService, domain: string): Iterable<Destination> {
  const { spec, metadata } = virtualService;
  const fqdn = ({ host }: WrittenDestination): string => resolveHost(host, metadata.namespace, domain);
  for (const [route, { route: list = [], mirror, mirrors = [] }] of (spec.http ?? []).entries()) {
    const where = { virtualService, protocol: 'http', route } as const;
    for (const [index, { destination, weight }] of list.entries()) {
      yield destinationAt('http', destination, fqdn(destination), weight, where, 'route', index, 'destination');
    }
    if (mirror !== undefined) yield destinationAt('mirror', mirror, fqdn(mirror), undefined, where, 'mirror');
    for (const [index, { destination }] of mirrors.entries()) {
      yield destinationAt('mirror', destination, fqdn(destination), undefined, where, 'mirrors', index, 'destination');
    }
  }
  for (const protocol of ['tls', 'tcp'] as const) {
    for (const [route, { route: list = [] }] of (spec[protocol] ?? []).entries()) {
      for (const [index, { destination, weight }] of list.entries()) {
        yield destinationAt(
          protocol,
          destination,
          fqdn(destination),
          weight,
          { virtualService, protocol, route },
          'route',
          index,
          'destination',
        );
      }
    }
  }
}
