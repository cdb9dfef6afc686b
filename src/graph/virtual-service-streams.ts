import { doubtAt } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import { resolveGateway } from './claims.ts';
import type { StreamEntry, StreamMatch } from './route-config.ts';
import { nonEmpty, portOf, type VirtualService, VirtualServiceRoutes } from './virtual-service-routes.ts';

type WrittenMatch = NonNullable<NonNullable<VirtualService['spec']['tcp']>[number]['match']>[number] & {
  readonly sniHosts?: readonly string[];
};

/** The tls or tcp routes of a VirtualService, with names resolved in its namespace. */
export function streamsOf(resource: VirtualService, domain: string, protocol: 'tls' | 'tcp'): readonly StreamEntry[] {
  const routes = new VirtualServiceRoutes(resource, domain);
  const placeOf = (path: readonly (string | number)[]): Place => ({ kind: 'node', resource, path, part: 'value' });
  return (resource.spec[protocol] ?? []).map((written, i) => {
    const path = ['spec', protocol, i] as const;
    const matches: readonly WrittenMatch[] = written.match ?? [];
    return {
      matches: matches.map((match, j) => streamMatch(match, resource.metadata.namespace, placeOf([...path, 'match', j]))),
      targets: (written.route ?? []).map(({ destination, weight }, j) =>
        routes.target(destination, [...path, 'route', j, 'destination'], weight ?? 0, undefined),
      ),
      resource,
      unknown: doubtAt(resource, ...path),
      at: placeOf(path),
    };
  });
}

function streamMatch(written: WrittenMatch, namespace: string, at: Place): StreamMatch {
  return {
    sniHosts: written.sniHosts ?? [],
    destinationSubnets: written.destinationSubnets ?? [],
    port: portOf(written.port),
    sourceLabels: written.sourceLabels ?? {},
    sourceNamespace: nonEmpty(written.sourceNamespace),
    gateways: (written.gateways ?? []).map((gateway) => resolveGateway(gateway, namespace)),
    at,
  };
}
