import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { unusedSuppression } from './unused-suppression.ts';

testRule(it, unusedSuppression, {
  'judges every rule that a comment names, and where it holds': `
    # meshlint-disable schema-violation -- for the document # warning(schema-violation): finds nothing
    apiVersion: security.istio.io/v1
    kind: PeerAuthentication
    metadata: { name: a, namespace: shop }
    spec:
      mtls: { mode: STRICT } # meshlint-disable-line schema-violation -- here # warning(schema-violation): finds nothing
    ---
    apiVersion: security.istio.io/v1
    kind: PeerAuthentication
    metadata: { name: b, namespace: shop }
    spec:
      mtls: { mode: STRICTEST } # meshlint-disable-line schema-violation -- our fork knows this mode`,

  'judges the annotation, and says what can not be suppressed': `
    apiVersion: security.istio.io/v1
    kind: PeerAuthentication
    metadata:
      name: a
      namespace: shop
      annotations:
        meshlint.dev/ignore: "schema-violation: it was once" # warning: "schema-violation" finds nothing
    # meshlint-disable-next-line invalid-yaml -- please # warning(invalid-yaml): "invalid-yaml" can't be suppressed
    spec: {}`,

  'is silent about rules that do not run, and about the annotations of others': `
    apiVersion: security.istio.io/v1
    kind: PeerAuthentication
    metadata:
      name: a
      namespace: shop
      annotations:
        galley.istio.io/analyze-suppress: IST0106
        kiali.io/ignore-validations: ""
    # meshlint-disable-next-line permissive-mtls -- while we migrate
    spec: { mtls: { mode: PERMISSIVE } }`,

  'is silent about documents that are no resources': `
    # meshlint-disable schema-violation -- elsewhere
    services: [a]
    ---
    apiVersion: v1
    kind: Namespace
    metadata: { name: a }`,
});
