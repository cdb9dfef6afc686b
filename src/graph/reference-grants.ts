import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { type Answer, found, missing, unknown } from './answer.ts';
import type { Mesh } from './mesh.ts';

/** Who refers across namespaces: kinds of the Gateway API. */
export interface GrantedFrom {
  readonly kind: 'KubernetesGateway' | 'ListenerSet' | 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'TCPRoute' | 'UDPRoute';
  readonly namespace: string;
}

/** To what; the group of Kubernetes' core is the empty one. */
export interface GrantedTo {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * The grant by which a reference into another namespace holds, at its `to` entry. `missing` only where the ReferenceGrants of the namespace are
 * all in the input. Within one namespace no grant is needed; do not ask then.
 * Source: pilot/pkg/config/kube/gatewaycommon/references.go, ReferenceGrants.
 */
export function grantOf(mesh: Mesh, from: GrantedFrom, to: GrantedTo): Answer<Place> {
  const at = firstGrant(mesh, from, to);
  if (at !== undefined) return found(at);
  if (!mesh.isComplete('ReferenceGrant', to.namespace)) return unknown('no such ReferenceGrant in the input');
  return missing(`referencegrant ${to.namespace}/${to.kind}/${to.name} from ${from.kind} in ${from.namespace}`);
}

/** Whether a reference is granted by what the input has. */
export function isGranted(mesh: Mesh, from: GrantedFrom, to: GrantedTo): boolean {
  return firstGrant(mesh, from, to) !== undefined;
}

function firstGrant(mesh: Mesh, from: GrantedFrom, to: GrantedTo): Place | undefined {
  const kind = from.kind === 'KubernetesGateway' ? 'Gateway' : from.kind;
  for (const grant of mesh.derive(grantsByNamespace).get(to.namespace) ?? []) {
    const { spec } = grant;
    const isFrom = spec.from.some(
      (one) => one.group === 'gateway.networking.k8s.io' && one.kind === kind && one.namespace === from.namespace,
    );
    if (!isFrom) continue;
    const i = spec.to.findIndex(
      (one) => one.group === to.group && one.kind === to.kind && (one.name === undefined || one.name === '' || one.name === to.name),
    );
    if (i !== -1) return { kind: 'node', resource: grant, path: ['spec', 'to', i], part: 'value' };
  }
  return undefined;
}

function grantsByNamespace(mesh: Mesh): ReadonlyMap<string, readonly ResourceOf<'ReferenceGrant'>[]> {
  const grants = new Map<string, ResourceOf<'ReferenceGrant'>[]>();
  for (const grant of mesh.of('ReferenceGrant')) {
    const { namespace } = grant.metadata;
    const known = grants.get(namespace);
    if (known === undefined) grants.set(namespace, [grant]);
    else known.push(grant);
  }
  return grants;
}
