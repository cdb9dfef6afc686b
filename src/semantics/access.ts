import { type Answer, found, oneOf, outcomes, unknown } from '../graph/answer.ts';
import { authorizationOf } from '../graph/authorization.ts';
import { isGatewayPod } from '../graph/gateway-pods.ts';
import { type InboundPort, inboundPortOf, isCaptured } from '../graph/inbound-ports.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { Workload } from '../graph/workloads.ts';
import type { Place } from '../model/place.ts';
import { waypointBefore, ztunnelDecision } from './access-ambient.ts';
import type { Call, Caller, HttpRequest } from './access-call.ts';
import type { Regexes } from './access-strings.ts';
import { type TokenResult, verifyToken } from './access-tokens.ts';
import { acceptedTrustDomainsOf, trustDomainsOf } from './access-trust-domains.ts';
import { type Decision, decide } from './authorization-decision.ts';
import { mtlsModeOf } from './mtls.ts';
import type { MtlsDecision } from './mtls-modes.ts';
import { seenRequest } from './seen-request.ts';

/** May this caller do this? */
export interface AccessQuestion {
  readonly from: Caller;
  readonly to: Workload;
  /** Of the container, declared or not. */
  readonly port: number;
  /** Absent: a connection of bytes that are not HTTP. */
  readonly http?: HttpRequest | undefined;
  /** Server name and address, where known. */
  readonly sni?: string | undefined;
  readonly destinationIp?: string | undefined;
}

/** `no-connection`: plaintext where only mutual TLS is taken. `protocol-error`: bytes where only HTTP is. */
export type AccessOutcome = 'allow' | 'deny' | 'no-connection' | 'protocol-error';

/**
 * Why.
 * - `no-proxy`, `not-captured`: nothing of the mesh stands between the caller and the application.
 * - `strict-mtls`, `http-only`: no policy was asked.
 * - `token`: a token that no RequestAuthentication accepts.
 * - the others: see `Decision`.
 */
export type AccessReason = 'no-proxy' | 'not-captured' | 'strict-mtls' | 'http-only' | 'token' | Decision['reason'];

/** One way to an outcome: what held on it, and what decided. */
export interface AccessWay {
  readonly reason: AccessReason;
  /** What decides whether mutual TLS is taken; each may be what holds, depending on creation. Empty where there is no proxy. */
  readonly mtls: readonly MtlsDecision[];
  /** The port as the sidecar opens it, likewise. */
  readonly ports: readonly InboundPort[];
  /** The caller comes with mutual TLS, and so with its identity. */
  readonly mutual: boolean;
  /** The caller's trust domain is none of the mesh's: the handshake fails unless certificates of that domain are trusted. */
  readonly foreignTrustDomain: boolean;
  readonly token?: TokenResult;
  readonly decision?: Decision;
  /** All that decided, the most important first. */
  readonly places: readonly Place[];
}

/** An outcome with all ways to it: several where it is the same whichever resource is the oldest. */
export interface Verdict {
  readonly outcome: AccessOutcome;
  readonly ways: readonly [AccessWay, ...AccessWay[]];
}

export interface AccessOptions {
  /** For values that act as regular expressions beyond stars and dots; without it they make the answer unknown. */
  readonly regexes?: Regexes | undefined;
}

/**
 * Whether a caller is admitted to a port of a workload: mutual TLS by the effective PeerAuthentication, the kind of the port's filter chain, tokens,
 * then the AuthorizationPolicies. Their order among each other never matters; which PeerAuthentication or Service is the oldest may.
 * Sources: pilot/pkg/networking/core/listener_inbound.go, filterchain_options.go; pilot/pkg/security/authz/builder/builder.go.
 */
export function accessOf(mesh: Mesh, question: AccessQuestion, options: AccessOptions = {}): Answer<Verdict> {
  const { to, port } = question;
  // Before membership: gateways need no injection.
  if (isGatewayPod(mesh, to)) return unknown('a gateway opens the ports of its Gateways');
  const membership = mesh.membershipOf(to) ?? (isNamedByPolicies(mesh, to) ? 'sidecar' : undefined);
  if (membership === undefined) return unknown('the Namespace of the workload is not in the input');
  if (membership === 'none') return found(open('no-proxy'));
  if (membership === 'ambient') return ambientAccess(mesh, question, options);
  if (!isCaptured(to, port)) return found(open('not-captured'));

  const mtls = mtlsModeOf(mesh, to, port);
  const ports = inboundPortOf(mesh, to, port);
  if (mtls.kind === 'unknown' || mtls.kind === 'missing') return mtls;
  if (ports.kind === 'unknown' || ports.kind === 'missing') return ports;
  const verdicts = new Map<AccessOutcome, [AccessWay, ...AccessWay[]]>();
  for (const decisions of grouped(outcomes(mtls), ({ mode }) => mode)) {
    for (const inbound of grouped(outcomes(ports), ({ chain, ownTls }) => `${chain} ${String(ownTls)}`)) {
      const way = wayThrough(mesh, question, options, decisions, inbound);
      if ('unclear' in way) return unknown(way.unclear);
      const { outcome, ...rest } = way;
      const known = verdicts.get(outcome);
      if (known === undefined) verdicts.set(outcome, [rest]);
      else known.push(rest);
    }
  }
  const [first, ...others] = [...verdicts].map(([outcome, ways]): Verdict => ({ outcome, ways }));
  return first === undefined ? unknown('nothing is known of the port') : oneOf(first, ...others);
}

