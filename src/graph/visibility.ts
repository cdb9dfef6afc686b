/**
 * exportTo as Istio reads it: `*` every namespace, else `~` none, else those that are named, `.` the resource's own. What writes none has
 * the mesh's default, of which only `.` and `*` count, the private one first.
 * Source: pilot/pkg/model/push_context.go, initVirtualServices, initServiceRegistry and setDestinationRules.
 */
export interface Visibility {
  readonly public: boolean;
  /** Named namespaces, with `.` already replaced; empty when public. */
  readonly namespaces: ReadonlySet<string>;
}

const everywhere: Visibility = { public: true, namespaces: new Set() };
const nowhere: Visibility = { public: false, namespaces: new Set() };

export function visibilityOf(exportTo: readonly string[] | undefined, own: string, byDefault: readonly string[] = ['*']): Visibility {
  if (exportTo === undefined || exportTo.length === 0) {
    if (byDefault.includes('.')) return { public: false, namespaces: new Set([own]) };
    return byDefault.includes('*') ? everywhere : nowhere;
  }
  if (exportTo.includes('*')) return everywhere;
  if (exportTo.includes('~')) return nowhere;
  return { public: false, namespaces: new Set(exportTo.map((entry) => (entry === '.' ? own : entry))) };
}

export function isVisible(visibility: Visibility, from: string): boolean {
  return visibility.public || visibility.namespaces.has(from);
}

/** Visible in its own namespace and nowhere else. */
export function isPrivate(visibility: Visibility, own: string): boolean {
  return !visibility.public && visibility.namespaces.size === 1 && visibility.namespaces.has(own);
}

/**
 * How near to a client something is that it sees: exported by name within its own namespace, exported by name to it, public. Istio looks
 * through them in this order whatever is older; undefined: the client does not see it.
 * Source: pilot/pkg/model/push_context.go, servicesExportedToNamespace and VirtualServicesForGateway.
 */
export type Nearness = 0 | 1 | 2;

export function nearnessOf(visibility: Visibility, own: string, client: string): Nearness | undefined {
  if (visibility.public) return 2;
  if (!visibility.namespaces.has(client)) return undefined;
  return own === client ? 0 : 1;
}
