import type { Answer } from '../graph/answer.ts';
import { oneOf, outcomes, unknown } from '../graph/answer.ts';
import { type ReachingPart, reachInDoubt } from '../graph/doubtful-reach.ts';
import { isGatewayPod } from '../graph/gateway-pods.ts';
import { reachesPolicies } from '../graph/inbound-ports.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { PeerAuthentication } from '../graph/peer-authentications.ts';
import type { Workload, WorkloadPort } from '../graph/workloads.ts';
import { doubtAt, type DoubtReason } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import { ambientMtlsOf } from './ambient-mtls.ts';
import { type MtlsDecision, type MtlsMode, orNone, ownMode, portMode } from './mtls-modes.ts';

const selectingOnly: readonly ReachingPart[] = ['selecting'];

const byDefault: MtlsDecision = { mode: 'PERMISSIVE', level: 'default' };

/**
 * The mode of a workload's port (the container's), declared or not: port, workload, namespace, mesh; the first level with a mode
 * that is set decides, and of each level only the oldest policy counts, with all its ports.
 * Of ambient workloads: STRICT or PERMISSIVE, as ztunnels take it. Unknown where versions of Istio differ there, and where a value decides that
 * is not known.
 * Source: pilot/pkg/security/authn/policy_applier.go, ComposePeerAuthentication.
 */
export function mtlsModeOf(mesh: Mesh, workload: Workload, port: number): Answer<MtlsDecision> {
  const isAmbient = mesh.membershipOf(workload) === 'ambient';
  const reach = reachInDoubt(mesh, 'PeerAuthentication', workload, isAmbient ? undefined : selectingOnly);
  if (reach !== undefined) return unknown(reach);
  if (isAmbient) return ambientMtlsOf(mesh, workload, port);
  const { workload: selecting } = mesh.peerAuthentications.levelsFor(workload.namespace, workload.labels);
  const decisions: MtlsDecision[] = [];
  // Where a level holds several policies any of them may be the oldest.
  for (const own of orNone(selecting)) {
    const doubt = own === undefined ? undefined : doubtOfPort(own, port);
    if (doubt !== undefined) return unknown(doubt);
    const near = own === undefined ? undefined : (portMode(own, port) ?? ownMode(own, 'workload'));
    if (near !== undefined) {
      add(decisions, near);
      continue;
    }
    const plain = reachInDoubt(mesh, 'PeerAuthentication', workload, ['plain']);
    if (plain !== undefined) return unknown(plain);
    const above = mesh.deriveFor(modeForNamespace, workload.namespace);
    if (above.kind === 'unknown' || own === undefined) return above;
    for (const decision of outcomes(above)) add(decisions, decision);
  }
  const [first = byDefault, ...others] = decisions;
  return oneOf(first, ...others);
}

/** What policies without a selector say, for any port. */
function modeForNamespace(mesh: Mesh, namespace: string): Answer<MtlsDecision> {
  const levels = mesh.peerAuthentications.levelsFor(namespace, {});
  const decisions: MtlsDecision[] = [];
  for (const inNamespace of orNone(levels.namespace)) {
    const ofNamespace = inNamespace === undefined ? undefined : doubtAt(inNamespace, 'spec', 'mtls');
    if (ofNamespace !== undefined) return unknown(ofNamespace);
    const byNamespace = inNamespace === undefined ? undefined : ownMode(inNamespace, 'namespace');
    if (byNamespace !== undefined) {
      add(decisions, byNamespace);
      continue;
    }
    for (const inMesh of orNone(levels.mesh)) {
      const ofMesh = inMesh === undefined ? undefined : doubtAt(inMesh, 'spec', 'mtls');
      if (ofMesh !== undefined) return unknown(ofMesh);
      add(decisions, (inMesh === undefined ? undefined : ownMode(inMesh, 'mesh')) ?? byDefault);
    }
  }
  const [first = byDefault, ...others] = decisions;
  return oneOf(first, ...others);
}

function add(decisions: MtlsDecision[], decision: MtlsDecision): void {
  if (!decisions.some((known) => known.policy === decision.policy && known.level === decision.level)) decisions.push(decision);
}

