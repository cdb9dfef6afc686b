import { type Pod, type Proxy, type World } from './world.test-support.ts';
import { destinationRule, podsOfSubset } from './destination-rule.test-support.ts';
import { membershipOf } from './injection.test-support.ts';
import { namespaceMode, portMode } from './peer-authentication.test-support.ts';
import { type Registered, serviceFor } from './visibility.test-support.ts';
import type { ResourceOf } from '../../model/resource.ts';

type TrafficPolicy = NonNullable<ResourceOf<'DestinationRule'>['spec']['trafficPolicy']>;
type Tls = NonNullable<TrafficPolicy['tls']>;

export interface ClientTls {
  readonly mode: 'auto' | 'DISABLE' | 'ISTIO_MUTUAL' | 'SIMPLE' | 'MUTUAL' | 'no-cluster';
  readonly rule: string | undefined;
  /** What goes over the wire where mode is auto. */
  readonly wire: 'mtls' | 'plaintext' | 'mixed' | 'none' | undefined;
}

/** §1.4: the TLS of a client for a port (of the service) of a host, and a subset of it. */
export function clientTls(world: World, proxy: Proxy, host: string, port: number, subset: string | undefined): ClientTls {
  const service = serviceFor(world, proxy, host);
  const rule = destinationRule(world, proxy, host);
  const part = subset === undefined ? undefined : rule?.subsets.find(({ name }) => name === subset);
  if (service?.ports.every(({ number }) => number !== port) !== false || (subset !== undefined && part === undefined))
    return { mode: 'no-cluster', rule: undefined, wire: undefined };
  const name = rule?.mergedFrom[0];
  const block = blockOf(rule?.trafficPolicy, part?.trafficPolicy, port);
  const pods = podsOfSubset(world, proxy, host, part?.labels);
  if (block.kind === 'tls')
    return { mode: effectiveMode(block.tls, proxy, rule?.workloadSelector !== undefined), rule: name, wire: undefined };
  // "plaintext if service is mesh-external, enableAutoMtls=false, or namespace/mesh-level mode of the service namespace is DISABLE"
  const isPlain = service.isExternal || !world.autoMtls || namespaceMode(world, service.namespace) === 'DISABLE';
  if (isPlain) return { mode: 'DISABLE', rule: name, wire: undefined };
  if (block.kind === 'auto') return { mode: 'auto', rule: name, wire: autoWire(world, service, pods, port) };
  const wires = pods.map((pod) => block.outer === 'ISTIO_MUTUAL' && membershipOf(world, pod) === 'sidecar');
  return { mode: 'auto', rule: name, wire: together(wires) };
}

type Block =
  { readonly kind: 'tls'; readonly tls: Tls } | { readonly kind: 'erased'; readonly outer: Tls['mode'] } | { readonly kind: 'auto' };

/** "TLS block used = subset.portLevel[port] else subset.tls else DR.portLevel[port] else DR.tls"; a port's entry replaces the whole block. */
function blockOf(rule: TrafficPolicy | undefined, subset: TrafficPolicy | undefined, port: number): Block {
  const entryOf = (policy: TrafficPolicy | undefined) => policy?.portLevelSettings?.find((entry) => entry.port?.number === port);
  const fromEntry = (tls: Tls | undefined, outer: Tls | undefined): Block => {
    if (tls !== undefined) return { kind: 'tls', tls };
    return outer === undefined ? { kind: 'auto' } : { kind: 'erased', outer: outer.mode ?? 'DISABLE' };
  };
  const subsetEntry = entryOf(subset);
  // What an entry erases is the block that would count without it.
  if (subsetEntry !== undefined) return fromEntry(subsetEntry.tls, subset?.tls ?? entryOf(rule)?.tls ?? rule?.tls);
  if (subset?.tls !== undefined) return { kind: 'tls', tls: subset.tls };
  const entry = entryOf(rule);
  if (entry !== undefined) return fromEntry(entry.tls, rule?.tls);
  return rule?.tls === undefined ? { kind: 'auto' } : { kind: 'tls', tls: rule.tls };
}

/** "No TLS block ⇒ auto". */
function autoWire(world: World, service: Registered, pods: readonly Pod[], port: number): ClientTls['wire'] {
  const target = service.ports.find(({ number }) => number === port)?.target;
  return together(
    pods.map((pod) => {
      const number = typeof target === 'number' ? target : pod.containerPorts.find(({ name }) => name === target)?.number;
      if (membershipOf(world, pod) !== 'sidecar') return false;
      return number === undefined || portMode(world, pod.namespace, pod.labels, number).mode !== 'DISABLE';
    }),
  );
}

function together(isMtls: readonly boolean[]): ClientTls['wire'] {
  if (isMtls.length === 0) return 'none';
  if (isMtls.every(Boolean)) return 'mtls';
  return isMtls.some(Boolean) ? 'mixed' : 'plaintext';
}

/** "credentialName … on a sidecar without workloadSelector ⇒ plaintext; MUTUAL without certificates and credentialName ⇒ plaintext as well". */
function effectiveMode(tls: Tls, proxy: Proxy, isSelective: boolean): ClientTls['mode'] {
  const mode = tls.mode ?? 'DISABLE';
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return mode;
  const credential = tls.credentialName;
  if (credential !== undefined) {
    const isRead = proxy.isGateway || isSelective || credential.startsWith('configmap://');
    return isRead ? mode : 'DISABLE';
  }
  if (mode === 'MUTUAL' && (tls.clientCertificate === undefined || tls.privateKey === undefined)) return 'DISABLE';
  return mode;
}
