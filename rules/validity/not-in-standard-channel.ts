import { defineRule } from '../../src/rule/rule.ts';

export const notInStandardChannel = defineRule({
  id: 'not-in-standard-channel',
  title: 'Part of a resource that only the experimental channel of the Gateway API has',
  category: 'validity',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['document'],
  docs: {
    why: 'The Gateway API is installed in one of two channels. With the standard one the API server removes fields of the experimental channel without a word, so that they have no effect, and refuses its kinds, versions and values.',
    help: 'Install the experimental channel, or do without: take the version that the standard channel serves, which is v1 for most kinds, and leave out the field. If the experimental channel is installed, do not say --gateway-api standard.',
    evidence:
      'The run was told that the standard channel is installed (--gateway-api standard, or gatewayApi in the configuration), and a resource of the Gateway API is of a kind or version, or has a field or value, that only the experimental channel has. Without being told nothing is reported.',
    bad: `
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata:
        name: web
        namespace: shop
      spec:
        parentRefs:
          - name: edge
        rules:
          - backendRefs:
              - name: web
                port: 80
            retry: # error: pruned by the API server: "retry" is a field of the experimental channel of the Gateway API only
              attempts: 3
      `,
    good: `
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata:
        name: web
        namespace: shop
      spec:
        parentRefs:
          - name: edge
        rules:
          - backendRefs:
              - name: web
                port: 80
            timeouts:
              request: 10s
      `,
    references: ['https://gateway-api.sigs.k8s.io/concepts/versioning/#release-channels'],
  },

  *check(document) {
    for (const { kind, at, message } of document.problems) if (kind === 'channel') yield { at, message };
  },
});