/** Why it is not known which mode a policy for workloads sets for a port. */
function doubtOfPort(policy: PeerAuthentication, port: number): DoubtReason | undefined {
  const ofEntry = doubtAt(policy, 'spec', 'portLevelMtls', String(port));
  if (ofEntry !== undefined || portMode(policy, port) !== undefined) return ofEntry;
  // A key that is a placeholder may be this port.
  return doubtAt(policy, 'spec', 'portLevelMtls') ?? doubtAt(policy, 'spec', 'mtls');
}

/** A mode that a policy writes, and what comes of it in the mesh that is known. */
export interface WrittenMode {
  readonly policy: PeerAuthentication;
  readonly level: 'port' | 'workload' | 'namespace' | 'mesh';
  readonly mode: MtlsMode;
  /** The port of a port entry. */
  readonly port?: number;
  readonly at: Place;
  /**
   * Declared ports of known workloads in the mesh that this entry decides, at least in one order of creation, with some of those that may as
   * well. Not for STRICT, of which nobody asks it.
   */
  readonly decides: readonly { readonly port: WorkloadPort; readonly rivals: readonly PeerAuthentication[] }[];
  /** No known workload (or, without any, namespace) in its reach is decided by it. */
  readonly overridden: boolean;
  /** The nearest entry that would decide in its place, where that is STRICT in every order of creation: this one weakens it. */
  readonly weakens: MtlsDecision | undefined;
}

/** The modes that a policy writes, except UNSET; none if Istio ignores it (a selector in the root namespace). */
export function writtenModes(mesh: Mesh, policy: PeerAuthentication): readonly WrittenMode[] {
  return mesh.derive(computeWrittenModes).get(policy) ?? [];
}

type Decided = WrittenMode['decides'][number];

const keyOf = (level: string, port: number | undefined): string => (port === undefined ? level : `port ${String(port)}`);

/** So many policies are named that may decide as well. */
const mostRivals = 16;

function computeWrittenModes(mesh: Mesh): ReadonlyMap<PeerAuthentication, readonly WrittenMode[]> {
  /** What entries decide; an entry for a port also decides ports that no container declares, which are not listed. */
  const reached = new Map<PeerAuthentication, Map<string, Decided[]>>();
  const reachOf = (policy: PeerAuthentication, key: string): Decided[] => {
    let ofPolicy = reached.get(policy);
    if (ofPolicy === undefined) reached.set(policy, (ofPolicy = new Map<string, Decided[]>()));
    let reach = ofPolicy.get(key);
    if (reach === undefined) ofPolicy.set(key, (reach = []));
    return reach;
  };
  const namespacesWithWorkloads = new Set<string>();
  let anyInMesh = false;
  const selected = new Set<PeerAuthentication>();
  /** Of these it is not known what they decide. */
  const undecided = new Set<PeerAuthentication>();

  for (const workload of mesh.workloads) {
    namespacesWithWorkloads.add(workload.namespace);
    const levels = mesh.peerAuthentications.levelsFor(workload.namespace, workload.labels);
    for (const policy of levels.workload) selected.add(policy);
    // Pods without a proxy take no policy, and what gateways take their Gateways say: a policy that reaches only such pods opens nothing.
    if (!takesPolicies(mesh, workload)) continue;
    anyInMesh = true;
    const note = (answer: Answer<MtlsDecision>, number: number, port: WorkloadPort | undefined): void => {
      if (answer.kind === 'unknown') for (const policy of [...levels.mesh, ...levels.namespace, ...levels.workload]) undecided.add(policy);
      const decisions = outcomes(answer);
      // One more than are named, since none is a rival of itself.
      const few = decisions.flatMap(({ policy }) => policy ?? []).slice(0, mostRivals + 1);
      for (const { policy, level, mode } of decisions) {
        if (policy === undefined) continue;
        const reach = reachOf(policy, keyOf(level, level === 'port' ? number : undefined));
        if (port !== undefined && mode !== 'STRICT')
          reach.push({ port, rivals: few.filter((other) => other !== policy).slice(0, mostRivals) });
      }
    };
    for (const port of workload.ports) {
      if (reachesPolicies(mesh, workload, port.number)) note(mtlsModeOf(mesh, workload, port.number), port.number, port);
    }
    const declared = new Set(workload.ports.map(({ number }) => number));
    const named = new Set(levels.workload.flatMap((policy) => Object.keys(policy.spec?.portLevelMtls ?? {}).map(Number)));
    for (const number of named) if (!declared.has(number)) note(mtlsModeOf(mesh, workload, number), number, undefined);
    // Port 0 stands for every port that is not named: undeclared ones are decided too.
    if (workload.ports.length === 0) note(mtlsModeOf(mesh, workload, 0), 0, undefined);
  }

  const written = new Map<PeerAuthentication, WrittenMode[]>();
  for (const policy of mesh.of('PeerAuthentication')) {
    const scope = mesh.peerAuthentications.scopeOf(policy);
    if (scope === 'ignored') continue;
    const own = ownMode(policy, scope);
    const ports = scope === 'workload' ? Object.keys(policy.spec?.portLevelMtls ?? {}) : [];
    const entries = [...(own === undefined ? [] : [own]), ...ports.flatMap((port) => portMode(policy, Number(port)) ?? [])];
    for (const { mode, level, at } of entries) {
      if (at === undefined || level === 'default') continue;
      const port = level === 'port' && at.kind === 'node' ? Number(at.path[2]) : undefined;
      const reach = reached.get(policy)?.get(keyOf(level, port));
      const ofScope = {
        workload: selected.has(policy),
        namespace: namespacesWithWorkloads.has(policy.metadata.namespace),
        mesh: anyInMesh,
      };
      const known = ofScope[scope];
      const overridden = undecided.has(policy) ? false : known ? reach === undefined : scope === 'mesh' && everyNamespaceOverrides(mesh);
      const ofPolicy = written.get(policy) ?? [];
      written.set(policy, ofPolicy);
      const weakens = parentOf(mesh, policy, level);
      ofPolicy.push({
        policy,
        level,
        mode,
        at,
        decides: reach ?? [],
        overridden,
        weakens,
        ...(port === undefined ? {} : { port }),
      });
    }
  }
  return written;
}

