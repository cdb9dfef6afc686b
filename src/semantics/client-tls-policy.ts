import type { DestinationRule, RuleChoice } from '../graph/destination-rules.ts';
import { below, missingAt, type Place } from '../model/place.ts';

type TrafficPolicy = NonNullable<DestinationRule['spec']['trafficPolicy']>;
type PortPolicy = NonNullable<TrafficPolicy['portLevelSettings']>[number];
export type ClientTlsSettings = NonNullable<TrafficPolicy['tls']>;
export type ClientTlsMode = NonNullable<ClientTlsSettings['mode']>;

/** A `tls` block and where it stands. */
export interface TlsBlock {
  readonly settings: ClientTlsSettings;
  /** One that writes no mode is DISABLE. */
  readonly mode: ClientTlsMode;
  /** The mode. */
  readonly at: Place;
}

/** What a DestinationRule says about connections to one port of a host, or of one of its subsets. */
export interface PortTrafficPolicy {
  /** The block that counts; undefined: none, the client decides itself. */
  readonly tls: TlsBlock | undefined;
  /** An entry of portLevelSettings without `tls`, and the block that it takes away from this port. */
  readonly erased: { readonly entry: Place; readonly tls: TlsBlock } | undefined;
  /**
   * The block from which endpoints are marked as taking mutual TLS. It is looked for only where the endpoints are asked for: in the
   * rule itself or in the subset itself, and an entry for the port without `tls` does not take it away.
   */
  readonly ofEndpoints: TlsBlock | undefined;
  /** `loadBalancer.simple: PASSTHROUGH`: connects to the address that the application asked for. */
  readonly originalDestination: Place | undefined;
  /** The same, read as a sign that one endpoint without mutual TLS turns it off for all: only at the top of rule or subset. */
  readonly allOrNothing: Place | undefined;
}

interface Written {
  readonly policy: TrafficPolicy;
  readonly at: Place;
}

/**
 * subset's entry for the port, else the subset's own, else the rule's entry for the port, else the rule's own; an entry for the port
 * replaces the whole level above it, and what it leaves out is gone.
 * Source: pilot/pkg/networking/util/util.go (GetPortLevelTrafficPolicy, MergeSubsetTrafficPolicy), pilot/pkg/networking/core/
 * cluster_builder.go (applyDestinationRule, buildSubsetCluster), pilot/pkg/xds/endpoints/mtls_checker.go (tlsModeForDestinationRule).
 */
export function portPolicyOf({ policy, subset }: RuleChoice, port: number): PortTrafficPolicy {
  const ofRule = policy === undefined ? undefined : written(policy.spec.trafficPolicy, policy, ['spec', 'trafficPolicy']);
  const ofSubset =
    subset === undefined
      ? undefined
      : written(subset.rule.spec.subsets?.[subset.index]?.trafficPolicy, subset.rule, ['spec', 'subsets', subset.index, 'trafficPolicy']);

  const outer = level(ofRule, port);
  const inner = level(ofSubset, port);
  const asked = subset === undefined ? outer : inner;
  return {
    tls: inner.entry === undefined ? (inner.tls ?? outer.tls) : inner.tls,
    erased: erasure(inner, outer),
    ofEndpoints: inner.tls ?? inner.own ?? outer.tls ?? outer.own,
    // The cluster of the host passes its kind on to the clusters of its subsets, even where these balance otherwise.
    originalDestination: inner.ownPassthrough ?? inner.passthrough ?? outer.passthrough,
    allOrNothing: asked.ownPassthrough,
  };
}

interface Level {
  /** The entry for the port; where there is one, nothing of what stands around it counts. */
  readonly entry: Place | undefined;
  /** What the level says for the port. */
  readonly tls: TlsBlock | undefined;
  /** What it says outside of portLevelSettings. */
  readonly own: TlsBlock | undefined;
  readonly passthrough: Place | undefined;
  readonly ownPassthrough: Place | undefined;
}

const nothing: Level = { entry: undefined, tls: undefined, own: undefined, passthrough: undefined, ownPassthrough: undefined };

function level(from: Written | undefined, port: number): Level {
  if (from === undefined) return nothing;
  const { policy, at } = from;
  const own = blockOf(policy, at);
  const ownPassthrough = passthroughOf(policy, at);
  const index = policy.portLevelSettings?.findIndex((candidate) => candidate.port?.number === port) ?? -1;
  const entry = index < 0 ? undefined : policy.portLevelSettings?.[index];
  if (entry === undefined) return { entry: undefined, tls: own, own, passthrough: ownPassthrough, ownPassthrough };
  const entryAt = below(at, 'portLevelSettings', index);
  return { entry: entryAt, tls: blockOf(entry, entryAt), own, passthrough: passthroughOf(entry, entryAt), ownPassthrough };
}

function erasure(inner: Level, outer: Level): PortTrafficPolicy['erased'] {
  if (inner.entry !== undefined) {
    const lost = inner.own ?? outer.tls;
    if (inner.tls !== undefined) return undefined;
    if (lost !== undefined) return { entry: inner.entry, tls: lost };
  }
  if (inner.tls !== undefined || outer.tls !== undefined || outer.entry === undefined || outer.own === undefined) return undefined;
  return { entry: outer.entry, tls: outer.own };
}

function written(policy: TrafficPolicy | undefined, resource: DestinationRule, path: readonly (string | number)[]): Written | undefined {
  return policy === undefined ? undefined : { policy, at: { kind: 'node', resource, path, part: 'value' } };
}

function blockOf({ tls }: TrafficPolicy | PortPolicy, at: Place): TlsBlock | undefined {
  if (tls === undefined) return undefined;
  const modeAt = below(at, 'tls', 'mode');
  return { settings: tls, mode: tls.mode ?? 'DISABLE', at: tls.mode === undefined ? missingAt(modeAt) : modeAt };
}

function passthroughOf({ loadBalancer }: TrafficPolicy | PortPolicy, at: Place): Place | undefined {
  return loadBalancer?.simple === 'PASSTHROUGH' ? below(at, 'loadBalancer', 'simple') : undefined;
}