/** The ztunnel of the workload decides, unless a waypoint may stand before it. */
function ambientAccess(mesh: Mesh, { from, to, port, destinationIp }: AccessQuestion, { regexes }: AccessOptions): Answer<Verdict> {
  const before = waypointBefore(mesh, to);
  if (before !== undefined) return unknown(before);
  const mtls = mtlsModeOf(mesh, to, port);
  if (mtls.kind === 'unknown' || mtls.kind === 'missing') return mtls;
  const verdicts = new Map<AccessOutcome, [AccessWay, ...AccessWay[]]>();
  for (const decisions of grouped(outcomes(mtls), ({ mode }) => mode)) {
    const { identity } = from;
    const mutual = identity !== undefined;
    const seen = { mtls: decisions, ports: [], mutual, foreignTrustDomain: false };
    const modePlaces = decisions.flatMap(({ at }) => at ?? []);
    const call: Call = {
      chain: 'tcp',
      identity,
      ip: from.ip,
      remoteIp: from.remoteIp,
      port,
      destinationIp,
      sni: undefined,
      http: undefined,
    };
    let outcome: AccessOutcome;
    let way: AccessWay;
    if (!mutual && decisions[0].mode === 'STRICT') {
      outcome = 'no-connection';
      way = { ...seen, reason: 'strict-mtls', places: modePlaces };
    } else {
      const decision = ztunnelDecision(mesh, to, call, regexes);
      if ('unclear' in decision) return unknown(decision.unclear);
      outcome = decision.allowed ? 'allow' : 'deny';
      way = { ...seen, reason: decision.reason, decision, places: [...decision.places, ...(mutual ? [] : modePlaces)] };
    }
    const known = verdicts.get(outcome);
    if (known === undefined) verdicts.set(outcome, [way]);
    else known.push(way);
  }
  const [first, ...others] = [...verdicts].map(([outcome, ways]): Verdict => ({ outcome, ways }));
  return first === undefined ? unknown('nothing is known of the port') : oneOf(first, ...others);
}

function open(reason: 'no-proxy' | 'not-captured'): Verdict {
  return { outcome: 'allow', ways: [{ reason, mtls: [], ports: [], mutual: false, foreignTrustDomain: false, places: [] }] };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** A workload whose Namespace is not known counts as in the mesh when policies of the mesh are written for it. */
function isNamedByPolicies(mesh: Mesh, { namespace, labels }: Workload): boolean {
  const levels = mesh.peerAuthentications.levelsFor(namespace, labels);
  if (levels.namespace.length > 0 || levels.workload.length > 0) return true;
  const authorization = authorizationOf(mesh);
  return [...authorization.policiesFor({ namespace, labels }), ...authorization.requestAuthenticationsFor({ namespace, labels })].some(
    ({ policy }) => policy.metadata.namespace === namespace || authorization.scopeOf(policy) === 'workloads',
  );
}

/** What comes of a call where one mode and one kind of chain hold. */
function wayThrough(
  mesh: Mesh,
  { from, to, port, http, sni, destinationIp }: AccessQuestion,
  { regexes }: AccessOptions,
  mtls: readonly [MtlsDecision, ...MtlsDecision[]],
  ports: readonly [InboundPort, ...InboundPort[]],
): (AccessWay & { readonly outcome: AccessOutcome }) | { readonly unclear: string } {
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
  if (decision.allowed && requestAuthentications.some(({ policy }) => policy.leftOut.length > 0) && http?.jwt !== undefined) {
    return { unclear: 'a RequestAuthentication does not fit its schema' };
  }
  const tokenPlaces = token.kind === 'accepted' ? token.at : [];
  const places = [...decision.places, ...tokenPlaces, ...context];
  return { ...seen, outcome: decision.allowed ? 'allow' : 'deny', reason: decision.reason, token, decision, places };
}
