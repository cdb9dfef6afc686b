import type { RouteConfig } from '../graph/route-config.ts';
import type { Condition } from './cover.ts';

/** Clients of one kind: those that come through a gateway (`mesh`: by their own sidecars), of one namespace, or with some labels. */
export type ClientClass =
  | { readonly kind: 'gateway'; readonly gateway: string }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'labels'; readonly labels: Readonly<Record<string, string>> };

/** Clients, and what is true of all of their requests. */
export type ConditionsOfClients = readonly [ClientClass, readonly Condition[]];

/** So many kinds of clients are told apart. */
const mostClasses = 20;

/** The clients that some route of a config is for. */
export function clientClassesOf({ http, gateways }: RouteConfig): readonly ConditionsOfClients[] {
  const classes = new Map<string, ConditionsOfClients>();
  for (const match of http.flatMap(({ matches }) => matches)) {
    if (classes.size >= mostClasses) break;
    for (const gateway of match.gateways) {
      if (gateways.includes(gateway)) classes.set(`g ${gateway}`, [{ kind: 'gateway', gateway }, [is('gateway', gateway)]]);
    }
    if (match.gateways.length > 0) continue;
    const { sourceNamespace: namespace, sourceLabels: labels } = match;
    if (namespace !== undefined) classes.set(`n ${namespace}`, [{ kind: 'namespace', namespace }, [is('namespace', namespace)]]);
    const entries = Object.entries(labels);
    if (entries.length > 0) {
      const conditions = entries.map(([name, value]) => is(`label ${name}`, value));
      classes.set(`l ${JSON.stringify(entries.sort())}`, [{ kind: 'labels', labels }, conditions]);
    }
  }
  return [...classes.values()];
}

function is(dimension: string, value: string): Condition {
  return { dimension, pattern: { kind: 'exact', value }, negated: false, whenAbsent: false };
}
