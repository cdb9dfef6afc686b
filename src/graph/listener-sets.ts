import { doubtAt } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { gatewayRoleOf } from './gateway-classes.ts';
import type { Mesh } from './mesh.ts';
import { takesNamespace } from './namespace-selection.ts';

type KubernetesGateway = ResourceOf<'KubernetesGateway'>;
export type ListenerSet = ResourceOf<'ListenerSet'>;

/**
 * Whether the listeners of a ListenerSet are some of its Gateway.
 * - `not-attached`: `kind`: the parent is no Gateway; `not-found`: there is none of that name; `class`: Gateways of its class take no ListenerSets;
 *   `not-allowed`: its allowedListeners, at `at`, do not take the namespace (they take none where they are not written).
 */
export type ListenerSetAnswer =
  | { readonly kind: 'attached'; readonly gateway: KubernetesGateway }
  | {
      readonly kind: 'not-attached';
      readonly why: 'kind' | 'not-found' | 'class' | 'not-allowed';
      readonly at?: Place;
      /** Of the failed look-up. */
      readonly cause?: string;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Source: pilot/pkg/config/kube/gateway/gateway_collection.go, ListenerSetCollection. */
export function gatewayOfSet(mesh: Mesh, set: ListenerSet): ListenerSetAnswer {
  return mesh.deriveFor(compute, set);
}

function compute(mesh: Mesh, set: ListenerSet): ListenerSetAnswer {
  const { namespace } = set.metadata;
  const doubt = doubtAt(set, 'spec', 'parentRef');
  if (doubt !== undefined) return { kind: 'unknown', reason: doubt };
  const { group = 'gateway.networking.k8s.io', kind = 'Gateway', name, namespace: owner = namespace } = set.spec.parentRef;
  if (kind !== 'Gateway' || group !== 'gateway.networking.k8s.io') return { kind: 'not-attached', why: 'kind' };
  const answer = mesh.lookup('KubernetesGateway', owner, name, set);
  if (answer.kind === 'missing') return { kind: 'not-attached', why: 'not-found', cause: answer.cause };
  if (answer.kind === 'unknown') return answer;
  if (answer.kind === 'order-dependent') return { kind: 'unknown', reason: 'a Gateway is defined in several ways' };
  const gateway = answer.value;
  const role = gatewayRoleOf(mesh, gateway.spec.gatewayClassName);
  if (role.kind === 'unknown') return role;
  if (role.kind !== 'found') return { kind: 'unknown', reason: 'it is not known which controller a GatewayClass names' };
  if (role.value === 'foreign') return { kind: 'unknown', reason: 'another controller serves the Gateway' };
  if (role.value !== 'gateway') return { kind: 'not-attached', why: 'class', at: classOf(gateway) };
  const allowedDoubt = doubtAt(gateway, 'spec', 'allowedListeners');
  if (allowedDoubt !== undefined) return { kind: 'unknown', reason: allowedDoubt };
  const { from = 'None', selector } = gateway.spec.allowedListeners?.namespaces ?? {};
  const taken = takesNamespace(mesh, { from, selector }, owner, namespace);
  if (taken.kind === 'unknown') return taken;
  if (taken.kind !== 'found') return { kind: 'unknown', reason: 'a Namespace is defined in several ways' };
  return taken.value ? { kind: 'attached', gateway } : { kind: 'not-attached', why: 'not-allowed', at: allowedOf(gateway) };
}

function classOf(resource: KubernetesGateway): Place {
  return { kind: 'node', resource, path: ['spec', 'gatewayClassName'], part: 'value' };
}

function allowedOf(resource: KubernetesGateway): Place {
  const path = ['spec', 'allowedListeners'];
  return resource.spec.allowedListeners === undefined
    ? { kind: 'missing', resource, path }
    : { kind: 'node', resource, path, part: 'value' };
}
