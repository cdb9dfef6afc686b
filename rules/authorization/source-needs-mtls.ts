import { isForGateways } from '../../src/graph/policy-workloads.ts';
import { decisionKey } from '../../src/graph/peer-authentications.ts';
import { at } from '../../src/model/place.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule, type Fault, type Related } from '../../src/rule/rule.ts';
import type { AuthorizationRule, Clause } from '../../src/semantics/authorization-rules.ts';
import { isIdentityField } from '../../src/semantics/identities.ts';
import { callersOf, judgedRules, listed, placeOf } from '../../src/semantics/judged-rules.ts';
import { type PlaintextClients, plaintextClientsOf } from '../../src/semantics/plaintext-clients.ts';
import { type PolicyPort, policyPortsOf } from '../../src/semantics/policy-ports.ts';
import { mayBeSentPlaintext, mayBeTurnedOff } from '../../src/semantics/usual-mtls.ts';
import type { Mesh } from '../../src/graph/mesh.ts';

export const sourceNeedsMtls = defineRule({
  id: 'source-needs-mtls',
  title: 'Source by identity where no caller has one',
  category: 'security',
  severity: 'error',
  securitySeverity: '5.9',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  equivalents: [{ tool: 'kiali', code: 'KIA0105' }],
  docs: {
    why: 'Only mutual TLS gives a caller an identity (and a server name). Where it is switched off, at the workload or by its clients, the rule admits none of those that it names, and they get 403 or a closed connection.',
    help: 'Switch mutual TLS on: mode STRICT or PERMISSIVE in the PeerAuthentication, and no tls block of mode DISABLE in the DestinationRule that the clients get.',
    evidence:
      'A source or condition of an ALLOW rule asks for principals, namespaces, service accounts, trust domains or a server name. Either all ports for which the rule is enforced have mutual TLS switched off (mode DISABLE of a PeerAuthentication), or the callers that it names get a DestinationRule for them, in the input, whose tls mode is DISABLE, or automatic mutual TLS is off and nothing switches it on. Where a port takes mutual TLS and the clients send it, the rule is right, also if plaintext is taken as well.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/shop/sa/cart # error: this admits nobody: mutual TLS is off here, so that no caller has an identity
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: payments
      spec:
        mtls:
          mode: DISABLE
      `,
    good: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/shop/sa/cart
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: payments
      spec:
        mtls:
          mode: STRICT
      `,
    references: [
      'https://istio.io/latest/docs/concepts/security/#dependency-on-mutual-tls',
      'https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source',
    ],
  },

  *check(policy, { mesh }) {
    if (isForGateways(mesh, policy)) return;
    const { namespace } = policy.metadata;
    const isTurnedOff = mayBeTurnedOff(mesh, namespace === mesh.rootNamespace ? undefined : namespace);
    for (const judged of judgedRules(mesh, policy, ['ALLOW'], { exact: true })) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      // Nearly always mutual TLS is taken everywhere, and sent by everyone.
      if (!isTurnedOff && !mayBeSentPlaintext(mesh)) continue;
      const clauses = askingForIdentity(judged.rule);
      if (clauses.length > 0) yield* faultsIn(mesh, judged.rule, clauses);
    }
  },
});

/** Each once, a condition too. */
function askingForIdentity(rule: AuthorizationRule): readonly Clause[] {
  const names = rule.conditions.filter(({ field, values }) => field === 'sni' && values.length > 0);
  return [...new Set([...callersOf(rule).flatMap(({ identity }) => identity.filter(({ values }) => values.length > 0)), ...names])];
}

function* faultsIn(mesh: Mesh, rule: AuthorizationRule, clauses: readonly Clause[]): Iterable<Fault> {
  const answer = policyPortsOf(mesh, rule);
  const ports = 'ports' in answer ? answer.ports : [];
  const all = (mode: string): boolean =>
    ports.length > 0 && ports.every(({ mtls, ambient }) => !ambient && mtls.every((decision) => decision.mode === mode));
  if (all('DISABLE')) {
    const [decidedBy] = modesOf(ports);
    for (const { values, valuesAt } of clauses)
      yield {
        at: placeOf(values, valuesAt),
        message: `this admits nobody: mutual TLS is off ${whereOf(ports)}, so that no caller has an identity`,
        cause: decidedBy === undefined ? undefined : decisionKey(decidedBy.at),
        related: modesOf(ports),
      };
    return;
  }
  // Where plaintext is refused altogether, the clients are at fault, and a rule of their own says so.
  if (all('STRICT') || ports.some(({ ambient }) => ambient)) return;
  for (const clause of clauses) {
    const clients = isIdentityField(clause.field) ? plaintextClientsOf(mesh, rule, clause) : undefined;
    if (clients !== undefined) yield { at: clients.at, message: messageOf(clients), related: causeOf(clients) };
  }
}

function messageOf({ values, cause }: PlaintextClients): string {
  const why =
    cause.kind === 'auto-mtls-off'
      ? 'automatic mutual TLS is off, and no DestinationRule switches it on'
      : `DestinationRule "${nameOf(cause.rule)}" switches mutual TLS off for its clients`;
  return `${listed(values)} ${values.length === 1 ? 'admits' : 'admit'} nobody: ${why}, so that they have no identity`;
}

function causeOf({ cause }: PlaintextClients): readonly Related[] {
  return cause.kind === 'auto-mtls-off' ? [] : [{ at: cause.at, message: 'plaintext is sent by this' }];
}

function whereOf(ports: readonly PolicyPort[]): string {
  const workloads = new Set(ports.map(({ workload }) => workload));
  const [first] = ports;
  if (first?.isKnown !== true || first.port === 0) return 'here';
  const { namespace, name } = first.workload;
  if (workloads.size > 1) return `for all ${workloads.size} workloads that take this`;
  return `on ${ports.length === 1 ? 'port' : 'ports'} ${ports.map(({ port }) => port).join(', ')} of "${namespace}/${name}"`;
}

function modesOf(ports: readonly PolicyPort[]): readonly Related[] {
  const places = new Map(
    ports.flatMap(({ mtls }) =>
      mtls.flatMap(({ policy, at: place }) => (policy === undefined ? [] : [[policy, place ?? at(policy, 'metadata', 'name')] as const])),
    ),
  );
  return [...places.values()].slice(0, 5).map((place) => ({ at: place, message: 'mutual TLS is off by this' }));
}
