import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { invalidYaml } from './invalid-yaml.ts';

testRule(it, invalidYaml, {
  'says where the indentation breaks': `
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata:
        name: reviews
      namespace: shop # error(namespace):
    spec:
      host: reviews`,

  'reports one problem of a broken document and goes on with the next': `
    apiVersion: v1
    kind: Service
    metadata: { name: *missing } # error(*missing):
    ---
    apiVersion: v1
    kind: Service
    metadata: { name: fine }
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: a
      name: b # error(name): key "name"`,

  'accepts anchors, merge keys, several documents and their ends': `
    apiVersion: v1
    kind: ConfigMap
    metadata: &meta { name: a, labels: { app: a } }
    data:
      <<: { x: "1" }
      "y": "2"
    ...
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: { name: b }`,
});
