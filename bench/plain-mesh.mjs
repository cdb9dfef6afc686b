import * as istio from './documents/istio.mjs';
import * as kubernetes from './documents/kubernetes.mjs';
import { createRandom } from './random.mjs';

const perNamespace = 50;
export const perGateway = 10;
const faults = ['subset', 'gateway', 'weight', 'host', 'principal', 'port'];
/** Those that are found in the VirtualService, whatever else is known. */
const certain = ['subset', 'weight', 'port'];

export const serviceName = (index) => `shop-${String(index).padStart(5, '0')}`;
export const namespaceName = (number) => `unit-${String(number).padStart(4, '0')}`;
export const gatewayName = (index) => `edge-${String(Math.floor(index / perGateway)).padStart(5, '0')}`;

/**
 * Fifty services a namespace, all with sidecars. Each has a Deployment, Service, ServiceAccount, VirtualService, DestinationRule and
 * AuthorizationPolicy; every tenth brings a Gateway, and every namespace a Namespace, PeerAuthentication and RequestAuthentication: 6.16 resources a
 * service. `faults`: no service has one, one in a hundred, or every document has a finding. 0 services: a single VirtualService.
 *
 * Yields files, as `{ path, documents, isFaulty }`.
 */
export function* plainMesh({ services, exportLocal, faults: planted }) {
  const random = createRandom(20);
  const factsOf = (index) => {
    const first = Math.floor(index / perNamespace) * perNamespace;
    const neighbours = Math.max(1, Math.min(perNamespace, services - first));
    const gatewayIndex = Math.floor(index / perGateway) * perGateway;
    return {
      index,
      exportLocal,
      name: serviceName(index),
      namespace: namespaceName(Math.floor(index / perNamespace)),
      caller: serviceName(first + ((index * 7 + 3) % neighbours)),
      gatewayName: gatewayName(index),
      gateway: `${namespaceName(Math.floor(gatewayIndex / perNamespace))}/${gatewayName(index)}`,
      broken: planted === 'all',
      fault: planted === 'all' ? certain[index % certain.length] : undefined,
    };
  };
  if (services === 0) yield { path: 'virtual-service.yaml', documents: [istio.virtualService(factsOf(0))] };
  for (let index = 0; index < services; index += 1) {
    const isFaulty = random() < 0.01;
    const fault = isFaulty ? faults[Math.floor(random() * faults.length)] : undefined;
    const own = factsOf(index);
    const facts = planted === 'some' ? { ...own, fault } : own;
    if (index % perNamespace === 0)
      yield {
        path: `${facts.namespace}/namespace.yaml`,
        documents: [kubernetes.namespace(facts), istio.peerAuthentication(facts), istio.requestAuthentication(facts)],
      };
    const documents = [
      kubernetes.deployment(facts),
      kubernetes.service(facts),
      kubernetes.serviceAccount(facts),
      istio.virtualService(facts),
      istio.destinationRule(facts),
      istio.authorizationPolicy(facts),
    ];
    if (index % perGateway === 0) documents.push(istio.gateway(facts));
    yield { path: `${facts.namespace}/${facts.name}.yaml`, documents, isFaulty: facts.fault !== undefined };
  }
}
