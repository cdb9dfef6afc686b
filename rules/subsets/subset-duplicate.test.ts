import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { subsetDuplicate } from './subset-duplicate.ts';

testRule(it, subsetDuplicate, {
  'accepts the same name in two rules': `
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: { name: a }
    spec: { host: a, subsets: [{ name: v1, labels: { version: v1 } }] }
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: { name: b }
    spec: { host: b, subsets: [{ name: v1, labels: { version: v1 } }] }`,
});
