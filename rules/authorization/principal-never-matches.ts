import { at, spanAt } from '../../src/model/place.ts';
import { closest } from '../../src/rule/closest.ts';
import type { Fix } from '../../src/rule/edit.ts';
import { defineRule, type Fault } from '../../src/rule/rule.ts';
import { judgedRules } from '../../src/semantics/judged-rules.ts';
import { type NeverMatching, neverMatching } from '../../src/semantics/never-matching.ts';

export const principalNeverMatches = defineRule({
  id: 'principal-never-matches',
  title: 'Principal that matches nobody',
  category: 'security',
  severity: 'error',
  securitySeverity: '7.0',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  equivalents: [{ tool: 'kiali', code: 'KIA0106' }],
  docs: {
    why: 'Istio compares principals with identities like "cluster.local/ns/shop/sa/web", and a value that no identity equals is taken without a complaint. In an ALLOW rule whoever was meant is locked out; in a DENY rule, or as a notPrincipal, whoever was meant gets in.',
    help: 'Write principals as trust domain, "ns", namespace, "sa" and service account, without "spiffe://". A "*" is a wildcard only as the whole value, as its first or as its last character; to mean an account by namespace and name alone, use serviceAccounts.',
    evidence:
      'A principal begins with "spiffe://", has a "*" in the middle or at both ends, or has not the parts of an identity. Values that may be identities of another trust domain, or of the clients of a gateway, are judged only where they have "ns" or "sa" in them. In a complete mesh also: no such service account is defined, and nothing runs with it; otherwise that counts as unknown.',
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
                    - spiffe://cluster.local/ns/shop/sa/cart # error(spiffe://): this principal matches nobody: Istio puts "spiffe://" in front of it once more
                    - cluster.local/ns/*/sa/web # error(*): this principal matches nobody: a "*" in the middle is only a star
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
                    - "*/sa/web"
      `,
    references: [
      'https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source',
      'https://istio.io/latest/docs/concepts/security/#principals',
    ],
  },

  *check(policy, { mesh }) {
    for (const judged of judgedRules(mesh, policy, ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'], { drafts: true })) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      for (const never of neverMatching(mesh, judged.rule)) {
        if (never.why === 'unclear') yield { at: never.at, reason: never.reason };
        else yield { ...faultOf(never), related: accountsRelated(never) };
      }
    }

    function accountsRelated(never: NeverMatching): Fault['related'] {
      if (never.why !== 'account') return undefined;
      const guess = closest(never.account, never.others);
      const defined = guess === undefined ? undefined : mesh.find('ServiceAccount', never.namespace, guess);
      return defined === undefined ? undefined : [{ at: at(defined, 'metadata', 'name'), message: `"${guess ?? ''}" is defined here` }];
    }
  },
});

function faultOf(never: Exclude<NeverMatching, { readonly why: 'unclear' }>): Fault {
  const { value, negated } = never;
  const nobody = `this principal ${negated ? 'keeps nobody out' : 'matches nobody'}`;
  switch (never.why) {
    case 'spiffe':
      return {
        at: spanAt(never.at, 0, 'spiffe://'.length),
        message: `${nobody}: Istio puts "spiffe://" in front of it once more`,
        fix: replacing(never, value.slice('spiffe://'.length), 'Take "spiffe://" away', 'safe'),
      };
    case 'star': {
      const last = value.slice(value.lastIndexOf('*'));
      const isWholePart = value[never.star - 1] === '/' && value[never.star + 1] === '/' && value.indexOf('*', never.star + 1) === -1;
      return {
        at: spanAt(never.at, never.star, never.star + 1),
        message: `${nobody}: a "*" in the middle is only a star`,
        fix: isWholePart ? replacing(never, last, `Write "${last}", which takes it in any namespace`) : undefined,
      };
    }
    case 'stars':
      return { at: spanAt(never.at, value.length - 1, value.length), message: `${nobody}: a "*" at both ends is a wildcard at neither` };
    case 'form':
      return {
        at: never.at,
        message: `${nobody}: no identity looks like "${value}"`,
        fix: never.meant === undefined ? undefined : replacing(never, never.meant, `Write "${never.meant}"`),
      };
    case 'no-account':
      return { at: never.at, message: `${nobody}: there is no service account that "${value}" takes` };
    case 'account': {
      const { namespace, account, others } = never;
      const guess = closest(account, others);
      const meant = guess === undefined ? '' : `: did you mean "${guess}"?`;
      const fixed = guess === undefined ? value : `${value.slice(0, value.length - account.length)}${guess}`;
      return {
        at: never.at,
        message:
          others.size === 0
            ? `${nobody}: nothing runs in namespace "${namespace}"`
            : `there is no service account "${account}" in namespace "${namespace}"${meant}`,
        fix: guess === undefined ? undefined : replacing(never, fixed, `Name "${guess}"`),
      };
    }
  }
}

function replacing({ at: place }: NeverMatching, value: string, title: string, safety: Fix['safety'] = 'suggestion'): Fix {
  return { title, safety, edits: [{ op: 'replace', at: place, value }] };
}
