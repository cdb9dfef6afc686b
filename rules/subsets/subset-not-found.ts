import type { Answer } from '../../src/graph/answer.ts';
import { outcomes } from '../../src/graph/answer.ts';
import { gatewaysOf } from '../../src/graph/claims.ts';
import { rootsOf } from '../../src/graph/delegate-roots.ts';
import type { EffectiveDestinationRule } from '../../src/graph/destination-rules.ts';
import type { Mesh } from '../../src/graph/mesh.ts';
import type { RouteConfig } from '../../src/graph/route-config.ts';
import { isVisible, visibilityOf } from '../../src/graph/visibility.ts';
import { at } from '../../src/model/place.ts';
import { nameOf, type ResourceOf } from '../../src/model/resource.ts';
import { closest } from '../../src/rule/closest.ts';
import { likelyHost } from '../../src/rule/likely-host.ts';
import { defineRule, type Related } from '../../src/rule/rule.ts';

/** So many definitions are named. */
const shown = 8;

export const subsetNotFound = defineRule({
  id: 'subset-not-found',
  title: 'Route to a subset that no DestinationRule defines',
  category: 'reference',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['VirtualService'],
  equivalents: [
    { tool: 'istioctl', code: 'IST0101' },
    { tool: 'kiali', code: 'KIA1107' },
  ],
  docs: {
    why: 'A proxy has one cluster for each subset that the DestinationRule of its namespace defines. For any other subset there is none, and every request on the route fails with 503 (no cluster).',
    help: 'Define the subset in the DestinationRule that the clients of the route get for this host, or route to a subset that it defines.',
    evidence:
      'A DestinationRule that the clients of the route get for the host is in the input (looked up in their namespace, then the namespace of the service, then the root namespace, as far as exportTo lets them see it), and it defines no such subset. Without any such DestinationRule the question counts as unknown, and is a fault in a complete mesh.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  subset: v3 # error: subset "v3" of "reviews" is not defined
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
          - name: v2
            labels:
              version: v2
      `,
    good: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  subset: v2
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
          - name: v2
            labels:
              version: v2
      `,
    references: [
      'https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset',
      'https://istio.io/latest/docs/ops/common-problems/network-issues/#503-errors-after-setting-destination-rule',
    ],
  },

  *check(virtualService, { mesh }) {
    let clients: Clients | undefined;
    let seen: Seen | undefined;
    for (const destination of mesh.destinationsOf(virtualService)) {
      const { fqdn, subset } = destination;
      if (subset === undefined) continue;
      clients ??= clientsOf(virtualService, mesh);
      const ask = (namespaces: readonly string[]): Seen['primary'] =>
        namespaces.map((namespace) => mesh.destinationRuleFor(namespace, fqdn, virtualService));
      const defines = (answer: Answer<EffectiveDestinationRule>): boolean => outcomes(answer).some(({ subsets }) => subsets.has(subset));
      if (seen?.fqdn !== fqdn) seen = { fqdn, primary: ask(clients.primary), others: undefined };
      if (seen.primary.some(defines)) continue;
      seen.others ??= ask(othersFor(mesh, fqdn, clients));
      if (seen.others.some(defines)) continue;
      const { use, host, subsetAt } = destination;
      const answers = [...seen.primary, ...seen.others];
      const undecided = seen.primary.find((answer) => answer.kind === 'unknown');
      if (undecided !== undefined) {
        yield { at: subsetAt, reason: undecided.reason };
        continue;
      }

      const guess = closest(
        subset,
        answers.flatMap((answer) => outcomes(answer).flatMap(({ subsets }) => [...subsets.keys()])),
      );
      yield {
        at: subsetAt,
        message: `subset "${subset}" of "${host}" is not defined${guess === undefined ? '' : `: did you mean "${guess}"?`}`,
        related: relatedTo(answers, mesh, fqdn),
        // Where the host is a slip, the subset is that of the host that was meant.
        cause: likelyHost(mesh, host, fqdn) === undefined ? undefined : `host ${fqdn}`,
        reference: use === 'mirror' ? 'mirror+subset in destinationrule' : 'host+subset in destinationrule',
        fix:
          guess === undefined
            ? undefined
            : { title: `Route to "${guess}"`, safety: 'suggestion', edits: [{ op: 'replace', at: subsetAt, value: guess }] },
      };
    }
  },
});

