/**
 * exportTo as Istio reads it: absent or empty means the mesh's default (`*` unless the mesh configuration says otherwise),
 * `.` the resource's own namespace, `*` every namespace, `~` none.
 * Source: pilot/pkg/model/push_context.go, initVirtualServices and setDestinationRules.
 */
export interface Visibility {
  readonly public: boolean;
  /** Named namespaces, with `.` already replaced; empty when public. */
  readonly namespaces: ReadonlySet<string>;
}

const everywhere: Visibility = { public: true, namespaces: new Set() };

export function visibilityOf(exportTo: readonly string[] | undefined, own: string, byDefault: readonly string[] = ['*']): Visibility {
  const entries = exportTo === undefined || exportTo.length === 0 ? byDefault : exportTo;
  if (entries.includes('*')) return everywhere;
  return { public: false, namespaces: new Set(entries.filter((entry) => entry !== '~').map((entry) => (entry === '.' ? own : entry))) };
}

export function isVisible(visibility: Visibility, from: string): boolean {
  return visibility.public || visibility.namespaces.has(from);
}

/** Visible in its own namespace and nowhere else. */
export function isPrivate(visibility: Visibility, own: string): boolean {
  return !visibility.public && visibility.namespaces.size === 1 && visibility.namespaces.has(own);
}
