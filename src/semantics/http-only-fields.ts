import { type AuthorizationPolicy, policyScopeOf } from '../graph/authorization.ts';
import { mayBeTcp } from '../graph/inbound-ports.ts';
import type { Mesh } from '../graph/mesh.ts';
import { isForGateways, workloadsTaking } from '../graph/policy-workloads.ts';
import type { Workload } from '../graph/workloads.ts';
import { keyAt, type Place } from '../model/place.ts';
import { fields } from './access-fields.ts';
import type { Alternative, AuthorizationRule, Clause } from './authorization-rules.ts';
import { placeOf } from './judged-rules.ts';
import { takesPolicies } from './mtls.ts';
import { isAmbient, knownPortsOf, knownPortsWhile, type PolicyPort } from './policy-ports.ts';
import { isUnknownToZtunnel } from './ztunnel-rules.ts';

/** A field that means nothing to who enforces the rule, as it is written. */
export interface LostField {
  /** `paths`, `notRequestPrincipals`, `request.headers[x]`. */
  readonly name: string;
  /** Of the name. */
  readonly at: Place;
}

/** What means nothing on a connection that is not HTTP. */
function httpClausesOf({ sources, conditions }: AuthorizationRule, operations: readonly Alternative[]): readonly Clause[] {
  const isHttp = ({ field }: Clause): boolean => fields[field].httpOnly;
  const inAlternatives = (alternatives: readonly Alternative[]): readonly Clause[] =>
    alternatives.flatMap(({ clauses }) => clauses.filter(isHttp));
  return [...inAlternatives(operations), ...inAlternatives(sources), ...conditions.filter(isHttp)];
}

/** Ports where TCP is spoken, so that a rule is not enforced as it is written. */
export interface OnTcp {
  readonly fields: readonly [LostField, ...LostField[]];
  readonly ports: readonly [PolicyPort, ...PolicyPort[]];
  /** Of the operation that names these ports, where it is one of several that the rule has. */
  readonly portsAt: Place | undefined;
}

/**
 * Where an ALLOW rule is left out for its HTTP fields: on all of its ports, or on all ports that one of its operations names.
 * Source: pilot/pkg/security/authz/model/model.go (checkError), pilot/pkg/security/authz/builder/builder.go (build).
 */
export function allowLeftOut(mesh: Mesh, rule: AuthorizationRule): readonly OnTcp[] {
  if (!mayMeetTcp(mesh, rule)) return [];
  const [first, ...others] = httpClausesOf(rule, rule.operations);
  if (first === undefined) return [];
  const lostFields = (): OnTcp['fields'] => [lost(rule, first), ...others.map((clause) => lost(rule, clause))];
  const whole = allTcp(mesh, rule);
  if (whole !== undefined) return [{ fields: lostFields(), ports: whole, portsAt: undefined }];
  return rule.operations.flatMap((operation) => {
    const asked = operation.clauses.find(({ field, values }) => field === 'ports' && values.length > 0);
    const ports = asked === undefined ? undefined : allTcp(mesh, rule, operation);
    return ports === undefined || asked === undefined
      ? []
      : [{ fields: lostFields(), ports, portsAt: placeOf(asked.values, asked.valuesAt) }];
  });
}

/** Where a DENY rule loses its HTTP fields and denies every connection that the rest of it takes. */
export function denyWidened(mesh: Mesh, rule: AuthorizationRule): OnTcp | undefined {
  if (!mayMeetTcp(mesh, rule)) return undefined;
  const found = new Map<string, PolicyPort>();
  let lostFields: readonly LostField[] = [];
  const operations: readonly (Alternative | undefined)[] = rule.operations.length === 0 ? [undefined] : rule.operations;
  for (const operation of operations) {
    const own = httpClausesOf(rule, operation === undefined ? [] : [operation]).map((clause) => lost(rule, clause));
    if (own.length === 0) continue;
    const tcp = knownPortsOf(mesh, rule, operation).filter(isTcp);
    if (tcp.length > 0 && lostFields.length === 0) lostFields = own;
    for (const port of tcp) found.set(`${port.workload.namespace}/${port.workload.name}:${String(port.port)}`, port);
  }
  const [first, ...others] = found.values();
  const [field, ...more] = lostFields;
  return first === undefined || field === undefined
    ? undefined
    : { fields: [field, ...more], ports: [first, ...others], portsAt: undefined };
}

/** Whether TCP may be known to be spoken on some port of its workloads. */
function mayMeetTcp(mesh: Mesh, { policy }: AuthorizationRule): boolean {
  const { namespace } = policy.metadata;
  return mayBeTcp(mesh, namespace === mesh.rootNamespace ? undefined : namespace);
}

