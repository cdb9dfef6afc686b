import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { suppressionWithoutReason } from './suppression-without-reason.ts';

testRule(it, suppressionWithoutReason, {
  'looks at comments and at the annotation of meshlint only': `
    apiVersion: security.istio.io/v1
    kind: PeerAuthentication
    metadata:
      name: a
      namespace: shop
      annotations:
        meshlint.dev/ignore: schema-violation # warning: "meshlint.dev/ignore" gives no reason
        galley.istio.io/analyze-suppress: IST0106
    spec: { mtls: { mode: STRICTEST } }`,

  'accepts a reason in whatever words': `
    apiVersion: security.istio.io/v1
    kind: PeerAuthentication
    metadata:
      name: a
      namespace: shop
    # meshlint-disable-next-line schema-violation -- see #12 -- and more
    spec: { mtls: { mode: STRICTEST } }`,
});
