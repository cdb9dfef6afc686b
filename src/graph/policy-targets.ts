import type { Place } from '../model/place.ts';
import { type Answer, found, outcomes, unknown } from './answer.ts';
import { type AuthorizationPolicy, type PolicyTarget, type RequestAuthentication, targetsOf } from './authorization.ts';
import { gatewayRoleOf } from './gateway-classes.ts';
import type { KubernetesGateway } from './gateway-api.ts';
import { gatewayNameLabel } from './gateway-pods.ts';
import type { Mesh } from './mesh.ts';
import { waypointGateways } from './waypoint-gateways.ts';
import type { WaypointService } from './waypoint-labels.ts';
import { waypointsOf, type WaypointUse } from './waypoints.ts';

/**
 * Who enforces a policy through one of its targetRefs.
 * - `gateway`: the pods of a Gateway of the Gateway API that is no waypoint. `waypoint`: one, with its canary where a service has one (`use`), or
 *   for a GatewayClass all of them.
 * - `nobody`: `not-found`; `not-bound`: the service has no waypoint (`use` says why); `namespace`: targets lie in the namespace of the policy;
 *   `not-root`: a GatewayClass is a target for policies of the root namespace; `class`: of Gateways that are no waypoints; `kind`: nothing of
 *   that kind and group is a target.
 */
export type TargetEnforcer =
  | { readonly kind: 'gateway'; readonly gateway: KubernetesGateway }
  | { readonly kind: 'waypoint'; readonly gateways: readonly KubernetesGateway[]; readonly use?: WaypointUse }
  | {
      readonly kind: 'nobody';
      readonly why: 'not-found' | 'not-bound' | 'namespace' | 'not-root' | 'class' | 'kind';
      readonly use?: WaypointUse;
      /** Of a failed look-up. */
      readonly cause?: string;
    };

export interface EnforcedTarget {
  /** Of the targetRef. */
  readonly at: Place;
  readonly answer: Answer<TargetEnforcer>;
}

/**
 * The targets of a policy with who enforces it there; none if it has no targetRefs: then sidecars and gateways enforce it by its selector, and
 * of AuthorizationPolicies ztunnels the part that they know.
 * Source: pilot/pkg/serviceregistry/ambient/policies.go (WaypointPolicyStatusCollection), pilot/pkg/model/policyattachment.go.
 */
export function enforcersOf(mesh: Mesh, policy: AuthorizationPolicy | RequestAuthentication): readonly EnforcedTarget[] {
  const { namespace } = policy.metadata;
  return targetsOf(policy).map(({ ref, at }) => {
    if (policy.identity !== undefined) return { at, answer: unknown('a name or namespace is not known') };
    if ((ref.namespace ?? '') !== '' && ref.namespace !== namespace) return { at, answer: nobody('namespace') };
    switch (`${ref.group ?? ''}/${ref.kind}`) {
      case 'gateway.networking.k8s.io/Gateway':
        return { at, answer: byGateway(mesh, namespace, ref.name) };
      case 'gateway.networking.k8s.io/GatewayClass':
        return { at, answer: namespace === mesh.rootNamespace ? byClass(mesh, ref.name) : nobody('not-root') };
      case '/Service':
      case 'core/Service':
        return { at, answer: byService(mesh, mesh.lookup('Service', namespace, ref.name, policy)) };
      case 'networking.istio.io/ServiceEntry':
        return { at, answer: byService(mesh, mesh.lookup('ServiceEntry', namespace, ref.name, policy)) };
      default:
        return { at, answer: nobody('kind') };
    }
  });
}

function nobody(why: Extract<TargetEnforcer, { kind: 'nobody' }>['why'], cause?: string): Answer<TargetEnforcer> {
  return found({ kind: 'nobody', why, ...(cause === undefined ? {} : { cause }) });
}

function byGateway(mesh: Mesh, namespace: string, name: string): Answer<TargetEnforcer> {
  const answer = mesh.lookup('KubernetesGateway', namespace, name);
  if (answer.kind === 'missing') return nobody('not-found', answer.cause);
  if (answer.kind === 'unknown') return answer;
  const [gateway, ...others] = outcomes(answer);
  if (gateway === undefined || others.length > 0) return unknown('a Gateway is defined in several ways');
  const role = gatewayRoleOf(mesh, gateway.spec.gatewayClassName);
  if (role.kind !== 'found') return unknown('it is not known which controller a GatewayClass names');
  if (role.value === 'foreign') return unknown('another controller serves the Gateway');
  return found(role.value === 'waypoint' ? { kind: 'waypoint', gateways: [gateway] } : { kind: 'gateway', gateway });
}

function byClass(mesh: Mesh, name: string): Answer<TargetEnforcer> {
  const role = gatewayRoleOf(mesh, name);
  if (role.kind === 'missing') return nobody('not-found', role.cause);
  if (role.kind === 'unknown') return role;
  if (role.kind !== 'found') return unknown('a GatewayClass is defined in several ways');
  if (role.value !== 'waypoint') return nobody('class');
  // Proxies look for the name of Istio's own class, whatever other classes are for waypoints.
  if (name !== 'istio-waypoint') return unknown('versions of Istio differ about policies for other waypoint classes');
  return found({ kind: 'waypoint', gateways: waypointGateways(mesh) });
}

function byService(mesh: Mesh, answer: Answer<WaypointService>): Answer<TargetEnforcer> {
  if (answer.kind === 'missing') return nobody('not-found', answer.cause);
  if (answer.kind === 'unknown') return answer;
  const [service, ...others] = outcomes(answer);
  if (service === undefined || others.length > 0) return unknown('a service is defined in several ways');
  const use = waypointsOf(mesh).ofService(service);
  if (use.kind === 'unknown') return use;
  if (use.kind !== 'found') return unknown('which waypoint a service uses is written in several ways');
  if (use.value.kind !== 'waypoint') return found({ kind: 'nobody', why: 'not-bound', use: use.value });
  const { waypoint, canary } = use.value;
  const gateways = canary === undefined ? [waypoint.gateway] : [waypoint.gateway, canary.waypoint.gateway];
  return found({ kind: 'waypoint', gateways, use: use.value });
}

/** A waypoint as something that policies attach to, with the services that use it for sure: what `authorizationOf` is asked about. */
export function waypointTarget(mesh: Mesh, gateway: KubernetesGateway): PolicyTarget {
  const { namespace, name, labels } = gateway.metadata;
  return {
    namespace,
    labels: { ...labels, [gatewayNameLabel]: name },
    waypoint: true,
    services: waypointsOf(mesh)
      .servedBy(gateway)
      .map(({ kind, metadata }) => ({ kind, namespace: metadata.namespace, name: metadata.name })),
  };
}
