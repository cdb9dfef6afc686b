import { type Answer, outcomes, unknown } from '../graph/answer.ts';
import { reachInDoubt } from '../graph/doubtful-reach.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { Call } from './access-call.ts';
import type { Unclear } from './access-truth.ts';
import type { AccessOptions, AccessQuestion, Verdict } from './access-verdict.ts';
import { grouped, Verdicts, type WayTo } from './access-verdicts.ts';
import { type WaypointWay, waysTo } from './access-ways.ts';
import { mtlsModeOf } from './mtls.ts';
import { waypointDecision, waypointIdentity } from './waypoint-decision.ts';
import { ztunnelDecision } from './ztunnel-decision.ts';

/**
 * Whether a caller is admitted to an ambient workload: the waypoint on its way decides, then the workload's ztunnel by what it sees then. Of several
 * possible ways each must come to the same.
 */
export function ambientAccess(mesh: Mesh, question: AccessQuestion, options: AccessOptions): Answer<Verdict> {
  const ways = waysTo(mesh, question);
  if ('unclear' in ways) return unknown(ways.unclear);
  const verdicts = new Verdicts();
  const reached = new Set<string>();
  for (const way of ways) {
    const some = way.kind === 'straight' ? straight(mesh, question, options) : through(mesh, way, question, options);
    if ('unclear' in some) return unknown(some.unclear);
    for (const one of some) verdicts.add(one);
    reached.add([...new Set(some.map(({ outcome }) => outcome))].sort().join(' '));
  }
  return reached.size > 1 ? unknown('it is not known whether a call comes through a waypoint, which decides otherwise') : verdicts.answer();
}

/** Past all waypoints. */
function straight(mesh: Mesh, question: AccessQuestion, { regexes }: AccessOptions): readonly WayTo[] | Unclear {
  const { from, to, port, destinationIp } = question;
  const mtls = mtlsModeOf(mesh, to, port);
  if (mtls.kind === 'unknown') return { unclear: mtls.reason };
  const mutual = from.identity !== undefined;
  const ways: WayTo[] = [];
  for (const decisions of grouped(outcomes(mtls), ({ mode }) => mode)) {
    const seen = { mtls: decisions, ports: [], mutual, foreignTrustDomain: false };
    const modePlaces = decisions.flatMap(({ at }) => at ?? []);
    if (!mutual && decisions[0].mode === 'STRICT') {
      ways.push({ ...seen, outcome: 'no-connection', reason: 'strict-mtls', places: modePlaces });
      continue;
    }
    const reach = reachInDoubt(mesh, 'AuthorizationPolicy', to);
    if (reach !== undefined) return { unclear: reach };
    const decision = ztunnelDecision(mesh, to, { ...bytes, ...from, port, destinationIp }, regexes);
    if ('unclear' in decision) return decision;
    const places = [...decision.places, ...(mutual ? [] : modePlaces)];
    ways.push({ ...seen, outcome: decision.allowed ? 'allow' : 'deny', reason: decision.reason, decision, places });
  }
  return ways;
}

/** All that a ztunnel sees of what is in a connection. */
const bytes: Call = {
  chain: 'tcp',
  identity: undefined,
  ip: undefined,
  remoteIp: undefined,
  port: 0,
  destinationIp: undefined,
  sni: undefined,
  http: undefined,
};

/** The waypoint first, and then the ztunnel, which sees the waypoint call. What comes from the waypoint itself does not go back to it. */
function through(mesh: Mesh, way: WaypointWay, question: AccessQuestion, options: AccessOptions): readonly WayTo[] | Unclear {
  const identity = waypointIdentity(mesh, way.waypoint.gateway, question.to);
  if (typeof identity !== 'string') return identity;
  if (identity === question.from.identity) return straight(mesh, question, options);
  const there = waypointDecision(mesh, way, question, options);
  if ('unclear' in there) return there;
  if (there.outcome !== 'allow') return [there];
  const behind = straight(mesh, { ...question, from: { identity } }, options);
  if ('unclear' in behind) return behind;
  return behind.map((one) => {
    if (one.outcome === 'allow' && one.reason === 'no-allow-policy')
      return { ...there, mtls: one.mtls, places: [...there.places, ...one.places] };
    const places = one.outcome === 'allow' ? [...there.places, ...one.places] : [...one.places, way.label];
    return { ...one, ...(there.waypoint === undefined ? {} : { waypoint: there.waypoint }), ports: there.ports, places };
  });
}