function allTcp(mesh: Mesh, rule: AuthorizationRule, operation?: Alternative): OnTcp['ports'] | undefined {
  const [first, ...others] = knownPortsWhile(mesh, rule, operation, isTcp) ?? [];
  return first === undefined ? undefined : [first, ...others];
}

/** For sure: by every service that leads there. */
function isTcp({ chain, ambient }: PolicyPort): boolean {
  return chain === 'tcp' && !ambient;
}

/** What a ztunnel makes of a rule: `left-out`: nothing, it never matches; `widened`: the rest of it matches more than is written. */
export interface InAmbient {
  readonly fields: readonly [LostField, ...LostField[]];
  readonly effect: 'left-out' | 'widened';
}

/**
 * A rule with fields that ztunnels do not know, where only ztunnels enforce it: a policy without targetRefs whose workloads are all ambient, or
 * in an ambient namespace where none of them is in the input. Undefined where it is enforced as it is written, or elsewhere.
 * Source: pilot/pkg/serviceregistry/ambient/authorization.go (handleRule, hasEffectiveRules).
 */
export function inAmbient(mesh: Mesh, rule: AuthorizationRule): InAmbient | undefined {
  const { policy, sources, operations, conditions } = rule;
  if (!mesh.latest(isAmbientOnly, policy)) return undefined;
  const isUnknown = (clause: Clause): boolean => isUnknownToZtunnel(clause.field, conditions.includes(clause));
  const clauses = [...operations.flatMap(clausesOf), ...sources.flatMap(clausesOf), ...conditions];
  const unknownOnes = clauses.filter(isUnknown);
  // What versions of Istio make of trust domains differs.
  if (unknownOnes.every(({ field }) => field === 'trustDomains')) return undefined;
  const [first, ...others] = unknownOnes.map((clause) => lost(rule, clause));
  if (first === undefined) return undefined;
  const isEmpty = (alternatives: readonly Alternative[]): boolean =>
    alternatives.length > 0 && alternatives.every((one) => one.clauses.every(isUnknown));
  const isAllow = (policy.spec?.action ?? 'ALLOW') === 'ALLOW';
  const leftOut = isAllow || isEmpty(operations) || isEmpty(sources) || conditions.some(isUnknown);
  return { fields: [first, ...others], effect: leftOut ? 'left-out' : 'widened' };
}

function isAmbientOnly(mesh: Mesh, policy: AuthorizationPolicy): boolean {
  if (policyScopeOf(mesh, policy) === 'targets' || isForGateways(mesh, policy)) return false;
  const workloads = workloadsTaking(mesh, policy);
  if (workloads.length > 0) {
    const isOther = (workload: Workload): boolean => takesPolicies(mesh, workload) && mesh.membershipOf(workload) !== 'ambient';
    return !workloads.some(isOther) && workloads.some((workload) => takesPolicies(mesh, workload));
  }
  // Pods may opt out by labels that only they have.
  const { namespace } = policy.metadata;
  return isAmbient(mesh, namespace) && !mayHaveSidecars(mesh, namespace);
}

function mayHaveSidecars(mesh: Mesh, namespace: string): boolean {
  return mesh
    .named('Namespace', '', namespace)
    .some(({ metadata: { labels } }) => labels['istio-injection'] !== undefined || labels['istio.io/rev'] !== undefined);
}

function clausesOf({ clauses }: Alternative): readonly Clause[] {
  return clauses;
}

function lost({ policy, index }: AuthorizationRule, { values, valuesAt, notValuesAt }: Clause): LostField {
  const at = values.length > 0 ? valuesAt : notValuesAt;
  if (at.kind !== 'node') return { name: '', at };
  const { path } = at;
  if (path[3] !== 'when') return { name: String(path.at(-1) ?? ''), at: keyAt(at) };
  const name = policy.spec?.rules?.[index]?.when?.[Number(path[4])]?.key ?? '';
  return { name, at: { ...at, path: [...path.slice(0, -1), 'key'] } };
}

/** So many ports are listed by their numbers. */
const listedPorts = 4;

/** `TCP port 5432 of "shop/db"`, `TCP ports 25, 5432 of "shop/db"`, `2 TCP ports of 2 workloads`. */
export function tcpPorts(ports: readonly PolicyPort[]): string {
  const [first] = ports;
  const workloads = new Set(ports.map(({ workload }) => workload));
  if (first === undefined || workloads.size > 1) return `${ports.length} TCP ports of ${workloads.size} workloads`;
  const { namespace, name } = first.workload;
  if (ports.length > listedPorts) return `${ports.length} TCP ports of "${namespace}/${name}"`;
  return `TCP ${ports.length === 1 ? 'port' : 'ports'} ${ports.map(({ port }) => port).join(', ')} of "${namespace}/${name}"`;
}
