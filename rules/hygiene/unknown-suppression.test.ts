import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { unknownSuppression } from './unknown-suppression.ts';

testRule(it, unknownSuppression, {
  'says what a comment without commas or without rules lacks': `
    # meshlint-disable # warning(# meshlint-disable): "meshlint-disable" names no rule
    apiVersion: security.istio.io/v1
    kind: PeerAuthentication
    metadata:
      name: a # meshlint-disable-line schema-violation since it is old # warning(schema-violation since it is old): a reason behind " -- "
      namespace: shop
    spec: {}`,

  'never looks at text inside of scalars': `
    apiVersion: v1
    kind: ConfigMap
    metadata: { name: a, namespace: shop }
    data:
      "# meshlint-disable no-such-rule": "# meshlint-disable no-such-rule"
      plain: this#meshlint-disable no-such-rule
      block: |
        # meshlint-disable no-such-rule
      folded: "first
        # meshlint-disable no-such-rule
        last"`,
});
