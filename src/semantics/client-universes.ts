import type { Mesh } from '../graph/mesh.ts';
import type { RouteConfig } from '../graph/route-config.ts';
import { podsByLabels } from '../graph/selected-workloads.ts';
import { servicesOf } from '../graph/services.ts';
import type { Workload } from '../graph/workloads.ts';
import type { Universe } from './cover.ts';

/** Whom routes are for: hosts by their full names, and gateways as `mesh` or `namespace/name`. */
export type Reached = Pick<RouteConfig, 'hosts' | 'gateways'>;

/** Which gateways, ports and labels clients can have; undefined: nothing is known that would narrow these labels down. */
export function universeOfClients(mesh: Mesh, reached: Reached, dimension: string): Universe | undefined {
  if (dimension === 'gateway') return oneOfTexts(mesh, reached.gateways);
  if (dimension === 'port') {
    const known = portsOf(mesh, reached);
    return known === undefined ? ports : oneOfTexts(mesh, known.map(String));
  }
  const pods = gatewayPodsOf(mesh, reached);
  return pods === undefined ? undefined : labelsOf(pods, dimension.slice('label '.length));
}

const ports: Universe = { texts: { kind: 'regex', value: '[0-9]{1,5}' }, mayBeAbsent: false };

/** These texts and no others; the same for the same texts, so that what is found out about them is found out once. */
function oneOfTexts(mesh: Mesh, texts: readonly string[]): Universe {
  const known = mesh.derive(choices);
  const key = texts.join('\n');
  const universe = known.get(key) ?? { texts: { kind: 'one-of', values: texts }, mayBeAbsent: false };
  known.set(key, universe);
  return universe;
}

function choices(): Map<string, Universe> {
  return new Map();
}

/**
 * The ports on which requests can come in at all: those of the services that it names, 80 for hosts that are no service, and those of its
 * gateways' servers. Undefined where the input can't say. Source: pilot/pkg/networking/core/route/route.go, BuildSidecarVirtualHostWrapper.
 */
function portsOf(mesh: Mesh, { hosts, gateways }: Reached): readonly number[] | undefined {
  if (!mesh.complete) return undefined;
  const numbers = new Set<number>();
  for (const gateway of gateways) {
    if (gateway === 'mesh') {
      for (const { host } of hosts) {
        const services = servicesOf(mesh).ofHost(host);
        if (host.startsWith('*')) return undefined;
        if (services.length === 0) numbers.add(80);
        for (const { ports: ofService } of services) for (const { number } of ofService) numbers.add(number);
      }
      continue;
    }
    const slash = gateway.indexOf('/');
    const resource = mesh.find('Gateway', gateway.slice(0, slash), gateway.slice(slash + 1));
    if (resource === undefined || resource.leftOut.length > 0) return undefined;
    for (const { port } of resource.spec.servers ?? []) numbers.add(port.number);
  }
  return numbers.size === 0 ? undefined : [...numbers];
}

/**
 * The pods of the gateways, for a VirtualService that only gateways use: they are its only clients. Undefined where the mesh itself is one,
 * or where the input can't say which pods there are.
 */
function gatewayPodsOf(mesh: Mesh, { gateways }: Reached): readonly Workload[] | undefined {
  if (!mesh.complete || gateways.includes('mesh')) return undefined;
  const pods = new Set<Workload>();
  for (const gateway of gateways) {
    const slash = gateway.indexOf('/');
    const selector = mesh.find('Gateway', gateway.slice(0, slash), gateway.slice(slash + 1))?.spec.selector;
    const selected = selector === undefined ? [] : mesh.derive(podsByLabels).selectedBy(selector);
    if (selected.length === 0) return undefined;
    for (const pod of selected) pods.add(pod);
  }
  return [...pods];
}

function labelsOf(pods: readonly Workload[], name: string): Universe {
  const values = new Set(pods.flatMap(({ labels }) => (Object.hasOwn(labels, name) ? [labels[name] ?? ''] : [])));
  return {
    texts: { kind: 'one-of', values: [...values] },
    mayBeAbsent: pods.some(({ labels }) => !Object.hasOwn(labels, name)),
  };
}
