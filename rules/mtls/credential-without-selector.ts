import { at } from '../../src/model/place.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { credentialsIn, sidecarsUsing } from '../../src/semantics/dropped-credentials.ts';

/** So many pods are shown. */
const shownPods = 3;

export const credentialWithoutSelector = defineRule({
  id: 'credential-without-selector',
  title: 'Credential that sidecars leave out together with the TLS around it',
  category: 'security',
  severity: 'warning',
  securitySeverity: '7.5',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['DestinationRule'],
  docs: {
    why: 'Only gateways, and sidecars that a workloadSelector names, may fetch the Secret of a credentialName. All other sidecars drop the whole tls block without a word and send plaintext.',
    help: 'Add a workloadSelector for the pods that are meant (their service account must be allowed to read the Secret), or mount the certificates and name them in clientCertificate, privateKey and caCertificates.',
    evidence:
      'A DestinationRule without workloadSelector has a credentialName (no ConfigMap) with mode SIMPLE or MUTUAL, pods of its namespace have a sidecar, no pod there is a gateway, and no VirtualService of the mesh takes the host, as one for an egress gateway does. Where it is not known whether sidecars use the rule, the question counts as unknown.',
    bad: `
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          istio-injection: enabled
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: cart
        namespace: shop
        labels:
          app: cart
      spec:
        containers:
          - name: cart
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: bank
        namespace: shop
      spec:
        host: api.bank.example.com
        trafficPolicy:
          tls:
            mode: MUTUAL
            credentialName: bank-client # warning: sidecars leave out the whole tls block for want of a workloadSelector, and send plaintext instead of MUTUAL
      `,
    good: `
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          istio-injection: enabled
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: cart
        namespace: shop
        labels:
          app: cart
      spec:
        containers:
          - name: cart
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: bank
        namespace: shop
      spec:
        host: api.bank.example.com
        workloadSelector:
          matchLabels:
            app: cart
        trafficPolicy:
          tls:
            mode: MUTUAL
            credentialName: bank-client
      `,
    references: ['https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings'],
  },

  *check(rule, { mesh }) {
    if (rule.spec.workloadSelector !== undefined) return;
    for (const { mode, at: place } of credentialsIn(rule)) {
      const pods = sidecarsUsing(mesh, rule);
      if (pods === undefined) {
        yield { at: place, reason: 'not known whether sidecars use the rule' };
        continue;
      }
      yield {
        at: place,
        message: `sidecars leave out the whole tls block for want of a workloadSelector, and send plaintext instead of ${mode}`,
        related: pods.slice(0, shownPods).map(({ resource }) => ({
          at: at(resource, 'metadata', 'name'),
          message: 'has a sidecar that uses this rule',
          affected: true,
        })),
      };
    }
  },
});
