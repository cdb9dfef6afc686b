import type { Place, Placeable } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { SelectorIndex } from './selectors.ts';

export type PeerAuthentication = ResourceOf<'PeerAuthentication'>;

/**
 * - `mesh`: without selector, in the root namespace.
 * - `namespace`: without selector.
 * - `workload`: with a selector.
 * - `ignored`: with a selector in the root namespace: no workload takes it, not even there.
 */
export type PeerAuthenticationScope = 'mesh' | 'namespace' | 'workload' | 'ignored';

/** The policies that may decide for one workload; where a level holds several, the oldest one decides alone. */
export interface PeerAuthenticationLevels {
  readonly mesh: readonly PeerAuthentication[];
  readonly namespace: readonly PeerAuthentication[];
  readonly workload: readonly PeerAuthentication[];
}

export interface PeerAuthenticationIndex {
  levelsFor(namespace: string, labels: Readonly<Record<string, string>>): PeerAuthenticationLevels;
}

export interface PeerAuthentications extends PeerAuthenticationIndex {
  scopeOf(policy: PeerAuthentication): PeerAuthenticationScope;
}

function selectorOf(policy: PeerAuthentication): Readonly<Record<string, string>> {
  return policy.spec?.selector?.matchLabels ?? {};
}

export function peerAuthenticationScope(policy: PeerAuthentication, rootNamespace: string): PeerAuthenticationScope {
  const inRoot = policy.metadata.namespace === rootNamespace;
  if (Object.keys(selectorOf(policy)).length === 0) return inRoot ? 'mesh' : 'namespace';
  return inRoot ? 'ignored' : 'workload';
}

const none: readonly PeerAuthentication[] = [];

/** Source: pilot/pkg/model/authentication.go and pilot/pkg/security/authn/policy_applier.go (ComposePeerAuthentication). */
export function createPeerAuthentications(all: readonly PeerAuthentication[], rootNamespace: string): PeerAuthenticationIndex {
  const unselected = new Map<string, PeerAuthentication[]>();
  const selecting = new Map<string, SelectorIndex<PeerAuthentication>>();

  for (const policy of all) {
    const { namespace } = policy.metadata;
    const scope = peerAuthenticationScope(policy, rootNamespace);
    if (scope === 'ignored') continue;
    if (scope === 'workload') {
      const index = selecting.get(namespace) ?? new SelectorIndex<PeerAuthentication>();
      selecting.set(namespace, index);
      index.add(selectorOf(policy), policy);
    } else {
      const known = unselected.get(namespace);
      if (known === undefined) unselected.set(namespace, [policy]);
      else known.push(policy);
    }
  }

  return {
    levelsFor(namespace, labels) {
      return {
        mesh: unselected.get(rootNamespace) ?? none,
        namespace: namespace === rootNamespace ? none : (unselected.get(namespace) ?? none),
        workload: selecting.get(namespace)?.matching(labels) ?? none,
      };
    },
  };
}

/** A number for each resource: names may be unknown or shared, and where a resource stands changes when something is put in front of it. */
const numbers = new WeakMap<Placeable, number>();
let counted = 0;

/** Key of what is decided at a place of a policy, for findings that follow from one and the same mode. Of use only while the policy is the same. */
export function decisionKey(place: Place): string | undefined {
  if (place.kind === 'text') return undefined;
  const number = numbers.get(place.resource) ?? (counted += 1);
  numbers.set(place.resource, number);
  return `mode ${number} ${place.path.join('/')}`;
}
