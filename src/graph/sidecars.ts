import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { positionFor } from './config-position.ts';
import { HostIndex, isWildcard } from './hosts.ts';
import type { Mesh } from './mesh.ts';
import { type Protocol, protocolOf } from './protocols.ts';
import type { RouteConfig } from './route-config.ts';
import { SelectorIndex } from './selectors.ts';
import type { MeshService } from './services.ts';
import { nearnessOf } from './visibility.ts';

export type Sidecar = ResourceOf<'Sidecar'>;

/** What a sidecar listens for on its way out, and what it knows there. */
export interface EgressListener {
  /** Undefined: every port that no other listener has. */
  readonly port: number | undefined;
  /** What it speaks, where the Sidecar says so; else the service's port decides. */
  readonly protocol: Protocol | undefined;
  readonly at: Place | undefined;
  /** It listens on an address of the pod itself, to which an application connects by name or number, instead of taking what leaves it. */
  readonly bound: boolean;
  /** It imports a definition of a service. */
  imports(service: MeshService): boolean;
  /** Where it stands among the configs that the listener imports; undefined: it does not. Lower comes first. */
  positionOf(config: RouteConfig): number | undefined;
}

/** What the proxies of some pods of a namespace see, under one Sidecar or under none. */
export interface SidecarScope {
  readonly namespace: string;
  readonly sidecar: Sidecar | undefined;
  readonly listeners: readonly EgressListener[];
  readonly outbound: 'ALLOW_ANY' | 'REGISTRY_ONLY';
  /** What decides `outbound`; undefined: the mesh configuration. */
  readonly outboundAt: Place | undefined;
}

/**
 * All scopes that pods of a namespace with these labels may have; several if it depends on which Sidecar is the oldest. Gateways and
 * waypoints have none.
 * Source: pilot/pkg/model/push_context.go, getSidecarScope and initSidecarScopes.
 */
export function sidecarScopesOf(mesh: Mesh, namespace: string, labels: Readonly<Record<string, string>>): readonly SidecarScope[] {
  const index = mesh.derive(createIndex);
  const candidates = index.candidates(namespace, labels);
  return (candidates.length === 0 ? [undefined] : candidates).map((sidecar) => index.scope(namespace, sidecar));
}

/**
 * The listener for what is sent to a port of other addresses; undefined: none is. Those that are bound to an address of the pod are not.
 * Source: pilot/pkg/model/sidecar.go, GetEgressListenerForRDS; pilot/pkg/networking/core/listener.go, buildSidecarOutboundListeners.
 */
export function listenerFor({ listeners }: SidecarScope, port: number): EgressListener | undefined {
  return listeners.find((listener) => !listener.bound && (listener.port === undefined || listener.port === port));
}

interface Index {
  candidates(namespace: string, labels: Readonly<Record<string, string>>): readonly Sidecar[];
  scope(namespace: string, sidecar: Sidecar | undefined): SidecarScope;
}

function createIndex(mesh: Mesh): Index {
  const selecting = new Map<string, SelectorIndex<Sidecar>>();
  const unselected = new Map<string, Sidecar[]>();
  for (const sidecar of mesh.of('Sidecar')) {
    const { namespace } = sidecar.metadata;
    const selector = sidecar.spec?.workloadSelector;
    if (selector !== undefined) {
      const index = selecting.get(namespace) ?? new SelectorIndex<Sidecar>();
      selecting.set(namespace, index);
      index.add(selector.labels ?? {}, sidecar);
      continue;
    }
    const known = unselected.get(namespace);
    if (known === undefined) unselected.set(namespace, [sidecar]);
    else known.push(sidecar);
  }
  const scopes = new Map<string, Map<Sidecar | undefined, SidecarScope>>();
  return {
    candidates(namespace, labels) {
      const selected = selecting.get(namespace)?.matching(labels) ?? [];
      if (selected.length > 0) return selected;
      return unselected.get(namespace) ?? unselected.get(mesh.rootNamespace) ?? [];
    },
    scope(namespace, sidecar) {
      const ofNamespace = scopes.get(namespace) ?? new Map<Sidecar | undefined, SidecarScope>();
      scopes.set(namespace, ofNamespace);
      const scope = ofNamespace.get(sidecar) ?? createScope(mesh, namespace, sidecar);
      ofNamespace.set(sidecar, scope);
      return scope;
    },
  };
}

