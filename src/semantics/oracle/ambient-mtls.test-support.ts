import type { ResourceOf } from '../../model/resource.ts';
import { type Labels, ofKind, selects, type World } from './world.test-support.ts';

type Policy = ResourceOf<'PeerAuthentication'>;
type Taken = 'STRICT' | 'PERMISSIVE';

const ownMode = (policy: Policy | undefined): string => policy?.spec?.mtls?.mode ?? 'UNSET';
const ports = (policy: Policy | undefined): Readonly<Record<string, { readonly mode?: string | undefined }>> =>
  policy?.spec?.portLevelMtls ?? {};
const hasLabels = (policy: Policy): boolean => Object.keys(policy.spec?.selector?.matchLabels ?? {}).length > 0;
const isLax = (mode: string | undefined): boolean => mode === 'PERMISSIVE' || mode === 'DISABLE';

interface Levels {
  readonly mesh: Policy | undefined;
  readonly namespace: Policy | undefined;
  readonly workload: Policy | undefined;
}

/**
 * The oldest of each level. "A root-namespace PA with `selector: {}` is ignored by ambient outside the root namespace"; one with labels there
 * is ignored by all.
 */
function levelsOf(world: World, namespace: string, labels: Labels): Levels {
  const policies = ofKind(world, 'PeerAuthentication');
  const inRoot = namespace === world.rootNamespace;
  const own = policies.filter(({ metadata }) => metadata.namespace === namespace);
  return {
    mesh: policies.find((policy) => {
      if (policy.metadata.namespace !== world.rootNamespace) return false;
      return inRoot ? !hasLabels(policy) : policy.spec?.selector === undefined;
    }),
    namespace: inRoot ? undefined : own.find((policy) => !hasLabels(policy)),
    workload: inRoot ? undefined : own.find((policy) => hasLabels(policy) && selects(policy.spec?.selector?.matchLabels, labels)),
  };
}

/**
 * §1.2 as it is written: STRICT or not, by the nearest mode; DISABLE is as good as PERMISSIVE. Under a STRICT parent a workload policy without
 * a mode makes exceptions only where one of its ports is PERMISSIVE.
 */
function asWritten({ mesh, namespace, workload }: Levels, port: number): Taken {
  let parent: Taken = 'PERMISSIVE';
  for (const mode of [ownMode(mesh), ownMode(namespace)]) if (mode !== 'UNSET') parent = mode === 'STRICT' ? 'STRICT' : 'PERMISSIVE';
  const mode = ownMode(workload);
  const around = mode === 'UNSET' ? parent : mode === 'STRICT' ? 'STRICT' : 'PERMISSIVE';
  const entry = ports(workload)[String(port)]?.mode ?? 'UNSET';
  if (entry === 'UNSET') return around;
  if (entry === 'STRICT') return 'STRICT';
  const makesExceptions = Object.values(ports(workload)).some((one) => one.mode === 'PERMISSIVE');
  return mode === 'UNSET' && parent === 'STRICT' && !makesExceptions ? 'STRICT' : 'PERMISSIVE';
}

/**
 * What istiod makes of it (§1.2 names `ambient/authorization.go` and `ambient/policies.go`): a pod refers to the static "no plaintext", to its
 * workload policy converted into a DENY, or to neither; and a conversion reads the levels above it on its own, without those of `selector: {}`.
 */
function asGenerated(world: World, levels: Levels, port: number): Taken {
  const { mesh, namespace, workload } = levels;
  let isStrict = ownMode(mesh) === 'STRICT';
  if (ownMode(namespace) !== 'UNSET') isStrict = ownMode(namespace) === 'STRICT';
  if (workload === undefined) return isStrict ? 'STRICT' : 'PERMISSIVE';
  const mode = ownMode(workload);
  const entries = Object.entries(ports(workload));
  const parentIsStrict = isStrict;
  if (mode === 'STRICT') isStrict = true;
  if (isLax(mode)) isStrict = false;
  const some = (is: (entry: string | undefined) => boolean): boolean => entries.some(([, entry]) => is(entry.mode));
  let refers = false;
  if (mode === 'STRICT') refers = some(isLax);
  else if (isLax(mode) || !parentIsStrict) refers = some((entry) => entry === 'STRICT');
  else refers = some((entry) => entry === 'PERMISSIVE');
  if (refers && isStrict) isStrict = false;
  if (isStrict) return 'STRICT';
  return refers && converted(world, workload)(port) ? 'STRICT' : 'PERMISSIVE';
}

/** The ports on which the DENY that a workload policy becomes refuses plaintext. */
function converted(world: World, policy: Policy): (port: number) => boolean {
  const unselected = (namespace: string): Policy | undefined =>
    ofKind(world, 'PeerAuthentication').find((one) => one.metadata.namespace === namespace && one.spec?.selector === undefined);
  const above = unselected(policy.metadata.namespace);
  const root = unselected(world.rootNamespace);
  const mode = ownMode(policy);
  const rootCounts = above === undefined || ownMode(above) === 'UNSET';
  const denied: number[] = [];
  const excepted: number[] = [];
  for (const [number, entry] of Object.entries(ports(policy))) {
    if (entry.mode === 'STRICT') {
      const isCovered =
        mode === 'STRICT' || (mode === 'UNSET' && ownMode(above) === 'STRICT') || (rootCounts && ownMode(root) === 'STRICT');
      if (!isCovered) denied.push(Number(number));
    } else if (isLax(entry.mode)) {
      if (isLax(mode)) continue;
      const parentIsLax = above === undefined ? root === undefined || ownMode(root) !== 'STRICT' : ownMode(above) !== 'STRICT';
      if (mode === 'UNSET' && parentIsLax) continue;
      excepted.push(Number(number));
    }
  }
  if (mode === 'STRICT' && excepted.length === 0) return () => false;
  const isMerged = excepted.length > 0 && ((rootCounts && ownMode(root) === 'STRICT') || ownMode(above) === 'STRICT');
  // All clauses of a group must hold: plaintext, and no excepted port. Without "plaintext" the exceptions alone would refuse everybody.
  return (port) => denied.includes(port) || ((mode === 'STRICT' || isMerged) && !excepted.includes(port));
}

/** What a pod of ambient takes on a port; `unknown` where what istiod makes is not what the page says, so that versions may differ. */
export function ambientMode(world: World, namespace: string, labels: Labels, port: number): Taken | 'unknown' {
  const levels = levelsOf(world, namespace, labels);
  const written = asWritten(levels, port);
  return written === asGenerated(world, levels, port) ? written : 'unknown';
}
