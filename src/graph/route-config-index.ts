import { HostIndex } from './hosts.ts';
import { httpTargets, type RouteConfig, type RouteTarget } from './route-config.ts';

const noConfigs = new HostIndex<readonly RouteConfig[]>();

/** By the gateways and hosts that they are bound to. */
export function byGateways(all: readonly RouteConfig[]): (gateway: string) => HostIndex<readonly RouteConfig[]> {
  const byGateway = new Map<string, HostIndex<RouteConfig[]>>();
  for (const config of all) {
    const names = new Set(config.hosts.map(({ host }) => host));
    for (const gateway of new Set(config.gateways)) {
      const hosts = byGateway.get(gateway) ?? new HostIndex<RouteConfig[]>();
      byGateway.set(gateway, hosts);
      for (const host of names) {
        const known = hosts.get(host);
        if (known === undefined) hosts.set(host, [config]);
        else known.push(config);
      }
    }
  }
  return (gateway) => byGateway.get(gateway) ?? noConfigs;
}

/** Those bound to the mesh, by the hosts that they send traffic to. */
export function byTargets(all: readonly RouteConfig[]): (host: string) => readonly RouteConfig[] {
  const byTarget = new Map<string, RouteConfig[]>();
  for (const config of all) {
    if (!config.gateways.includes('mesh')) continue;
    for (const host of new Set(targetsOf(config).map((target) => target.host))) {
      if (host === undefined) continue;
      const known = byTarget.get(host);
      if (known === undefined) byTarget.set(host, [config]);
      else known.push(config);
    }
  }
  return (host) => byTarget.get(host) ?? [];
}

/** Every destination that a config names, mirrors included. */
function targetsOf({ http, tls, tcp }: RouteConfig): readonly RouteTarget[] {
  return [...http.flatMap(httpTargets), ...[...tls, ...tcp].flatMap(({ targets }) => targets)];
}