function createScope(mesh: Mesh, namespace: string, sidecar: Sidecar | undefined): SidecarScope {
  const policy = sidecar?.spec?.outboundTrafficPolicy;
  const egress = sidecar?.spec?.egress ?? [];
  return {
    namespace,
    sidecar,
    listeners: egress.length === 0 ? [everything(namespace)] : egress.map((listener, i) => listenerOf(namespace, sidecar, listener, i)),
    // A policy that is written without a mode has the first one.
    outbound: policy === undefined ? mesh.config.outboundTrafficPolicy : (policy.mode ?? 'REGISTRY_ONLY'),
    outboundAt:
      policy === undefined || sidecar === undefined
        ? undefined
        : { kind: 'node', resource: sidecar, path: ['spec', 'outboundTrafficPolicy'], part: 'value' },
  };
}

function everything(namespace: string): EgressListener {
  return {
    port: undefined,
    protocol: undefined,
    at: undefined,
    bound: false,
    imports: (service) => nearnessOf(service.visibility, service.namespace, namespace) !== undefined,
    positionOf: (config) => positionFor(config, namespace),
  };
}

type WrittenListener = NonNullable<NonNullable<Sidecar['spec']>['egress']>[number];

/** Source: pilot/pkg/model/sidecar.go, convertIstioListenerToWrapper. */
function listenerOf(
  namespace: string,
  sidecar: Sidecar | undefined,
  { bind, captureMode, hosts, port }: WrittenListener,
  index: number,
): EgressListener {
  const byNamespace = new Map<string, HostIndex<true>>();
  for (const entry of hosts) {
    const [written, host, ...rest] = entry.split('/');
    if (written === undefined || host === undefined || rest.length > 0) continue;
    const owner = written === '.' ? namespace : written;
    const imported = byNamespace.get(owner) ?? new HostIndex<true>();
    byNamespace.set(owner, imported);
    imported.set(host, true);
  }
  const anywhere = byNamespace.get('*');
  /** A config of a namespace comes in by that namespace's entries, or by those for all namespaces. */
  const importedBy = (owner: string, test: (imported: HostIndex<true>) => boolean): boolean => {
    const own = byNamespace.get(owner);
    return (own !== undefined && test(own)) || (anywhere !== undefined && test(anywhere));
  };
  return {
    port: port?.number === 0 ? undefined : port?.number,
    protocol: port?.number === undefined || port.number === 0 ? undefined : protocolOf({ number: 0, name: port.protocol }),
    at: sidecar === undefined ? undefined : { kind: 'node', resource: sidecar, path: ['spec', 'egress', index], part: 'value' },
    bound: captureMode === 'NONE' || (bind !== undefined && !['', '0.0.0.0', '::'].includes(bind)),
    imports(service) {
      if (nearnessOf(service.visibility, service.namespace, namespace) === undefined) return false;
      return importedBy(service.namespace, (imported) => imported.mostSpecific(service.host) !== undefined);
    },
    positionOf(config) {
      const position = positionFor(config, namespace);
      if (position === undefined) return undefined;
      const imported = config.hosts.some(({ host }) =>
        importedBy(config.namespace, (by) => importsHost(by, host, config.kind === 'VirtualService')),
      );
      return imported ? position : undefined;
    },
  };
}

/**
 * A VirtualService for a wildcard comes in by a name that it covers as well; what is made of HTTPRoutes does not.
 * Source: pilot/pkg/model/sidecar.go, VSMatches.
 */
function importsHost(imported: HostIndex<true>, host: string, bothWays: boolean): boolean {
  if (imported.mostSpecific(host) !== undefined) return true;
  if (!bothWays || !isWildcard(host)) return false;
  const [covered] = imported.within(host);
  return covered !== undefined;
}
