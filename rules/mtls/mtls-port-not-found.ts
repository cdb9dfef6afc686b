import { unheardPorts } from '../../src/graph/policy-ports.ts';
import { decisionKey } from '../../src/graph/peer-authentications.ts';
import { at, keyAt } from '../../src/model/place.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';

export const mtlsPortNotFound = defineRule({
  id: 'mtls-port-not-found',
  title: 'Mutual TLS set for a port that no selected container declares',
  category: 'security',
  severity: 'warning',
  securitySeverity: '4.0',
  presets: ['strict'],
  since: '0.1.0',
  subjects: ['PeerAuthentication'],
  docs: {
    why: 'The keys of portLevelMtls are ports of the container. Where nothing listens on the port the entry does nothing, and the port that was meant keeps the mode of the workload.',
    help: 'Write a port of the container, or declare the port in the container if it listens on it.',
    evidence:
      'Workloads that the policy selects are in the input, all of them declare ports, none of them declares this one, and no Service leads to it. Kubernetes does not ask containers to declare their ports, so the rule is not in recommended.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        portLevelMtls:
          8081: # warning(8081): no container of "shop/cart" declares port 8081
            mode: STRICT
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        template:
          metadata:
            labels:
              app: cart
          spec:
            containers:
              - name: cart
                ports:
                  - containerPort: 8080
      `,
    good: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        portLevelMtls:
          8080:
            mode: STRICT
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        template:
          metadata:
            labels:
              app: cart
          spec:
            containers:
              - name: cart
                ports:
                  - containerPort: 8080
      `,
    references: [
      'https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication',
      'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
    ],
  },

  *check(policy, { mesh }) {
    for (const { number, key, workloads, services } of unheardPorts(mesh, policy)) {
      if (services.length > 0) continue;
      const [only] = workloads;
      const whose =
        workloads.length === 1 && only !== undefined ? `"${nameOf(only.resource)}"` : `the ${workloads.length} workloads that it selects`;
      yield {
        at: keyAt(at(policy, 'spec', 'portLevelMtls', key)),
        reports: decisionKey(at(policy, 'spec', 'portLevelMtls', key, 'mode')),
        message: `no container of ${whose} declares port ${number}`,
        related: workloads
          .flatMap(({ ports }) => ports)
          .slice(0, 5)
          .map((port) => ({ at: port.at, message: `"${nameOf(port.workload.resource)}" declares port ${port.number}` })),
      };
    }
  },
});
