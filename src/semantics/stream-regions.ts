import { resolveGateway } from '../graph/claims.ts';
import type { ResourceOf } from '../model/resource.ts';
import type { Condition, Region } from './cover.ts';

type VirtualService = ResourceOf<'VirtualService'>;

/** What a tls or tcp route of a VirtualService takes. */
export interface StreamRegions {
  readonly index: number;
  readonly regions: readonly Region[];
  /** Whether it is known for what it is. */
  readonly takes: boolean;
}

/** Envoy prefers the most specific SNI, whatever the order: only the very same host is hidden. */
export function tlsRegions(virtualService: VirtualService): readonly StreamRegions[] {
  return (virtualService.spec.tls ?? []).map((route, index) => ({
    index,
    regions: route.match.flatMap((match) =>
      match.sniHosts.map((host) => [equal('sni', host), ...layer4(match, virtualService.metadata.namespace)]),
    ),
    takes: !leftOutBelow(virtualService, 'tls', index),
  }));
}

export function tcpRegions(virtualService: VirtualService): readonly StreamRegions[] {
  return (virtualService.spec.tcp ?? []).map((route, index) => ({
    index,
    regions:
      route.match === undefined || route.match.length === 0
        ? [[]]
        : route.match.map((match) => layer4(match, virtualService.metadata.namespace)),
    takes: !leftOutBelow(virtualService, 'tcp', index),
  }));
}

interface Layer4Match {
  readonly destinationSubnets?: readonly string[];
  readonly port?: number;
  readonly sourceLabels?: Readonly<Record<string, string>>;
  readonly gateways?: readonly string[];
  readonly sourceNamespace?: string;
}

/** Unlike in http routes, gateways, labels and namespace all count. Source: pilot/pkg/networking/core/tls.go. */
function layer4(match: Layer4Match, namespace: string): Region {
  const conditions: Condition[] = [];
  const subnets = match.destinationSubnets ?? [];
  // Subnets are compared as they are written: the more specific one wins in the proxy, whatever the order.
  if (subnets.length > 0) conditions.push(equal('subnets', [...subnets].sort().join(' ')));
  if (match.port !== undefined) conditions.push(equal('port', String(match.port)));
  for (const [name, value] of Object.entries(match.sourceLabels ?? {})) conditions.push(equal(`label ${name}`, value));
  if (match.sourceNamespace !== undefined && match.sourceNamespace !== '') conditions.push(equal('namespace', match.sourceNamespace));
  const gateways = (match.gateways ?? []).map((gateway) => resolveGateway(gateway, namespace)).sort();
  const [only] = gateways;
  if (gateways.length === 1 && only !== undefined) conditions.push(equal('gateway', only));
  else if (gateways.length > 1) {
    const value = gateways.map((gateway) => gateway.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
    conditions.push({ dimension: 'gateway', pattern: { kind: 'regex', value }, negated: false, whenAbsent: false });
  }
  return conditions;
}

function equal(dimension: string, value: string): Condition {
  return { dimension, pattern: { kind: 'exact', value }, negated: false, whenAbsent: false };
}

/** Something of the route was not of its type: what it really matches is not known. */
function leftOutBelow({ leftOut }: VirtualService, protocol: 'tls' | 'tcp', index: number): boolean {
  return leftOut.some(([first, second, third]) => first === 'spec' && second === protocol && (third === undefined || third === index));
}
