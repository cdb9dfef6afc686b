import type { PeerAuthentication } from '../graph/peer-authentications.ts';
import type { Place } from '../model/place.ts';

/** What a sidecar accepts on a port: mTLS only, both, or plaintext only. */
export type MtlsMode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** A mode and what decided it. */
export interface MtlsDecision {
  readonly mode: MtlsMode;
  /** The level whose entry decided; `default`: none did, and Istio accepts both. */
  readonly level: 'port' | 'workload' | 'namespace' | 'mesh' | 'default';
  readonly policy?: PeerAuthentication;
  /** The deciding `mode`. */
  readonly at?: Place;
}

/** The candidates for the oldest of a level, or that there is none. */
export function orNone<T>(candidates: readonly T[]): readonly (T | undefined)[] {
  return candidates.length === 0 ? [undefined] : candidates;
}

/** The mode that a policy sets for all ports of what it is for; UNSET is not set. */
export function ownMode(policy: PeerAuthentication, level: 'workload' | 'namespace' | 'mesh'): MtlsDecision | undefined {
  const mode = policy.spec?.mtls?.mode;
  if (mode === undefined || mode === 'UNSET') return undefined;
  return { mode, level, policy, at: { kind: 'node', resource: policy, path: ['spec', 'mtls', 'mode'], part: 'value' } };
}

/** The mode that a policy sets for one port of the container; UNSET is not set. */
export function portMode(policy: PeerAuthentication, port: number): MtlsDecision | undefined {
  const ports = policy.spec?.portLevelMtls;
  const key = String(port);
  if (ports === undefined || !Object.hasOwn(ports, key)) return undefined;
  const mode = ports[key]?.mode;
  if (mode === undefined || mode === 'UNSET') return undefined;
  return {
    mode,
    level: 'port',
    policy,
    at: { kind: 'node', resource: policy, path: ['spec', 'portLevelMtls', key, 'mode'], part: 'value' },
  };
}
