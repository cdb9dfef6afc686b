import type { ResourceOf } from '../../model/resource.ts';
import { type Labels, nameOf, ofKind, selects, type World } from './world.test-support.ts';

export type Gateway = ResourceOf<'KubernetesGateway'>;
type Policy = ResourceOf<'AuthorizationPolicy' | 'RequestAuthentication'>;

/** What carries the labels: a Service, a ServiceEntry, or the pods of a workload. */
export interface Labelled {
  readonly namespace: string;
  readonly labels: Labels;
}

/** `none`: no label names one, or it opts out. `unusable`: one is named, and it goes without a waypoint all the same. */
export type Used =
  | { readonly kind: 'waypoint'; readonly gateway: Gateway; readonly inherited: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'unusable'; readonly why: 'not-found' | 'namespace' | 'traffic' };

/**
 * §4: "label istio.io/use-waypoint on Service/pod > Namespace; `none` opts out; use-waypoint-namespace cross-ns needs allowedRoutes; waypoint
 * must exist; istio.io/waypoint-for service(default)|workload|all|none; object label pointing to a missing waypoint does not fall back to the
 * ns one." What Istio makes for waypoints and east-west gateways has none. A waypoint of the namespace that is not for pods is none for these.
 */
export function waypointOf(world: World, traffic: 'service' | 'workload', { namespace, labels }: Labelled): Used {
  const managed = labels['gateway.istio.io/managed'];
  if (traffic === 'service' && (managed === 'istio.io-mesh-controller' || managed === 'istio.io-eastwest-controller'))
    return { kind: 'none' };
  const ofNamespace = ofKind(world, 'Namespace').find(({ metadata }) => metadata.name === namespace)?.metadata.labels ?? {};
  const inherited = labels['istio.io/use-waypoint'] === undefined;
  const from = inherited ? ofNamespace : labels;
  const name = from['istio.io/use-waypoint'];
  if (name === undefined || name === 'none') return { kind: 'none' };
  const owner = from['istio.io/use-waypoint-namespace'] ?? namespace;
  const gateway = ofKind(world, 'KubernetesGateway').find((one) => nameOf(one) === `${owner}/${name}`);
  if (gateway === undefined) return { kind: 'unusable', why: 'not-found' };
  if (!takesNamespace(gateway, namespace, ofNamespace)) return { kind: 'unusable', why: 'namespace' };
  const purpose = purposeOf(world, gateway);
  if (purpose === 'all' || purpose === traffic) return { kind: 'waypoint', gateway, inherited };
  return inherited && traffic === 'workload' ? { kind: 'none' } : { kind: 'unusable', why: 'traffic' };
}

/** What its HBONE listener on 15008 allows; its own namespace only where it says nothing, or there is none. */
function takesNamespace({ metadata, spec }: Gateway, namespace: string, labels: Labels): boolean {
  const listener = spec.listeners.find(({ protocol, port }) => protocol === 'HBONE' && port === 15008);
  const { from = 'Same', selector } = listener?.allowedRoutes?.namespaces ?? {};
  if (from === 'All') return true;
  if (from === 'Selector') return selects(selector?.matchLabels, labels);
  return metadata.namespace === namespace;
}

/** The Gateway's label stands over its class's. */
function purposeOf(world: World, { metadata, spec }: Gateway): string {
  const ofClass = ofKind(world, 'GatewayClass').find((one) => one.metadata.name === spec.gatewayClassName);
  return metadata.labels['istio.io/waypoint-for'] ?? ofClass?.metadata.labels['istio.io/waypoint-for'] ?? 'service';
}

/** A Service or ServiceEntry that a request to a waypoint is for. */
export interface Served {
  readonly kind: 'Service' | 'ServiceEntry';
  readonly namespace: string;
  readonly name: string;
}

/**
 * §2.1, waypoint: "selector policies never apply; targetRefs: Gateway (same ns) | Service/ServiceEntry (policy ns == service ns) |
 * GatewayClass istio-waypoint (policy in rootNS only). targetRef.namespace other than own ⇒ never matches."
 */
export function attachesToWaypoint(world: World, policy: Policy, gateway: Gateway, services: readonly Served[]): boolean {
  const { namespace } = policy.metadata;
  const { targetRef, targetRefs = [] } = policy.spec ?? {};
  return [...(targetRef === undefined ? [] : [targetRef]), ...targetRefs].some((ref) => {
    if (ref.namespace !== undefined && ref.namespace !== namespace) return false;
    switch (`${ref.group ?? ''}/${ref.kind}`) {
      case 'gateway.networking.k8s.io/Gateway':
        return namespace === gateway.metadata.namespace && ref.name === gateway.metadata.name;
      case 'gateway.networking.k8s.io/GatewayClass':
        return namespace === world.rootNamespace && ref.name === 'istio-waypoint';
      case '/Service':
        return services.some((one) => one.kind === 'Service' && one.namespace === namespace && one.name === ref.name);
      case 'networking.istio.io/ServiceEntry':
        return services.some((one) => one.kind === 'ServiceEntry' && one.namespace === namespace && one.name === ref.name);
      default:
        return false;
    }
  });
}
