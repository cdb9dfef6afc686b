import { authorizationOf } from '../graph/authorization.ts';
import { reachInDoubt } from '../graph/doubtful-reach.ts';
import type { KubernetesGateway } from '../graph/gateway-api.ts';
import { gatewayRoleOf } from '../graph/gateway-classes.ts';
import { gatewayNameLabel } from '../graph/gateway-pods.ts';
import type { InboundPort } from '../graph/inbound-ports.ts';
import type { Mesh } from '../graph/mesh.ts';
import { waypointTarget } from '../graph/policy-targets.ts';
import { isHttp } from '../graph/protocols.ts';
import { workloadsWith } from '../graph/selected-workloads.ts';
import type { Workload } from '../graph/workloads.ts';
import { doubtAt } from '../model/doubt.ts';
import type { Call } from './access-call.ts';
import { verifyToken } from './access-tokens.ts';
import { acceptedTrustDomainsOf, trustDomainsOf } from './access-trust-domains.ts';
import type { Unclear } from './access-truth.ts';
import type { AccessOptions, AccessQuestion } from './access-verdict.ts';
import type { WayTo } from './access-verdicts.ts';
import type { WaypointWay } from './access-ways.ts';
import { decide } from './authorization-decision.ts';
import { rulesOf } from './authorization-rules.ts';
import { seenRequest } from './seen-request.ts';

/**
 * What a waypoint says to a call: by the policies that target it, the service or its class, on the chain of the service's port, whose number is
 * the port there; what comes for a pod is looked at. It sees the caller's identity, since it is only called over HBONE, and not its address.
 * Source: pilot/pkg/networking/core/listener_waypoint.go, buildWaypointInternal.
 */
export function waypointDecision(
  mesh: Mesh,
  { waypoint: { gateway }, label, service }: WaypointWay,
  { from, port, http }: AccessQuestion,
  { regexes }: AccessOptions,
): WayTo | Unclear {
  const doubt = policiesInDoubt(mesh, gateway, service?.resource.metadata.namespace);
  if (doubt !== undefined) return { unclear: doubt };
  const ports: readonly InboundPort[] = service === undefined ? [] : [openedFor(service)];
  const chain = ports[0]?.chain ?? 'auto';
  const trustDomain = from.identity?.split('/', 1)[0] ?? '';
  const foreignTrustDomain = acceptedTrustDomainsOf(mesh.config)?.includes(trustDomain) === false;
  const seen = { mtls: [], ports, mutual: true, foreignTrustDomain };
  const passage = { gateway, label };
  const portPlaces = ports.flatMap(({ declared }) => declared?.at ?? []);
  if (http === undefined && chain === 'http')
    return { ...seen, outcome: 'protocol-error', reason: 'http-only', waypoint: passage, places: [...portPlaces, label] };
  const asHttp = http !== undefined && chain !== 'tcp';

  const resource = service?.resource;
  const target = {
    ...waypointTarget(mesh, gateway),
    services: resource === undefined ? [] : [{ kind: resource.kind, namespace: resource.metadata.namespace, name: resource.metadata.name }],
  };
  const authorization = authorizationOf(mesh);
  const tokenPolicies = asHttp ? authorization.requestAuthenticationsFor(target) : [];
  const doubtful = tokenPolicies.map(({ policy }) => doubtAt(policy, 'spec')).find((reason) => reason !== undefined);
  if (doubtful !== undefined && http?.jwt !== undefined) return { unclear: doubtful };
  const token = asHttp ? verifyToken(tokenPolicies, http) : ({ kind: 'none' } as const);
  if (token.kind === 'rejected')
    return { ...seen, outcome: 'deny', reason: 'token', token, waypoint: passage, places: [...token.at, ...portPlaces, label] };

  const call: Call = {
    chain: asHttp ? 'http' : 'tcp',
    identity: from.identity,
    ip: undefined,
    remoteIp: undefined,
    port: service?.port.number ?? port,
    destinationIp: undefined,
    sni: undefined,
    http: asHttp ? seenRequest(mesh, http, token) : undefined,
  };
  const decision = decide(mesh, authorization.policiesFor(target), call, { trustDomains: trustDomainsOf(mesh.config), regexes });
  if ('unclear' in decision) return decision;
  const tokenPlaces = token.kind === 'accepted' ? token.at : [];
  return {
    ...seen,
    outcome: decision.allowed ? 'allow' : 'deny',
    reason: decision.reason,
    token,
    decision,
    waypoint: { ...passage, decision },
    places: [...decision.places, ...tokenPlaces, ...portPlaces, label],
  };
}

