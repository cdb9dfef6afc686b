import { type EmptySubset, emptySubsets, isUnknownSubset } from '../../src/graph/subset-workloads.ts';
import { usesOfSubset } from '../../src/graph/subset-routes.ts';
import type { DestinationRule } from '../../src/graph/destination-rules.ts';
import { at, keyAt, type Place } from '../../src/model/place.ts';
import { closest } from '../../src/rule/closest.ts';
import { defineRule, type Related } from '../../src/rule/rule.ts';

/** Workloads named as related places. */
const shown = 3;

export const subsetWithoutWorkloads = defineRule({
  id: 'subset-without-workloads',
  title: 'Route to a subset that no workload belongs to',
  category: 'traffic',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['DestinationRule'],
  equivalents: [
    { tool: 'istioctl', code: 'IST0173' },
    { tool: 'kiali', code: 'KIA0203' },
  ],
  docs: {
    why: 'A subset holds the pods of a service that have all of its labels. Where no pod has them the subset is empty, and every request that a route sends there fails with 503 (no healthy upstream).',
    help: 'Write labels that the pods have (those of the pod template, not of the Deployment itself), or add them to the pod template.',
    evidence:
      'A route of the input sends traffic to the subset, the Service or ServiceEntry is in the input, and nothing that it selects has the labels. In an open mesh the pods may lie elsewhere: there the rule speaks only where a label of the input is the same but for its spelling, or where the addresses stand in the ServiceEntry itself, and the question counts as unknown otherwise. Silent for labels that are added while the mesh runs, and for what a Rollout or Canary of the input moves.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: { name: reviews, namespace: shop }
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              verison: v1 # warning(verison): no workload behind "reviews" has the label "verison": did you mean "version"?
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: reviews, namespace: shop }
      spec:
        hosts: [reviews]
        http:
          - route:
              - destination: { host: reviews, subset: v1 }
      ---
      apiVersion: v1
      kind: Service
      metadata: { name: reviews, namespace: shop }
      spec:
        selector: { app: reviews }
        ports:
          - { name: http, port: 80 }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: reviews-v1, namespace: shop }
      spec:
        selector:
          matchLabels: { app: reviews, version: v1 }
        template:
          metadata:
            labels: { app: reviews, version: v1 }
      `,
    good: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: { name: reviews, namespace: shop }
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              version: v1
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: reviews, namespace: shop }
      spec:
        hosts: [reviews]
        http:
          - route:
              - destination: { host: reviews, subset: v1 }
      ---
      apiVersion: v1
      kind: Service
      metadata: { name: reviews, namespace: shop }
      spec:
        selector: { app: reviews }
        ports:
          - { name: http, port: 80 }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: reviews-v1, namespace: shop }
      spec:
        selector:
          matchLabels: { app: reviews, version: v1 }
        template:
          metadata:
            labels: { app: reviews, version: v1 }
      `,
    references: [
      'https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset',
      'https://istio.io/latest/docs/reference/config/analysis/ist0173/',
    ],
  },

  *check(rule, { mesh }) {
    for (const subset of emptySubsets(mesh, rule)) {
      const name = rule.spec.subsets?.[subset.index]?.name ?? '';
      const place = at(rule, 'spec', 'subsets', subset.index, 'name');
      const routed = usesOfSubset(mesh, rule, name).filter(({ getsTraffic }) => getsTraffic);
      if (routed.length === 0) continue;
      if (isUnknownSubset(subset)) {
        yield { at: place, reason: subset.reason };
        continue;
      }
      const guess = guessFor(subset);
      if (!subset.certain && guess === undefined) {
        yield { at: place, reason: 'the pods of the subset may not be in the input' };
        continue;
      }
      const where = placeOf(rule, subset, guess);
      yield {
        at: where,
        message: messageFor(rule, subset, guess),
        related: [
          ...routed
            .slice(0, shown)
            .map(({ destination }) => ({ at: destination.subsetAt, message: `requests to "${name}" are sent from here`, affected: true })),
          ...workloadsOf(subset),
        ],
        fix:
          guess === undefined
            ? undefined
            : {
                title: `Write "${guess.instead}"`,
                safety: 'suggestion',
                edits: [
                  guess.wrong === 'key'
                    ? { op: 'rename-key', at: where, key: guess.instead }
                    : { op: 'replace', at: where, value: guess.instead },
                ],
              },
      };
    }
  },
});

/** A label that was meant, by all appearance: the same but for its spelling. */
interface Guess {
  readonly key: string;
  readonly wrong: 'key' | 'value';
  readonly instead: string;
}

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

function guessFor({ labels, endpoints, lacking }: EmptySubset): Guess | undefined {
  const [key, ...others] = lacking;
  if (key === undefined || others.length > 0) return undefined;
  const value = labels[key] ?? '';
  const near = endpoints.filter((endpoint) =>
    Object.keys(labels).every((other) => other === key || endpoint.labels[other] === labels[other]),
  );
  if (near.some((endpoint) => Object.hasOwn(endpoint.labels, key))) {
    const instead = near.map((endpoint) => endpoint.labels[key]).find((known) => known !== undefined && plain(known) === plain(value));
    return instead === undefined ? undefined : { key, wrong: 'value', instead };
  }
  // Another key with the same value, which differs in a letter or so.
  const keys = near.flatMap((endpoint) =>
    Object.keys(endpoint.labels).filter((known) => endpoint.labels[known] === value && !Object.hasOwn(labels, known)),
  );
  const instead = closest(key, keys);
  return instead === undefined ? undefined : { key, wrong: 'key', instead };
}

function placeOf(rule: DestinationRule, { index, lacking }: EmptySubset, guess: Guess | undefined): Place {
  const [key, ...others] = lacking;
  if (key === undefined || others.length > 0) return at(rule, 'spec', 'subsets', index, 'name');
  const label: Place = { kind: 'node', resource: rule, path: ['spec', 'subsets', index, 'labels', key], part: 'value' };
  return guess?.wrong === 'key' ? keyAt(label) : label;
}

function messageFor(rule: DestinationRule, { name, labels, endpoints, lacking }: EmptySubset, guess: Guess | undefined): string {
  const { host } = rule.spec;
  if (endpoints.length === 0) return `no workload is behind "${host}", so that subset "${name}" is empty`;
  const [key, ...others] = lacking;
  if (key === undefined || others.length > 0) return `no workload behind "${host}" has all labels of subset "${name}"`;
  if (guess?.wrong === 'key') return `no workload behind "${host}" has the label "${key}": did you mean "${guess.instead}"?`;
  const label = `no workload behind "${host}" has the label "${key}: ${labels[key] ?? ''}"`;
  return guess === undefined ? `${label}, so that subset "${name}" is empty` : `${label}: did you mean "${guess.instead}"?`;
}

function workloadsOf({ labels, endpoints }: EmptySubset): readonly Related[] {
  return endpoints.slice(0, shown).map((endpoint) => {
    const has = Object.keys(labels).flatMap((key) =>
      Object.hasOwn(endpoint.labels, key) ? [`"${key}: ${endpoint.labels[key] ?? ''}"`] : [],
    );
    return { at: endpoint.at, message: has.length === 0 ? 'this one has none of the labels' : `this one has ${has.join(' and ')}` };
  });
}
