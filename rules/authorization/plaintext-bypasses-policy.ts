import { defineRule, type Related } from '../../src/rule/rule.ts';
import { judgedRules, listed, placeOf } from '../../src/semantics/judged-rules.ts';
import { type Bypass, bypassesOf, mostPorts } from '../../src/semantics/plaintext-bypass.ts';
import type { PolicyPort } from '../../src/semantics/policy-ports.ts';

/** Ports named as related places; the message says where else. */
const shownPorts = 5;

export const plaintextBypassesPolicy = defineRule({
  id: 'plaintext-bypasses-policy',
  title: 'Exclusion by identity that plaintext gets round',
  category: 'security',
  severity: 'error',
  securitySeverity: '8.6',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  equivalents: [{ tool: 'kiali', code: 'KIA0105' }],
  docs: {
    why: 'Only mutual TLS gives a caller an identity. A plaintext caller has none, so that notNamespaces or notPrincipals of an ALLOW rule do not leave it out and namespaces or principals of a DENY rule do not find it. Whoever is excluded gets in by calling without a proxy.',
    help: 'Require mutual TLS with a PeerAuthentication of mode STRICT, or deny callers without an identity: a DENY rule with notPrincipals ["*"]. Better still, let ALLOW rules name who may call.',
    evidence:
      'The rule is enforced for a port that takes plaintext: a PeerAuthentication of the input says PERMISSIVE or DISABLE for it, or the mesh is complete and none says anything. And there is a call that the policies of the port together refuse with an excluded identity and admit without one. Where the workloads are not in the input, those that the selector describes count; where nothing in an open mesh decides about mutual TLS, the question counts as unknown.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: no-sandbox
        namespace: payments
      spec:
        action: DENY
        rules:
          - from:
              - source:
                  namespaces:
                    - sandbox # error: callers of namespace "sandbox" get past this with plaintext
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: payments
      spec:
        mtls:
          mode: PERMISSIVE
      `,
    good: `
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: no-sandbox
        namespace: payments
      spec:
        action: DENY
        rules:
          - from:
              - source:
                  namespaces:
                    - sandbox
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
      'https://istio.io/latest/news/security/istio-security-2021-004/',
      'https://istio.io/latest/docs/concepts/security/#dependency-on-mutual-tls',
      'https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source',
    ],
  },

  *check(policy, { mesh }) {
    for (const judged of judgedRules(mesh, policy, ['ALLOW', 'DENY'], { exact: true })) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      const { found, unclear } = bypassesOf(mesh, judged.rule, judged.action === 'ALLOW' ? 'ALLOW' : 'DENY');
      for (const bypass of found) yield { at: placeOf(bypass.excluded, bypass.at), message: messageOf(bypass), related: relatedTo(bypass) };
      if (found.length === 0 && unclear !== undefined) yield { at: judged.rule.at, reason: unclear };
    }
  },
});

const nouns: { readonly [F in Bypass['clause']['field']]?: readonly [one: string, several: string] } = {
  principals: ['principal', 'principals'],
  namespaces: ['namespace', 'namespaces'],
  serviceAccounts: ['service account', 'service accounts'],
  trustDomains: ['trust domain', 'trust domains'],
};

function messageOf({ clause, excluded, ports }: Bypass): string {
  const [one, several] = nouns[clause.field] ?? ['', ''];
  const who = clause.field === 'principals' || clause.field === 'serviceAccounts' ? 'the workloads of ' : 'callers of ';
  return `${who}${excluded.length === 1 ? one : several} ${listed(excluded)} get past this with plaintext, which has no identity${whereOf(ports)}`;
}

function whereOf(ports: readonly PolicyPort[]): string {
  const [first] = ports;
  if (first?.isKnown !== true || first.port === 0) return '';
  const others = ports.length - 1;
  const more = others === 0 ? '' : ports.length === mostPorts ? ' and others' : ` and ${others} other ${others === 1 ? 'port' : 'ports'}`;
  return `, on port ${first.port} of "${first.workload.namespace}/${first.workload.name}"${more}`;
}

function relatedTo({ ports }: Bypass): readonly Related[] {
  const related = new Map<unknown, Related>();
  for (const { workload, port, isKnown, mtls } of ports) {
    for (const { at, mode, policy } of mtls) {
      if (at !== undefined && policy !== undefined && related.size < shownPorts)
        related.set(at.kind === 'node' ? `${policy.metadata.name} ${at.path.join('/')}` : at, { at, message: `${mode} takes plaintext` });
    }
    const declared = isKnown ? workload.ports.find(({ number }) => number === port) : undefined;
    if (declared !== undefined && related.size < shownPorts)
      related.set(declared, { at: declared.at, message: `port ${port} of "${workload.namespace}/${workload.name}" takes plaintext` });
  }
  return [...related.values()];
}
