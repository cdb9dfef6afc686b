import { doubtAt } from '../model/doubt.ts';
import { delegatedRoutes } from './delegates.ts';
import type { Mesh } from './mesh.ts';
import type { RouteEntry } from './route-config.ts';
import { type VirtualService, VirtualServiceRoutes } from './virtual-service-routes.ts';
import { isVisible, visibilityOf } from './visibility.ts';

/**
 * The routes of a VirtualService that delegates. A delegate that is not there, or not exported to the root's namespace, takes only the root's entry with it; so does one that delegates
 * itself. Where it is not known what it is, the root's entry stands for whatever may come of it.
 * Source: pilot/pkg/model/virtualservice.go, mergeVirtualServicesIfNeeded.
 */
export function entriesWithDelegates(mesh: Mesh, virtualService: VirtualService): readonly RouteEntry[] {
  const routes = new VirtualServiceRoutes(virtualService, mesh.domain);
  const entries = (virtualService.spec.http ?? []).flatMap((written, i) => {
    const entry = routes.http(written, i);
    if (written.delegate === undefined) return [entry];
    const delegate = delegateOf(mesh, virtualService, written.delegate);
    if (typeof delegate === 'string') return [{ ...entry, unknown: delegate }];
    if (delegate === undefined) return [];
    const leaf = new VirtualServiceRoutes(delegate, mesh.domain);
    return delegatedRoutes(
      entry,
      (delegate.spec.http ?? []).map((route, j) => leaf.http(route, j)),
    );
  });
  return entries.map((entry, rank) => ({ ...entry, rank }));
}

/** A text: why it is not known. */
function delegateOf(
  mesh: Mesh,
  root: VirtualService,
  { name = '', namespace = '' }: { readonly name?: string; readonly namespace?: string },
): VirtualService | string | undefined {
  const own = root.metadata.namespace;
  const answer = mesh.lookup('VirtualService', namespace === '' ? own : namespace, name, root);
  if (answer.kind === 'missing') return undefined;
  if (answer.kind === 'unknown') return answer.reason;
  if (answer.kind === 'order-dependent') return 'a VirtualService is defined in several ways';
  const delegate = answer.value;
  const { hosts = [], exportTo, http = [] } = delegate.spec;
  const doubt =
    doubtAt(delegate, 'spec', 'hosts') ??
    doubtAt(delegate, 'spec', 'exportTo') ??
    (http.length === 0 ? doubtAt(delegate, 'spec', 'http') : doubtAt(delegate, 'spec', 'http', '*', 'delegate'));
  if (doubt !== undefined) return doubt;
  if (hosts.length > 0 || http.some((route) => route.delegate !== undefined)) return undefined;
  const visibility = visibilityOf(exportTo, delegate.metadata.namespace, mesh.config.defaultVirtualServiceExportTo);
  return isVisible(visibility, own) ? delegate : undefined;
}
