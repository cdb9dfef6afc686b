import type { RouteConfig } from './route-config.ts';
import { nearnessOf } from './visibility.ts';

/**
 * Where a config stands among those that a client of a namespace sees; lower comes first, and of equal ones the oldest. Undefined: the client
 * does not see it. Within a bucket, routes of the Gateway API of the client's own namespace come first.
 * Source: SelectVirtualServices in pilot/pkg/model/virtualservice.go; VirtualServicesForGateway in push_context.go, where it makes no
 * difference, since what is made of HTTPRoutes is in one bucket.
 * `namespace`: the one of its owners that it is named by.
 */
export function positionFor(config: RouteConfig, client: string, namespace: string = config.namespace): number | undefined {
  const nearness = nearnessOf(config.visibility, namespace, client);
  if (nearness === undefined) return undefined;
  return nearness * 2 + (config.kind !== 'VirtualService' && namespace === client ? 0 : 1);
}
