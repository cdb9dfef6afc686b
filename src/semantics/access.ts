import { type Answer, found, outcomes, unknown } from '../graph/answer.ts';
import { authorizationOf, policyScopeOf } from '../graph/authorization.ts';
import { reachInDoubt } from '../graph/doubtful-reach.ts';
import { isGatewayPod } from '../graph/gateway-pods.ts';
import { type InboundPort, inboundPortOf, isCaptured } from '../graph/inbound-ports.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { Workload } from '../graph/workloads.ts';
import { doubtAt } from '../model/doubt.ts';
import { ambientAccess } from './access-ambient.ts';
import type { Call } from './access-call.ts';
import { type TokenResult, verifyToken } from './access-tokens.ts';
import type { Unclear } from './access-truth.ts';
import { acceptedTrustDomainsOf, trustDomainsOf } from './access-trust-domains.ts';
import type { AccessOptions, AccessQuestion, Verdict } from './access-verdict.ts';
import { grouped, open, Verdicts, type WayTo } from './access-verdicts.ts';
import { waysTo } from './access-ways.ts';
import { decide } from './authorization-decision.ts';
import { mtlsModeOf } from './mtls.ts';
import type { MtlsDecision } from './mtls-modes.ts';
import { seenRequest } from './seen-request.ts';

/**
 * Whether a caller is admitted to a port of a workload: mutual TLS by the effective PeerAuthentication, the kind of the port's filter chain, tokens,
 * then the AuthorizationPolicies. Their order among each other never matters; which PeerAuthentication or Service is the oldest may.
 * Sources: pilot/pkg/networking/core/listener_inbound.go, filterchain_options.go; pilot/pkg/security/authz/builder/builder.go.
 */
export function accessOf(mesh: Mesh, question: AccessQuestion, options: AccessOptions = {}): Answer<Verdict> {
  const { to, port, http } = question;
  // Before membership: gateways need no injection.
  if (isGatewayPod(mesh, to)) return unknown('a gateway opens the ports of its Gateways');
  const membership = mesh.membershipOf(to) ?? (isNamedByPolicies(mesh, to) ? 'sidecar' : undefined);
  if (membership === undefined) return unknown('the Namespace of the workload is not in the input');
  if (membership !== 'ambient') {
    const doubt = waypointBeforeOthers(mesh, question);
    if (doubt !== undefined) return unknown(doubt);
  }
  if (membership === 'none') return found(open('no-proxy'));
  if (membership === 'ambient') return ambientAccess(mesh, question, options);
  if (!isCaptured(to, port)) return found(open('not-captured'));

  const mtls = mtlsModeOf(mesh, to, port);
  const ports = inboundPortOf(mesh, to, port);
  if (mtls.kind === 'unknown' || mtls.kind === 'missing') return mtls;
  if (ports.kind === 'unknown' || ports.kind === 'missing') return ports;
  const reach =
    reachInDoubt(mesh, 'AuthorizationPolicy', to) ?? (http === undefined ? undefined : reachInDoubt(mesh, 'RequestAuthentication', to));
  const verdicts = new Verdicts();
  for (const decisions of grouped(outcomes(mtls), ({ mode }) => mode)) {
    for (const inbound of grouped(outcomes(ports), ({ chain, ownTls }) => `${chain} ${String(ownTls)}`)) {
      const way = wayThrough(mesh, question, options, decisions, inbound);
      // Policies play no part where there is no connection.
      if (reach !== undefined && !('unclear' in way) && (way.outcome === 'allow' || way.outcome === 'deny')) return unknown(reach);
      if ('unclear' in way) return unknown(way.unclear);
      verdicts.add(way);
    }
  }
  return verdicts.answer();
}

