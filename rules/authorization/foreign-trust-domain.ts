import { isForGateways } from '../../src/graph/policy-workloads.ts';
import { hasPlaceholder } from '../../src/model/doubt.ts';
import { below, type Place, spanAt } from '../../src/model/place.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { acceptedTrustDomainsOf, fiveParts } from '../../src/semantics/access-trust-domains.ts';
import type { AuthorizationRule, Clause } from '../../src/semantics/authorization-rules.ts';
import { judgedRules, listed } from '../../src/semantics/judged-rules.ts';

export const foreignTrustDomain = defineRule({
  id: 'foreign-trust-domain',
  title: 'Source of a trust domain that the mesh does not have',
  category: 'security',
  severity: 'warning',
  securitySeverity: '5.5',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['AuthorizationPolicy'],
  equivalents: [{ tool: 'kiali', code: 'KIA0108' }],
  docs: {
    why: 'A workload accepts certificates of the trust domain of its mesh and of the aliases of it, and of no other. A source of another trust domain therefore matches nobody, and "cluster.local" stands for the trust domain of the mesh only where a principal is written out in full, without a "*" for some of its parts.',
    help: 'Use the trust domain of the mesh. To admit callers of another mesh, list its trust domain in trustDomainAliases, or with its certificates in caCertificates, of the mesh configuration.',
    evidence:
      'The trust domain of the mesh is known: a mesh configuration is in the input or was given, or the mesh is complete (and has "cluster.local" then). Its aliases and the trust domains of its caCertificates count as well. Policies for gateways are not judged, whose clients may have certificates of anyone.',
    bad: `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: istio
        namespace: istio-system
      data:
        mesh: |
          trustDomain: shop.example
      ---
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
                    - partner.example/ns/shop/sa/cart # warning(partner.example): no caller has trust domain "partner.example": the mesh has "shop.example"
                    - cluster.local/ns/shop/* # warning(cluster.local): no caller has trust domain "cluster.local"
      `,
    good: `
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: istio
        namespace: istio-system
      data:
        mesh: |
          trustDomain: shop.example
      ---
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
                    - shop.example/ns/shop/sa/cart
                    - cluster.local/ns/shop/sa/web
      `,
    references: [
      'https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-trust_domain',
      'https://istio.io/latest/docs/tasks/security/authorization/authz-td-migration/',
    ],
  },

  *check(policy, { mesh }) {
    const accepted = acceptedTrustDomainsOf(mesh.config);
    for (const judged of judgedRules(mesh, policy, ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'], { drafts: true })) {
      if ('reason' in judged) {
        yield judged;
        continue;
      }
      for (const { trustDomain, at } of trustDomainsIn(judged.rule, accepted)) {
        if (accepted === undefined) yield { at, reason: 'the trust domains that the mesh takes are not in the input' };
        else if (!isForGateways(mesh, policy)) {
          const literally = trustDomain === 'cluster.local' ? ', and only a principal without "*" means it by "cluster.local"' : '';
          yield { at, message: `no caller has trust domain "${trustDomain}": the mesh has ${listed(accepted)}${literally}` };
        }
      }
    }
  },
});

interface Written {
  readonly trustDomain: string;
  readonly at: Place;
}

/** Trust domains that are written out, and neither accepted nor stand for that of the mesh, whatever it is. */
function trustDomainsIn({ sources, conditions }: AuthorizationRule, accepted: readonly string[] | undefined): readonly Written[] {
  const found: Written[] = [];
  const look = ({ field }: Clause, list: readonly string[], listAt: Place): void => {
    for (const [i, value] of list.entries()) {
      const trustDomain = field === 'principals' ? value.slice(0, Math.max(0, value.indexOf('/'))) : value;
      if (accepted?.includes(trustDomain) === true) continue;
      // What has no namespace is no principal, and "spiffe:" no trust domain; both are other faults.
      const isPrincipal = field === 'trustDomains' || /^[^/]+\/ns\//.test(value);
      if (!isPrincipal || trustDomain.includes('*') || hasPlaceholder(trustDomain)) continue;
      if (field === 'principals' && trustDomain === 'cluster.local' && fiveParts(value) !== undefined) continue;
      found.push({ trustDomain, at: spanAt(below(listAt, i), 0, trustDomain.length) });
    }
  };
  for (const clauses of [...sources.map((source) => source.clauses), conditions]) {
    for (const clause of clauses) {
      if (clause.field !== 'principals' && clause.field !== 'trustDomains') continue;
      look(clause, clause.values, clause.valuesAt);
      look(clause, clause.notValues, clause.notValuesAt);
    }
  }
  return found;
}
