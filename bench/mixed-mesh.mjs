import * as egress from './documents/egress.mjs';
import * as gatewayApi from './documents/gateway-api.mjs';
import * as istio from './documents/istio.mjs';
import * as kubernetes from './documents/kubernetes.mjs';
import { gatewayName, namespaceName, perGateway, serviceName } from './plain-mesh.mjs';
import { createRandom } from './random.mjs';

const perPartner = 8;

/** Most namespaces are small, most services are in large ones. */
function namespaceSize(random) {
  const kind = random();
  const within = (least, most) => least + Math.floor(random() * (most - least + 1));
  if (kind < 0.6) return within(1, 8);
  return kind < 0.92 ? within(10, 60) : within(100, 300);
}

/**
 * A mesh of all sorts: namespaces of one to three hundred services, a third of them ambient with a waypoint, the others with sidecars and a Sidecar;
 * routes of Istio and of the Gateway API at the edge and inside, versions of a service side by side, callers in other namespaces, and partners
 * outside of the mesh. `faults`: none, or one service in a hundred.
 *
 * Yields files, as `{ path, documents, isFaulty }`.
 */
export function* mixedMesh({ services, exportLocal, faults }) {
  const random = createRandom(21);
  let before = [];
  for (let [number, first] = [0, 0]; first < services; number += 1) {
    const size = Math.min(namespaceSize(random), services - first);
    const namespace = namespaceName(number);
    const facts = { namespace, neighbour: before[0]?.namespace ?? namespace, exportLocal };
    const isAmbient = random() < 0.33;
    yield { path: `${namespace}/namespace.yaml`, documents: (isAmbient ? ambientNamespace : sidecarNamespace)(facts) };
    const members = Array.from({ length: size }, (_, i) => ({ name: serviceName(first + i), namespace }));
    for (const [i, { name }] of members.entries()) {
      const index = first + i;
      const caller = members[(i * 7 + 3) % size].name;
      const isFaulty = random() < 0.01 && faults === 'some';
      const own = {
        ...facts,
        index,
        name,
        caller,
        brings: i % perGateway === 0,
        edge: gatewayName(first + i - (i % perGateway)),
        foreign: random() < 0.2 ? before[index % before.length] : undefined,
      };
      const documents = (isAmbient ? ambientService : sidecarService)(own, random(), isFaulty);
      if (index % perPartner === 0) documents.push(...partner({ ...own, partner: `partner-${name}` }, isAmbient));
      yield { path: `${namespace}/${name}.yaml`, documents, isFaulty };
    }
    before = members;
    first += size;
  }
}

const sidecarNamespace = (facts) => [
  kubernetes.namespace(facts),
  istio.peerAuthentication(facts),
  istio.requestAuthentication(facts),
  egress.sidecar(facts),
  gatewayApi.edge(facts),
];

const ambientNamespace = (facts) => [
  kubernetes.ambientNamespace(facts),
  istio.peerAuthentication(facts),
  gatewayApi.waypoint(facts),
  gatewayApi.edge(facts),
];

/** One in five is routed by the Gateway API; of the others one in three runs two versions. */
function sidecarService(facts, kind, isFaulty) {
  const { foreign, namespace, index, brings, edge } = facts;
  const own = {
    ...facts,
    ...(foreign === undefined ? {} : { caller: foreign.name, callerNamespace: foreign.namespace }),
    gateway: `${namespace}/${edge}`,
    broken: isFaulty,
  };
  const workload = [kubernetes.deployment(facts), kubernetes.service(facts), kubernetes.serviceAccount(facts)];
  if (brings) workload.push(istio.gateway({ namespace, gatewayName: edge, index }));
  const policy = istio.authorizationPolicy(own);
  if (kind < 0.2) return [...workload, gatewayApi.edgeRoute(own), gatewayApi.meshRoute(facts), policy];
  const next = kind < 0.47 ? [kubernetes.deployment({ ...facts, version: 'v2' })] : [];
  return [
    ...workload,
    ...next,
    istio.virtualService(own),
    istio.destinationRule({ ...facts, ...(next.length > 0 ? { nextVersion: 'v2' } : {}) }),
    policy,
  ];
}

/** Half of them are routed, a third is guarded by the waypoint, the others by ztunnel alone. */
function ambientService(facts, kind, isFaulty) {
  const documents = [kubernetes.deployment(facts), kubernetes.service(facts), kubernetes.serviceAccount(facts)];
  if (kind < 0.5) documents.push(gatewayApi.edgeRoute(facts), gatewayApi.meshRoute(facts));
  documents.push((kind < 0.33 ? gatewayApi.waypointPolicy : gatewayApi.connectionPolicy)({ ...facts, broken: isFaulty }));
  return documents;
}

/** Without a sidecar or a waypoint of its own nothing adds TLS on the way out. */
const partner = (facts, isAmbient) =>
  isAmbient
    ? [egress.serviceEntry(facts)]
    : [egress.serviceEntry(facts), egress.partnerDestinationRule(facts), egress.partnerVirtualService(facts)];
