import { unheardPorts } from '../../src/graph/policy-ports.ts';
import { at, keyAt } from '../../src/model/place.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';

export const mtlsPortOfService = defineRule({
  id: 'mtls-port-of-service',
  title: 'Mutual TLS set for a port of the service instead of the container',
  category: 'security',
  severity: 'warning',
  securitySeverity: '6.5',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['PeerAuthentication'],
  docs: {
    why: 'The keys of portLevelMtls are ports of the container. An entry for the port of the service has no effect, and the port on which the container listens keeps the mode of the workload.',
    help: 'Write the port to which the service leads (its targetPort).',
    evidence:
      'Workloads that the policy selects are in the input, a Service leads from the port that is named to another port of theirs, none of their containers declares the port, and no Service leads to it.',
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
          80: # warning(80): port 80 is a port of the service "cart", which leads to port 8080 of the container
            mode: STRICT
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          app: cart
        ports:
          - name: http
            port: 80
            targetPort: 8080
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
      apiVersion: v1
      kind: Service
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          app: cart
        ports:
          - name: http
            port: 80
            targetPort: 8080
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
    references: ['https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication'],
  },

  *check(policy, { mesh }) {
    for (const { number, key, services } of unheardPorts(mesh, policy)) {
      const [first] = services;
      if (first === undefined) continue;
      const targets = [...new Set(services.map(({ target }) => target))];
      const [only] = targets;
      const place = keyAt(at(policy, 'spec', 'portLevelMtls', key));
      yield {
        at: place,
        message: `port ${number} is a port of the service "${first.service.resource.metadata.name}", which leads to port ${targets.join(' or ')} of the container: the entry has no effect`,
        related: services.map(({ service, port, target }) => ({
          at: port.at,
          message: `"${nameOf(service.resource)}" leads from here to port ${target}`,
        })),
        fix:
          targets.length === 1 && only !== undefined
            ? { title: `Name port ${only}`, safety: 'suggestion', edits: [{ op: 'rename-key', at: place, key: String(only) }] }
            : undefined,
      };
    }
  },
});
