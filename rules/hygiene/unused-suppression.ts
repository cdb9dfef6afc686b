import { defineRule } from '../../src/rule/rule.ts';

export const unusedSuppression = defineRule({
  id: 'unused-suppression',
  title: 'Suppression that suppresses nothing',
  category: 'hygiene',
  severity: 'warning',
  presets: ['strict'],
  since: '0.1.0',
  subjects: [],
  docs: {
    why: 'What it was for is mended, or it stands in the wrong place. It hides the next fault of that kind as soon as there is one.',
    help: 'Remove the name of the rule, or move the suppression to the line in front of what is reported.',
    evidence:
      'The rule that is named runs, decided everything, and finds nothing in the place that the suppression is for. It is silent for rules that do not run, for rules that left anything undecided, in runs that are not complete, with --namespace, and about the annotations of istioctl and Kiali.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          # meshlint-disable-next-line schema-violation -- the old name # warning(schema-violation): "schema-violation" finds nothing that this suppresses
          mode: STRICT
      `,
    good: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          # meshlint-disable-next-line schema-violation -- our fork knows this mode
          mode: STRICTEST
      `,
    references: ['https://github.com/meshlint/meshlint/blob/main/docs/rules/README.md'],
  },

  // Which suppressions there are, and what they do, is known to the engine only, when all other rules have spoken.
  check: () => [],
});
