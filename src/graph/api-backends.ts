import { below } from '../model/place.ts';
import type { Backend } from './backend.ts';
import { entriesOf, type RuledRoute } from './http-route-rules.ts';
import type { Mesh } from './mesh.ts';
import { httpTargets } from './route-config.ts';

/** Of a route of the Gateway API. */
export function backendsOfGatewayApi(mesh: Mesh, route: RuledRoute): readonly Backend[] {
  const { namespace } = route.metadata;
  const gateways = (route.spec.parentRefs ?? []).map((parent) => parent.namespace ?? namespace);
  const clients = [...new Set([...gateways, namespace, ''])];
  const seen = new Set<string>();
  const backends: Backend[] = [];
  for (const entry of entriesOf(mesh, route, false)) {
    for (const { host, port, at } of httpTargets(entry)) {
      const key = at.kind === 'text' ? '' : at.path.join('/');
      if (host === undefined || at.kind === 'text' || seen.has(key)) continue;
      seen.add(key);
      const { name } = nameAt(route, at.path);
      backends.push({
        host: name ?? host,
        fqdn: host,
        port,
        mirror: at.path.includes('requestMirror'),
        clients,
        hostAt: below(at, 'name'),
        portAt: below(at, 'port'),
      });
    }
  }
  return backends;
}

/** The reference that stands at a path. */
function nameAt(route: RuledRoute, path: readonly (string | number)[]): { readonly name?: string } {
  let value: unknown = route;
  for (const step of path) value = (value as Readonly<Record<string, unknown>> | undefined)?.[step];
  return (value as { readonly name?: string } | undefined) ?? {};
}