function openedFor({ resource, port }: NonNullable<WaypointWay['service']>): InboundPort {
  const { protocol, at } = port;
  const chain = isHttp(protocol) ? 'http' : protocol === 'auto' ? 'auto' : 'tcp';
  return { chain, protocol, declared: { by: resource, at }, ownTls: false };
}

/** Why it is not known which policies a waypoint takes. */
function policiesInDoubt(mesh: Mesh, gateway: KubernetesGateway, serviceNamespace: string | undefined): string | undefined {
  for (const namespace of new Set([gateway.metadata.namespace, serviceNamespace ?? gateway.metadata.namespace])) {
    const doubt = reachInDoubt(mesh, 'AuthorizationPolicy', { namespace }) ?? reachInDoubt(mesh, 'RequestAuthentication', { namespace });
    if (doubt !== undefined) return doubt;
  }
  return undefined;
}

const accountAnnotation = 'gateway.istio.io/service-account';
const nameAnnotation = 'gateway.istio.io/name-override';

/**
 * The identity with which a waypoint calls what stands behind it: of the account of its pods, where these are in the input, else of the one that Istio
 * makes for it, which has its name.
 * Source: pilot/pkg/config/kube/gateway/deploymentcontroller.go and gatewaycommon/classinfo.go (DisableNameSuffix).
 */
export function waypointIdentity(mesh: Mesh, gateway: KubernetesGateway, before: Workload): string | Unclear {
  const { name, namespace, annotations } = gateway.metadata;
  const role = gatewayRoleOf(mesh, gateway.spec.gatewayClassName);
  if (role.kind !== 'found' || role.value !== 'waypoint')
    return { unclear: 'a Gateway that is used as a waypoint is none of a class of waypoints' };
  const doubt = doubtAt(gateway, 'metadata', 'annotations') ?? doubtAt(gateway, 'spec', 'addresses');
  if (doubt !== undefined) return { unclear: doubt };
  const pods = workloadsWith(mesh, namespace, { [gatewayNameLabel]: name });
  const accounts = new Set(pods.map(({ serviceAccount }) => serviceAccount));
  const [account = annotations[accountAnnotation] ?? name] = accounts;
  const isManaged = (gateway.spec.addresses ?? []).length === 0 && !(nameAnnotation in annotations && !(accountAnnotation in annotations));
  if (accounts.size > 1 || (accounts.size === 0 && !isManaged)) return { unclear: 'the service account of a waypoint is not known' };
  const { trustDomain } = mesh.config;
  if (trustDomain === undefined && namesPrincipals(mesh, before)) return { unclear: 'the trust domain of the mesh is not known' };
  return `${trustDomain ?? 'cluster.local'}/ns/${namespace}/sa/${account}`;
}

/** Only these have a trust domain in them. */
function namesPrincipals(mesh: Mesh, workload: Workload): boolean {
  return authorizationOf(mesh)
    .policiesFor(workload)
    .some(({ policy }) =>
      rulesOf(mesh, policy).some(({ sources, conditions }) =>
        [...sources.flatMap(({ clauses }) => clauses), ...conditions].some(({ field }) => field === 'principals'),
      ),
    );
}
