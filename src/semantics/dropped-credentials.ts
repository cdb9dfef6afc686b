import type { DestinationRule } from '../graph/destination-rules.ts';
import { isGatewayPod } from '../graph/gateway-pods.ts';
import { resolveHost } from '../graph/hosts.ts';
import type { Mesh } from '../graph/mesh.ts';
import { workloadsWith } from '../graph/selected-workloads.ts';
import { routeConfigsOf } from '../graph/virtual-services.ts';
import type { Workload } from '../graph/workloads.ts';
import type { Place } from '../model/place.ts';
import type { Path } from '../yaml/value.ts';

type Tls = NonNullable<NonNullable<DestinationRule['spec']['trafficPolicy']>['tls']>;

/** A field that names a Secret, and the mode that takes it. */
interface Credential {
  readonly mode: string;
  readonly at: Place;
}

/** The fields of a DestinationRule that name a Secret for TLS with certificates of its own. */
export function credentialsIn(resource: DestinationRule): readonly Credential[] {
  const { spec } = resource;
  const found: Credential[] = [];
  const look = (tls: Tls | undefined, ...path: Path): void => {
    const { mode, credentialName = '' } = tls ?? {};
    // A ConfigMap is read by any proxy.
    if ((mode !== 'SIMPLE' && mode !== 'MUTUAL') || credentialName === '' || credentialName.startsWith('configmap://')) return;
    found.push({ mode, at: { kind: 'node', resource, path: [...path, 'tls', 'credentialName'], part: 'value' } });
  };
  const lookIn = (policy: DestinationRule['spec']['trafficPolicy'], ...path: Path): void => {
    look(policy?.tls, ...path);
    for (const [i, { tls }] of (policy?.portLevelSettings ?? []).entries()) look(tls, ...path, 'portLevelSettings', i);
  };
  lookIn(spec.trafficPolicy, 'spec', 'trafficPolicy');
  for (const [i, { trafficPolicy }] of (spec.subsets ?? []).entries()) lookIn(trafficPolicy, 'spec', 'subsets', i, 'trafficPolicy');
  return found;
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
