import { defineRule } from '../../src/rule/rule.ts';

export const suppressionWithoutReason = defineRule({
  id: 'suppression-without-reason',
  title: 'Suppression that gives no reason',
  category: 'hygiene',
  severity: 'warning',
  presets: ['strict'],
  since: '0.1.0',
  subjects: [],
  docs: {
    why: 'Whoever reads it later can not tell whether it still holds, so nobody dares to remove it.',
    help: 'Say why behind ` -- ` in a comment, or behind a colon in the annotation.',
    evidence:
      'A comment or an annotation of meshlint names a rule and nothing behind it. The annotations of istioctl and Kiali have no place for a reason.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          # meshlint-disable-next-line schema-violation # warning(# meshlint-disable-next-line schema-violation): "meshlint-disable-next-line" gives no reason
          mode: STRICTEST
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
