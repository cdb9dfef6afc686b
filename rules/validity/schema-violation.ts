import { defineRule } from '../../src/rule/rule.ts';

export const schemaViolation = defineRule({
  id: 'schema-violation',
  title: 'Field that does not have the shape of its kind',
  category: 'validity',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['document'],
  docs: {
    why: 'The API server checks each resource against the schema of its kind and refuses one that does not fit. What was in the cluster before stays there.',
    help: 'Write what the message says is valid at this place.',
    evidence:
      'A document of a modelled kind has a field of another type, a value that the schema does not allow, or lacks a required field, its name or its kind. Other rules judge the rest of the resource as if the field were not known.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: STRICTT # error: "STRICTT" is no value of "mode"
      `,
    good: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      `,
    references: ['https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation'],
  },

  *check(document) {
    for (const { kind, at, message } of document.problems) if (kind === 'shape') yield { at, message };
  },
});
