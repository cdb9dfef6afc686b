import { type Answer, oneOf, unknown } from '../graph/answer.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { PeerAuthentication } from '../graph/peer-authentications.ts';
import type { Workload } from '../graph/workloads.ts';
import { doubtAt, type DoubtReason } from '../model/doubt.ts';
import { type MtlsDecision, orNone, ownMode, portMode } from './mtls-modes.ts';

/**
 * What decides whether plaintext is taken on a port of an ambient workload. ztunnels always take HBONE, so that DISABLE turns nothing off: it is
 * PERMISSIVE here, and STRICT refuses what comes without an identity. Different from sidecars:
 * - a policy of the root namespace with an empty selector is for its own namespace only;
 * - port entries with DISABLE under a STRICT parent make no exception, unless the policy has a mode itself or another port is PERMISSIVE.
 *
 * Source: pilot/pkg/serviceregistry/ambient/authorization.go, convertedSelectorPeerAuthentications and convertPeerAuthentication.
 */
export function ambientMtlsOf(mesh: Mesh, workload: Workload, port: number): Answer<MtlsDecision> {
  const { namespace, labels } = workload;
  const levels = mesh.peerAuthentications.levelsFor(namespace, labels);
  const ofMesh = levels.mesh.filter(({ spec }) => spec?.selector === undefined || namespace === mesh.rootNamespace);
  const seen = levels.namespace.filter(({ spec }) => spec?.selector === undefined);
  const decisions: MtlsDecision[] = [];
  for (const own of orNone(levels.workload)) {
    for (const inNamespace of orNone(levels.namespace)) {
      // What looks at port entries knows no policies with an empty selector.
      for (const beside of inNamespace !== undefined && seen.includes(inNamespace) ? [inNamespace] : orNone(seen)) {
        for (const inMesh of orNone(ofMesh)) {
          const oldest = { own, inNamespace, beside, inMesh };
          const doubt = doubtOf(oldest);
          if (doubt !== undefined) return unknown(doubt);
          const decision = decide(oldest, port);
          if (decision === undefined) return unknown(versionsDiffer);
          const isKnown = decisions.some((known) => known.policy === decision.policy && known.level === decision.level);
          if (!isKnown) decisions.push(decision);
        }
      }
    }
  }
  const [first = byDefault, ...others] = decisions;
  return oneOf(first, ...others);
}

const versionsDiffer = 'versions of Istio differ about a port-level mode in an ambient mesh';

const byDefault: MtlsDecision = { mode: 'PERMISSIVE', level: 'default' };

/** The oldest of each level; `beside` is that of the namespace among those without a selector. */
interface Oldest {
  readonly own: PeerAuthentication | undefined;
  readonly inNamespace: PeerAuthentication | undefined;
  readonly beside: PeerAuthentication | undefined;
  readonly inMesh: PeerAuthentication | undefined;
}

/** Why it is not known which modes decide: those of all levels, but for a workload policy that says all by itself. */
function doubtOf({ own, inNamespace, beside, inMesh }: Oldest): DoubtReason | undefined {
  const ofOwn = own === undefined ? undefined : (doubtAt(own, 'spec', 'mtls') ?? doubtAt(own, 'spec', 'portLevelMtls'));
  if (ofOwn !== undefined) return ofOwn;
  if (own !== undefined && ownMode(own, 'workload') !== undefined && own.spec?.portLevelMtls === undefined) return undefined;
  for (const policy of [inNamespace, beside, inMesh]) {
    const doubt = policy === undefined ? undefined : doubtAt(policy, 'spec', 'mtls');
    if (doubt !== undefined) return doubt;
  }
  return undefined;
}

/** Undefined: versions differ. */
function decide({ own, inNamespace, beside, inMesh }: Oldest, port: number): MtlsDecision | undefined {
  const ofMesh = inMesh === undefined ? undefined : ownMode(inMesh, 'mesh');
  const ofNamespace = inNamespace === undefined ? undefined : ownMode(inNamespace, 'namespace');
  const parent = asTaken(ofNamespace ?? ofMesh ?? byDefault);
  if (own === undefined) return parent;
  const ofWorkload = ownMode(own, 'workload');
  const ofPort = portMode(own, port);
  const whole = ofWorkload === undefined ? parent : asTaken(ofWorkload);
  const modes = Object.values(own.spec?.portLevelMtls ?? {}).map((entry) => entry.mode ?? 'UNSET');
  if (whole.mode === 'PERMISSIVE') {
    if (ofPort?.mode !== 'STRICT') return ofPort === undefined ? whole : asTaken(ofPort);
    // A strict mesh is taken for the parent where no mode of the namespace is seen, whatever the policy itself says.
    const isSeen = beside !== undefined && ownMode(beside, 'namespace') !== undefined;
    return ofMesh?.mode === 'STRICT' && !isSeen ? undefined : ofPort;
  }
  if (ofWorkload !== undefined) return ofPort === undefined ? whole : asTaken(ofPort);
  // Under a strict parent only PERMISSIVE makes exceptions; with one, DISABLE makes them too.
  if (!modes.includes('PERMISSIVE')) return whole;
  const strict = beside === undefined ? ofMesh : ownMode(beside, 'namespace');
  const taken = ofPort === undefined ? whole : asTaken(ofPort);
  // Where the strict parent is not seen, the exceptions are lost, and with them the refusal.
  return strict?.mode !== 'STRICT' && taken.mode === 'STRICT' ? undefined : taken;
}

function asTaken(decision: MtlsDecision): MtlsDecision {
  return decision.mode === 'DISABLE' ? { ...decision, mode: 'PERMISSIVE' } : decision;
}
