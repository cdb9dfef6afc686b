import { type Answer, found, unknown } from '../graph/answer.ts';
import { endpointsAreComplete, endpointsOf } from '../graph/endpoints.ts';
import type { Mesh } from '../graph/mesh.ts';
import { servicesOf } from '../graph/services.ts';
import { waypointsOf } from '../graph/waypoints.ts';
import { type ClientTls, type ClientTlsQuestion, type EndpointTransport, noRule, wireOf } from './client-tls-answer.ts';

/**
 * What the ztunnel of an ambient client sends: HBONE to what has a ztunnel, plaintext to what has no proxy. It knows no DestinationRules. Whether
 * sidecars take HBONE depends on how they were injected, and behind a waypoint that one decides.
 * Source: pilot/pkg/serviceregistry/ambient/workloads.go (the tunnel protocol of a workload), the injection template (networking.istio.io/tunnel).
 */
export function ambientClientTls(mesh: Mesh, { host, port: number }: Pick<ClientTlsQuestion, 'host' | 'port'>): Answer<ClientTls> {
  // exportTo means nothing to ztunnels.
  const [service, ...others] = servicesOf(mesh).ofHost(host);
  if (service === undefined) return unknown('the host is not in the input');
  if (others.length > 0) return unknown('several services have the host');
  const use = waypointsOf(mesh).ofService(service.resource);
  if (use.kind === 'unknown') return use;
  if (use.kind !== 'found' || use.value.kind === 'waypoint') return unknown('the waypoint of the service decides what its endpoints get');
  const port = service.ports.find((candidate) => candidate.number === number);
  if (port === undefined || service.aliasOf !== undefined) return unknown('the service has no such port');
  const endpoints = endpointsOf(mesh, service, port);
  const sent = endpoints.map((endpoint): EndpointTransport => {
    const sends = endpoint.proxy === 'ztunnel' ? 'hbone' : endpoint.proxy === 'none' ? 'plaintext' : 'unknown';
    return { endpoint, sends, at: endpoint.at };
  });
  const isCertain = endpoints.length > 0 || endpointsAreComplete(mesh, service.namespace);
  const { resource } = service;
  return found<ClientTls>({
    mode: 'auto',
    reason: 'ztunnel',
    service,
    ...noRule,
    originalDestination: service.headless,
    endpoints: sent,
    wire: wireOf(sent, isCertain),
    steps: [
      { what: 'service', at: { kind: 'node', resource, path: ['metadata', 'name'], part: 'value' } },
      { what: 'port', at: port.at },
    ],
  });
}
