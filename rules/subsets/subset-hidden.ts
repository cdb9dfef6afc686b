import { outcomes } from '../../src/graph/answer.ts';
import { isWildcard, isWithin, resolveHost } from '../../src/graph/hosts.ts';
import { namesSubsetsOf, type SubsetUse } from '../../src/graph/subset-routes.ts';
import type { DestinationRule } from '../../src/graph/destination-rules.ts';
import type { Mesh } from '../../src/graph/mesh.ts';
import { gatewaysOf } from '../../src/graph/claims.ts';
import { isVisible, visibilityOf } from '../../src/graph/visibility.ts';
import { at } from '../../src/model/place.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';

/** Hidden hosts named as related places; the message has their number. */
const shown = 5;

export const subsetHidden = defineRule({
  id: 'subset-hidden',
  title: 'Broad DestinationRule that hides subsets from its namespace',
  category: 'traffic',
  severity: 'warning',
  presets: ['strict'],
  since: '0.1.0',
  subjects: ['DestinationRule'],
  docs: {
    why: 'A client takes the DestinationRule of its own namespace, however broad its host is, and then looks at no other. The subsets that the owner of a service defines do not exist for it, so that routes to them fail with 503 when they are called from that namespace.',
    help: 'Narrow the host of the broad rule, move it to the root namespace, where every other rule goes before it, or export it to no one who calls these services.',
    evidence:
      'A DestinationRule with a wildcard host lies in a namespace whose clients get it for a host of another namespace; the rule that they would get without it is in the input and defines a subset, and a VirtualService of the mesh that they see routes to that subset. Routes of the same namespace are reported by subset-not-found.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: everything
        namespace: web
      spec:
        host: '*.local' # warning('*.local'): hides subset "v1" of "reviews.shop.svc.cluster.local" from clients in "web"
        trafficPolicy:
          tls:
            mode: ISTIO_MUTUAL
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              version: v1
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts: [reviews]
        http:
          - route:
              - destination: { host: reviews, subset: v1 }
      `,
    good: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: own
        namespace: web
      spec:
        host: '*.web.svc.cluster.local'
        trafficPolicy:
          tls:
            mode: ISTIO_MUTUAL
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              version: v1
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts: [reviews]
        http:
          - route:
              - destination: { host: reviews, subset: v1 }
      `,
    references: ['https://istio.io/latest/docs/ops/best-practices/traffic-management/#cross-namespace-configuration'],
  },

  *check(rule, { mesh }) {
    const { namespace } = rule.metadata;
    const host = resolveHost(rule.spec.host, namespace, mesh.domain);
    if (!isWildcard(host) || namespace === mesh.rootNamespace) return;
    const hidden = mesh
      .derive(subsetHosts)
      .filter((other) => isWithin(other, host))
      .flatMap((other) => hiddenOf(mesh, rule, other));
    const [first] = hidden;
    if (first === undefined) return;
    const more = hidden.length === 1 ? '' : ` (and ${hidden.length - 1} more)`;
    yield {
      at: at(rule, 'spec', 'host'),
      message: `hides subset "${first.subset}" of "${first.host}"${more} from clients in "${namespace}"`,
      related: hidden.slice(0, shown).flatMap(({ definedAt, owner, routedAt, subset }) => [
        { at: definedAt, message: `"${nameOf(owner)}" defines "${subset}"` },
        { at: routedAt, message: `requests to "${subset}" are sent from here`, affected: true },
      ]),
    };
  },
});

/** Hosts of which some route names a subset. */
function subsetHosts(mesh: Mesh): readonly string[] {
  return [
    ...new Set(
      mesh
        .of('DestinationRule')
        .flatMap(({ metadata, spec }) =>
          (spec.subsets ?? []).length === 0 ? [] : [resolveHost(spec.host, metadata.namespace, mesh.domain)],
        ),
    ),
  ];
}

function hiddenOf(mesh: Mesh, rule: DestinationRule, host: string) {
  const { namespace } = rule.metadata;
  const got = mesh.destinationRuleFor(namespace, host, rule);
  const instead = outcomes(mesh.destinationRuleFor('', host, rule));
  if (got.kind !== 'found' || !got.value.rules.includes(rule)) return [];
  const subsets = new Set<string>();
  return namesSubsetsOf(mesh, host).flatMap((use) => {
    const { subset, subsetAt } = use.destination;
    if (subset === undefined || !use.getsTraffic || subsets.has(subset) || got.value.subsets.has(subset)) return [];
    const [defined] = instead.flatMap((effective) => effective.subsets.get(subset) ?? []);
    if (defined === undefined || !reaches(mesh, use, namespace)) return [];
    subsets.add(subset);
    return [{ host, subset, owner: defined.rule, definedAt: defined.at, routedAt: subsetAt }];
  });
}

/** Sidecars of the namespace see the VirtualService, and it is not their own. */
function reaches(mesh: Mesh, { virtualService }: SubsetUse, namespace: string): boolean {
  const { metadata, spec } = virtualService;
  if (metadata.namespace === namespace || !gatewaysOf(virtualService).includes('mesh')) return false;
  return isVisible(visibilityOf(spec.exportTo, metadata.namespace, mesh.config.defaultVirtualServiceExportTo), namespace);
}
