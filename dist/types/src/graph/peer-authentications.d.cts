import type { Place } from '../model/place.cjs';
import type { ResourceOf } from '../model/resource.cjs';
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
export declare function peerAuthenticationScope(policy: PeerAuthentication, rootNamespace: string): PeerAuthenticationScope;
/** Source: pilot/pkg/model/authentication.go and pilot/pkg/security/authn/policy_applier.go (ComposePeerAuthentication). */
export declare function createPeerAuthentications(all: readonly PeerAuthentication[], rootNamespace: string): PeerAuthenticationIndex;
/** Key of what is decided at a place of a policy, for findings that follow from one and the same mode. Of use only while the policy is the same. */
export declare function decisionKey(place: Place): string | undefined;
