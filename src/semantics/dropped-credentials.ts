import type { DestinationRule } from '../graph/destination-rules.ts';
import { isGatewayPod } from '../graph/gateway-pods.ts';
import { resolveHost } from '../graph/hosts.ts';
import type { Mesh } from '../graph/mesh.ts';
import { workloadsWith } from '../graph/selected-workloads.ts';
import { routeConfigsOf } from '../graph/virtual-services.ts';
import type { Workload } from '../graph/workloads.ts';
import { below, type Place } from '../model/place.ts';

type Tls = NonNullable<NonNullable<DestinationRule['spec']['trafficPolicy']>['tls']>;

/** The fields of a DestinationRule that name a Secret for TLS with certificates of its own, and which mode each takes with it. */
export function* credentialsIn(resource: DestinationRule): Iterable<{ readonly mode: string; readonly at: Place }> {
  const { spec } = resource;
  type Policy = NonNullable<DestinationRule['spec']['trafficPolicy']>;
  const inBlock = (tls: Tls | undefined, at: Place): readonly { readonly mode: string; readonly at: Place }[] => {
    const { mode, credentialName = '' } = tls ?? {};
    // A ConfigMap is read by any proxy.
    if ((mode !== 'SIMPLE' && mode !== 'MUTUAL') || credentialName === '' || credentialName.startsWith('configmap://')) return [];
    return [{ mode, at: below(at, 'tls', 'credentialName') }];
  };
  const inPolicy = function* (policy: Policy | undefined, at: Place): Iterable<{ readonly mode: string; readonly at: Place }> {
    yield* inBlock(policy?.tls, at);
    for (const [i, entry] of (policy?.portLevelSettings ?? []).entries()) yield* inBlock(entry.tls, below(at, 'portLevelSettings', i));
  };
  const root: Place = { kind: 'node', resource, path: ['spec'], part: 'value' };
  yield* inPolicy(spec.trafficPolicy, below(root, 'trafficPolicy'));
  for (const [i, { trafficPolicy }] of (spec.subsets ?? []).entries())
    yield* inPolicy(trafficPolicy, below(root, 'subsets', i, 'trafficPolicy'));
}

/**
 * The pods of a rule's namespace whose sidecars get it for its host. Undefined where it is not known that sidecars use it at all: gateways of the
 * namespace may be meant, or a VirtualService sends the requests of sidecars elsewhere, as for an egress gateway.
 */
export function sidecarsUsing(mesh: Mesh, rule: DestinationRule): readonly Workload[] | undefined {
  const { namespace } = rule.metadata;
  const host = resolveHost(rule.spec.host, namespace, mesh.domain);
  const configs = routeConfigsOf(mesh).boundTo('mesh');
  for (const [, routing] of configs.covering(host)) if (routing.length > 0) return undefined;
  const pods = workloadsWith(mesh, namespace, {});
  if (pods.some((pod) => isGatewayPod(mesh, pod))) return undefined;
  const sidecars = pods.filter((pod) => mesh.membershipOf(pod) === 'sidecar');
  return sidecars.length === 0 ? undefined : sidecars;
}
