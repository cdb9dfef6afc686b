import { nameOf, ofKind, type Labels, selects, type World } from './world.test-support.ts';

export type Mode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

export interface PortMode {
  readonly mode: Mode;
  /** The policy whose value it is; undefined where none has one. */
  readonly decider: string | undefined;
  readonly level: 'mesh' | 'namespace' | 'workload' | 'port' | 'default';
}

interface Levels {
  readonly mesh: Policy | undefined;
  readonly namespace: Policy | undefined;
  readonly workload: Policy | undefined;
}

type Policy = ReturnType<typeof ofKind<'PeerAuthentication'>>[number];

function isUnselective(policy: Policy): boolean {
  return Object.keys(policy.spec?.selector?.matchLabels ?? {}).length === 0;
}

/** §1.1: the oldest of each scope. One with a selector in the root namespace has none. */
function levelsOf(world: World, namespace: string, labels: Labels): Levels {
  const policies = ofKind(world, 'PeerAuthentication');
  const inNamespace = (name: string) => policies.filter(({ metadata }) => metadata.namespace === name);
  return {
    mesh: inNamespace(world.rootNamespace).find(isUnselective),
    namespace: namespace === world.rootNamespace ? undefined : inNamespace(namespace).find(isUnselective),
    workload:
      namespace === world.rootNamespace
        ? undefined
        : inNamespace(namespace).find((policy) => !isUnselective(policy) && selects(policy.spec?.selector?.matchLabels, labels)),
  };
}

/** §1.1: mesh, then namespace, then workload, each where it has a mode; then the port of the one workload policy. */
export function portMode(world: World, namespace: string, labels: Labels, port: number): PortMode {
  const levels = levelsOf(world, namespace, labels);
  let answer: PortMode = { mode: 'PERMISSIVE', decider: undefined, level: 'default' };
  for (const level of ['mesh', 'namespace', 'workload'] as const) {
    const policy = levels[level];
    const mode = policy?.spec?.mtls?.mode;
    if (policy !== undefined && mode !== undefined && mode !== 'UNSET') answer = { mode, decider: nameOf(policy), level };
  }
  const own = levels.workload?.spec?.portLevelMtls?.[String(port)]?.mode;
  if (levels.workload !== undefined && own !== undefined && own !== 'UNSET')
    return { mode: own, decider: nameOf(levels.workload), level: 'port' };
  return answer;
}

/** §1.4: what clients look at first: the mode of namespace and mesh, whatever the workload says. */
export function namespaceMode(world: World, namespace: string): Mode {
  const { mesh, namespace: own } = levelsOf(world, namespace, {});
  const ownMode = own?.spec?.mtls?.mode;
  if (ownMode !== undefined && ownMode !== 'UNSET') return ownMode;
  const meshMode = mesh?.spec?.mtls?.mode;
  return meshMode === undefined || meshMode === 'UNSET' ? 'PERMISSIVE' : meshMode;
}