/** What the clients of a route get for a host. Most find the subset at once, and the others are not asked. */
interface Seen {
  readonly fqdn: string;
  readonly primary: readonly Answer<EffectiveDestinationRule>[];
  others: Seen['primary'] | undefined;
}

/** Namespaces; '' stands for one that holds no DestinationRule itself. */
interface Clients {
  /** Whose proxies use the route. */
  readonly primary: readonly string[];
  /** Any of them may be where the route is really used from, so a subset that one of them sees is not called missing. */
  readonly others: readonly string[];
}

function clientsOf(virtualService: ResourceOf<'VirtualService'>, mesh: Mesh): Clients {
  const { namespace } = virtualService.metadata;
  const own = { namespace, visibility: visibilityOf(virtualService.spec.exportTo, namespace), gateways: gatewaysOf(virtualService) };
  if ((virtualService.spec.hosts ?? []).length > 0) return clientsOfRoutes(own, mesh);
  // The proxies of a delegate are those of the VirtualServices that delegate to it.
  const roots = rootsOf(mesh, virtualService);
  const uses = (roots.length > 0 ? roots : [own]).map((use) => clientsOfRoutes(use, mesh));
  return { primary: [...new Set(uses.flatMap((use) => use.primary))], others: uses.flatMap((use) => use.others) };
}

/** With those to which a rule for the host is exported by name. */
function othersFor(mesh: Mesh, fqdn: string, { primary, others }: Clients): readonly string[] {
  const named = mesh
    .destinationRulesCovering(fqdn)
    .flatMap(({ metadata, spec }) =>
      [...visibilityOf(spec.exportTo, metadata.namespace).namespaces].filter((name) => name !== metadata.namespace),
    );
  const known = new Set(primary);
  return [...new Set([...others, ...named])].filter((client) => !known.has(client));
}

function clientsOfRoutes(
  { namespace, visibility, gateways }: Pick<RouteConfig, 'namespace' | 'visibility' | 'gateways'>,
  mesh: Mesh,
): Clients {
  const anyone = visibility.public ? [''] : [...visibility.namespaces];
  const ofGateways = gateways.flatMap((gateway) => (gateway === 'mesh' ? [] : [gateway.slice(0, gateway.indexOf('/'))]));
  const viaMesh = gateways.includes('mesh');
  const inMesh = isVisible(visibility, namespace) ? [namespace] : anyone;
  const primary = viaMesh ? inMesh : [...new Set([...ofGateways, mesh.rootNamespace, ''])];
  return { primary, others: [...anyone, ...ofGateways, ...(ofGateways.length === 0 ? [] : [mesh.rootNamespace])] };
}

function relatedTo(answers: readonly Answer<EffectiveDestinationRule>[], mesh: Mesh, fqdn: string): readonly Related[] {
  const related = new Map<string, Related>();
  for (const { subsets, rules } of answers.flatMap(outcomes)) {
    for (const [name, [defined]] of subsets) {
      if (defined !== undefined) related.set(`${nameOf(defined.rule)} ${name}`, { at: defined.at, message: `"${name}" is defined here` });
    }
    if (subsets.size > 0) continue;
    for (const rule of rules)
      related.set(nameOf(rule), { at: at(rule, 'spec', 'host'), message: `"${nameOf(rule)}" decides for this host and defines no subset` });
  }
  if (related.size > 0) return [...related.values()].slice(0, shown);
  return mesh
    .destinationRulesCovering(fqdn)
    .slice(0, shown)
    .map((rule) => ({ at: at(rule, 'spec', 'host'), message: `"${nameOf(rule)}" is not visible to the clients of this route` }));
}