/** Whether PeerAuthentications say what the pods accept; not known without their Namespace, and then taken to be so. */
export function takesPolicies(mesh: Mesh, workload: Workload): boolean {
  return mesh.membershipOf(workload) !== 'none' && !isGatewayPod(mesh, workload);
}

/** Undefined as well where the parent is not strict. */
function parentOf(mesh: Mesh, policy: PeerAuthentication, level: WrittenMode['level']): MtlsDecision | undefined {
  const inNamespace = mesh.peerAuthentications.levelsFor(policy.metadata.namespace, {});
  const own = level === 'port' ? ownMode(policy, 'workload') : undefined;
  if (own !== undefined) return own.mode === 'STRICT' ? own : undefined;
  for (const above of ['namespace', 'mesh'] as const) {
    if (level === 'mesh' || level === above) continue;
    const modes = inNamespace[above].map((parent) => ownMode(parent, above));
    const [first] = modes;
    if (modes.every((mode) => mode === undefined)) continue;
    return modes.every((mode) => mode?.mode === 'STRICT') ? first : undefined;
  }
  return undefined;
}

/** No workload is known: then each namespace of the input stands for its workloads. */
function everyNamespaceOverrides(mesh: Mesh): boolean {
  const namespaces = mesh.derive(applicationNamespaces);
  if (namespaces.size === 0) return false;
  for (const namespace of namespaces) {
    const policies = mesh.peerAuthentications.levelsFor(namespace, {}).namespace;
    if (!policies.some((policy) => ownMode(policy, 'namespace') !== undefined)) return false;
  }
  return true;
}

function applicationNamespaces(mesh: Mesh): ReadonlySet<string> {
  const names = new Set<string>();
  for (const kind of ['Namespace', 'Service', 'PeerAuthentication', 'AuthorizationPolicy', 'DestinationRule', 'VirtualService'] as const) {
    for (const { metadata } of mesh.of(kind)) names.add(kind === 'Namespace' ? metadata.name : metadata.namespace);
  }
  names.delete(mesh.rootNamespace);
  return names;
}
