import { below, type Place } from '../../src/model/place.ts';
import { defineRule, type Fault } from '../../src/rule/rule.ts';
import type { ResourceOf } from '../../src/model/resource.ts';

export const tlsSettingsErased = defineRule({
  id: 'tls-settings-erased',
  title: 'Port settings that turn the TLS of a DestinationRule off',
  category: 'security',
  severity: 'warning',
  securitySeverity: '7.4',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['DestinationRule'],
  docs: {
    why: 'An entry of portLevelSettings replaces all that stands around it, also what it does not mention. Where it has no tls of its own, clients send plaintext to this port, although the rule asks for TLS.',
    help: 'Repeat the tls settings in the entry for the port.',
    evidence:
      'A trafficPolicy (of the rule, or of a subset) asks for TLS with mode SIMPLE or MUTUAL, and has an entry in portLevelSettings without tls. Silent for ISTIO_MUTUAL, which clients then use by themselves, and for DISABLE.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: bank
        namespace: shop
      spec:
        host: api.bank.example.com
        trafficPolicy:
          tls:
            mode: SIMPLE
          portLevelSettings:
            - port:
                number: 443 # warning: clients send plaintext to port 443: this entry has no tls, and turns SIMPLE off
              loadBalancer:
                simple: LEAST_REQUEST
      `,
    good: `
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: bank
        namespace: shop
      spec:
        host: api.bank.example.com
        trafficPolicy:
          tls:
            mode: SIMPLE
          portLevelSettings:
            - port:
                number: 443
              loadBalancer:
                simple: LEAST_REQUEST
              tls:
                mode: SIMPLE
      `,
    references: ['https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-PortTrafficPolicy'],
  },

  *check(rule) {
    const { trafficPolicy, subsets = [] } = rule.spec;
    const policies = [trafficPolicy, ...subsets.map((subset) => subset.trafficPolicy)];
    if (policies.every((policy) => policy?.portLevelSettings === undefined)) return;
    const place = (...path: readonly (string | number)[]): Place => ({
      kind: 'node',
      resource: rule,
      path: ['spec', ...path],
      part: 'value',
    });
    const outer = trafficPolicy === undefined ? undefined : { policy: trafficPolicy, at: place('trafficPolicy') };
    if (outer !== undefined) yield* erasedBy(outer, outer);
    for (const [i, { trafficPolicy: policy }] of subsets.entries()) {
      if (policy === undefined) continue;
      const inner = { policy, at: place('subsets', i, 'trafficPolicy') };
      // What the subset leaves out it has from the rule.
      yield* erasedBy(inner, policy.tls === undefined && outer !== undefined ? outer : inner);
    }
  },
});

interface Level {
  readonly policy: NonNullable<ResourceOf<'DestinationRule'>['spec']['trafficPolicy']>;
  readonly at: Place;
}

function* erasedBy({ policy, at }: Level, from: Level): Iterable<Fault> {
  const { tls } = from.policy;
  if (tls?.mode !== 'SIMPLE' && tls?.mode !== 'MUTUAL') return;
  for (const [i, entry] of (policy.portLevelSettings ?? []).entries()) {
    const number = entry.port?.number;
    if (entry.tls !== undefined || number === undefined) continue;
    // What the rule says for this port alone stands between the two.
    if (policy !== from.policy && from.policy.portLevelSettings?.some(({ port }) => port?.number === number) === true) continue;
    yield {
      at: below(at, 'portLevelSettings', i, 'port', 'number'),
      message: `clients send plaintext to port ${number}: this entry has no tls, and turns ${tls.mode} off`,
      related: [{ at: below(from.at, 'tls', 'mode'), message: 'TLS is asked for here', affected: true }],
    };
  }
}
