import { defineRule } from '../../src/rule/rule.ts';

export const unknownSuppression = defineRule({
  id: 'unknown-suppression',
  title: 'Suppression of a rule that there is not',
  category: 'hygiene',
  severity: 'warning',
  presets: ['strict'],
  since: '0.1.0',
  subjects: [],
  docs: {
    why: 'It suppresses nothing. What it was meant for is reported, or will be hidden by nobody knows what once the name exists.',
    help: 'Write the id that the report shows in brackets; `meshlint rules` lists all. Rules stand between commas, and a reason behind ` -- `.',
    evidence: 'A comment or an annotation of meshlint names something that is neither the id nor a former id of a rule, or names nothing.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
        annotations:
          meshlint.dev/ignore: "schema-violatoin: our fork knows this mode" # warning: there is no rule "schema-violatoin"; did you mean "schema-violation"?
      spec:
        mtls:
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