/** Why a call to what has no ztunnel is not known: it comes through a waypoint, of which nobody knows how it calls that. */
function waypointBeforeOthers(mesh: Mesh, question: AccessQuestion): string | undefined {
  const { proxy } = question.from;
  if (proxy !== 'ztunnel' && proxy !== 'gateway') return undefined;
  const ways = waysTo(mesh, question);
  if ('unclear' in ways) return ways.unclear;
  return ways.some(({ kind }) => kind === 'waypoint') ? 'a waypoint stands before a workload that has no ztunnel' : undefined;
}

/** A workload whose Namespace is not known counts as in the mesh when policies of the mesh are written for it. */
function isNamedByPolicies(mesh: Mesh, { namespace, labels }: Workload): boolean {
  const levels = mesh.peerAuthentications.levelsFor(namespace, labels);
  if (levels.namespace.length > 0 || levels.workload.length > 0) return true;
  const authorization = authorizationOf(mesh);
  return [...authorization.policiesFor({ namespace, labels }), ...authorization.requestAuthenticationsFor({ namespace, labels })].some(
    ({ policy }) => policy.metadata.namespace === namespace || policyScopeOf(mesh, policy) === 'workloads',
  );
}

/** What comes of a call where one mode and one kind of chain hold. */
function wayThrough(
  mesh: Mesh,
  { from, to, port, http, sni, destinationIp }: AccessQuestion,
  { regexes }: AccessOptions,
  mtls: readonly [MtlsDecision, ...MtlsDecision[]],
  ports: readonly [InboundPort, ...InboundPort[]],
): WayTo | Unclear {
  const [{ mode }] = mtls;
  const [{ chain, ownTls }] = ports;
  if (ownTls && mode === 'DISABLE') return { unclear: 'a Sidecar ends TLS on the port with certificates of its own' };
  const identity = mode === 'DISABLE' ? undefined : from.identity;
  const trustDomains = trustDomainsOf(mesh.config);
  const seen = {
    mtls,
    ports,
    mutual: identity !== undefined,
    foreignTrustDomain: identity !== undefined && acceptedTrustDomainsOf(mesh.config)?.includes(identity.split('/', 1)[0] ?? '') === false,
  };
  const modePlaces = mtls.flatMap(({ at }) => at ?? []);
  const portPlaces = ports.flatMap(({ declared }) => declared?.at ?? []);
  if (identity === undefined && mode === 'STRICT') return { ...seen, outcome: 'no-connection', reason: 'strict-mtls', places: modePlaces };
  if (http === undefined && chain === 'http') return { ...seen, outcome: 'protocol-error', reason: 'http-only', places: portPlaces };

  const authorization = authorizationOf(mesh);
  const policies = authorization.policiesFor(to);
  const asHttp = http !== undefined && chain !== 'tcp';
  const requestAuthentications = asHttp ? authorization.requestAuthenticationsFor(to) : [];
  const doubtful = requestAuthentications.map(({ policy }) => doubtAt(policy, 'spec')).find((reason) => reason !== undefined);
  if (doubtful !== undefined && http?.jwt !== undefined) return { unclear: doubtful };
  const token: TokenResult = asHttp ? verifyToken(requestAuthentications, http) : { kind: 'none' };
  // A caller without identity is one because the mode lets it be.
  const context = [...(identity === undefined ? modePlaces : []), ...portPlaces];
  if (token.kind === 'rejected') return { ...seen, outcome: 'deny', reason: 'token', token, places: [...token.at, ...portPlaces] };

  const call: Call = {
    chain: asHttp ? 'http' : 'tcp',
    identity,
    ip: from.ip,
    remoteIp: from.remoteIp,
    port,
    destinationIp,
    // Without TLS there is no server name.
    sni: identity === undefined ? '' : sni,
    http: asHttp ? seenRequest(mesh, http, token) : undefined,
  };
  const decision = decide(mesh, policies, call, { trustDomains, regexes });
  if ('unclear' in decision) return decision;
  const tokenPlaces = token.kind === 'accepted' ? token.at : [];
  const places = [...decision.places, ...tokenPlaces, ...context];
  return { ...seen, outcome: decision.allowed ? 'allow' : 'deny', reason: decision.reason, token, decision, places };
}
