import type { ResourceOf } from '../model/resource.ts';
import type { Mesh } from './mesh.ts';

/** What changes the weights of routes while it runs; its manifests are only where it starts. */
export type DeliveryController = ResourceOf<'Rollout'> | ResourceOf<'Canary'>;

interface Owned {
  readonly controller: DeliveryController;
  /** Names of the http routes; undefined: all routes. */
  readonly routes: ReadonlySet<string> | undefined;
}

/**
 * The Argo Rollout or Flagger Canary that moves the weights of a route of a VirtualService; undefined when none of the input does.
 * Source: Argo Rollouts' trafficRouting.istio, and Flagger, whose VirtualService is named like its service or its target.
 */
export function deliveryOf(
  mesh: Mesh,
  virtualService: ResourceOf<'VirtualService'>,
  route: string | undefined,
): DeliveryController | undefined {
  const { namespace, name } = virtualService.metadata;
  const byName = mesh.derive(owned);
  if (byName.size === 0) return undefined;
  const owners = byName.get(`${namespace}/${name}`) ?? [];
  return owners.find(({ routes }) => routes === undefined || (route !== undefined && routes.has(route)))?.controller;
}

function owned(mesh: Mesh): ReadonlyMap<string, readonly Owned[]> {
  const byName = new Map<string, Owned[]>();
  const add = (key: string, owner: Owned): void => {
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [owner]);
    else known.push(owner);
  };
  for (const rollout of mesh.of('Rollout')) {
    const istio = rollout.spec?.strategy?.canary?.trafficRouting?.istio;
    for (const { name, routes = [], tlsRoutes, tcpRoutes } of [
      ...(istio?.virtualService === undefined ? [] : [istio.virtualService]),
      ...(istio?.virtualServices ?? []),
    ]) {
      // With one route it need not be named, and tls and tcp routes have no names.
      const named = routes.length > 0 && tlsRoutes === undefined && tcpRoutes === undefined ? new Set(routes) : undefined;
      // The name may carry another namespace: `name.namespace`.
      const [base = name, namespace = rollout.metadata.namespace] = name.split('.');
      add(`${namespace}/${base}`, { controller: rollout, routes: named });
    }
  }
  for (const canary of mesh.of('Canary')) {
    const names = new Set([canary.metadata.name, canary.spec?.service?.name, canary.spec?.targetRef?.name]);
    for (const name of names)
      if (name !== undefined) add(`${canary.metadata.namespace}/${name}`, { controller: canary, routes: undefined });
  }
  return byName;
}
