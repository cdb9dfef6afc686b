import { doubtAt, doubtReasons } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { Answer } from './answer.ts';
import { type ApiRoute, parentKindOf } from './listener-admission.ts';
import type { GatewayListener } from './gateway-api.ts';
import type { Mesh } from './mesh.ts';
import { type GrantedTo, grantOf } from './reference-grants.ts';

/** A reference of a route or listener into another namespace, and the grant by which it holds. */
export interface CrossReference {
  readonly to: GrantedTo;
  /** Of the whole reference. */
  readonly at: Place;
  /** `not-needed`: the route has no parent but services of the mesh, to which backends need no grant. */
  readonly grant: Answer<Place> | 'not-needed';
}

interface Backend {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
}

/**
 * The backends of a route that lie in other namespaces, those of mirrors among them. A missing grant makes a Gateway answer 500.
 * Source: pilot/pkg/config/kube/gateway/conversion.go, buildDestination.
 */
export function crossBackendsOf(mesh: Mesh, route: ApiRoute): readonly CrossReference[] {
  const own = route.metadata.namespace;
  const isNeeded = (route.spec.parentRefs ?? []).some((parent) => {
    const kind = parentKindOf(parent);
    return kind === 'Gateway' || kind === 'ListenerSet';
  });
  return [...backendsOf(route)].flatMap(({ backend: { group = '', kind = 'Service', name, namespace = own }, path }) => {
    if (namespace === own) return [];
    const to = { group, kind, namespace, name };
    const at: Place = { kind: 'node', resource: route, path, part: 'value' };
    const reason = route.identity === undefined ? doubtAt(route, ...path) : doubtReasons.identity;
    if (reason !== undefined) return [{ to, at, grant: { kind: 'unknown', reason } }];
    return [{ to, at, grant: isNeeded ? grantOf(mesh, { kind: route.kind, namespace: own }, to) : 'not-needed' }];
  });
}

function* backendsOf(route: ApiRoute): Iterable<{ readonly backend: Backend; readonly path: readonly (string | number)[] }> {
  for (const [i, rule] of (route.spec.rules ?? []).entries()) {
    const path = ['spec', 'rules', i];
    for (const [j, backend] of (rule.backendRefs ?? []).entries()) yield { backend, path: [...path, 'backendRefs', j] };
    if (!('filters' in rule)) continue;
    for (const [j, { requestMirror }] of (rule.filters ?? []).entries()) {
      if (requestMirror !== undefined)
        yield { backend: requestMirror.backendRef, path: [...path, 'filters', j, 'requestMirror', 'backendRef'] };
    }
  }
}

/** The certificates of a listener that lie in other namespaces. Source: pilot/pkg/config/kube/gateway/conversion.go, buildSecretReference. */
export function crossCertificatesOf(mesh: Mesh, { owner, listener, at: whole }: GatewayListener): readonly CrossReference[] {
  const own = owner.metadata.namespace;
  return (listener.tls?.certificateRefs ?? []).flatMap(({ group = '', kind = 'Secret', name, namespace = own }, i) => {
    if (namespace === own || whole.kind === 'text') return [];
    const to = { group, kind, namespace, name };
    const path = [...whole.path, 'tls', 'certificateRefs', i];
    const at: Place = { kind: 'node', resource: owner, path, part: 'value' };
    const reason = owner.identity === undefined ? doubtAt(owner, ...path) : doubtReasons.identity;
    if (reason !== undefined) return [{ to, at, grant: { kind: 'unknown', reason } }];
    return [{ to, at, grant: grantOf(mesh, { kind: owner.kind, namespace: own }, to) }];
  });
}
