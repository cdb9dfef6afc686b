import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { resolveHost } from './hosts.ts';

/** Where a VirtualService sends requests, connections or copies of requests. */
export interface Destination {
  readonly use: 'http' | 'tcp' | 'tls' | 'mirror';
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

/** All destinations of a VirtualService in the order of the text: http with its mirrors, tls, tcp. */
export function* destinationsOf(virtualService: VirtualService, domain: string): Iterable<Destination> {
  const node = (path: readonly (string | number)[]): Place => ({ kind: 'node', resource: virtualService, path, part: 'value' });
  const make = (
    use: Destination['use'],
    written: WrittenDestination,
    path: readonly (string | number)[],
    weight: number | undefined,
  ): Destination => ({
    use,
    host: written.host,
    fqdn: resolveHost(written.host, virtualService.metadata.namespace, domain),
    subset: written.subset === '' ? undefined : (written.subset ?? undefined),
    port: written.port?.number ?? undefined,
    weight,
    at: node(path),
    hostAt: node([...path, 'host']),
    subsetAt: node(written.subset === undefined ? path : [...path, 'subset']),
  });

  for (const [i, route] of (virtualService.spec.http ?? []).entries()) {
    for (const [j, { destination, weight }] of (route.route ?? []).entries()) {
      yield make('http', destination, ['spec', 'http', i, 'route', j, 'destination'], weight);
    }
    if (route.mirror !== undefined) yield make('mirror', route.mirror, ['spec', 'http', i, 'mirror'], undefined);
    for (const [j, { destination }] of (route.mirrors ?? []).entries()) {
      yield make('mirror', destination, ['spec', 'http', i, 'mirrors', j, 'destination'], undefined);
    }
  }
  for (const protocol of ['tls', 'tcp'] as const) {
    for (const [i, route] of (virtualService.spec[protocol] ?? []).entries()) {
      for (const [j, { destination, weight }] of (route.route ?? []).entries()) {
        yield make(protocol, destination, ['spec', protocol, i, 'route', j, 'destination'], weight);
      }
    }
  }
}
