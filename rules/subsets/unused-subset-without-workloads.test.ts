import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { unusedSubsetWithoutWorkloads } from './unused-subset-without-workloads.ts';

const rule = (marker = ''): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: canary, labels: { version: v2 } }]${marker}
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: reviews, namespace: shop }
spec: { template: { metadata: { labels: { app: reviews, version: v1 } } } }
`;

testRule(it, unusedSubsetWithoutWorkloads, {
  'reports it in a complete mesh': { complete: true, yaml: rule(' # info(canary): no workload belongs to subset "canary"') },
  'is silent where the pods may lie elsewhere': rule(),
  'leaves a subset that a route uses to another rule': {
    complete: true,
    yaml: `${rule()}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec: { hosts: [reviews], http: [{ route: [{ destination: { host: reviews, subset: canary } }] }] }
`,
  },
});
