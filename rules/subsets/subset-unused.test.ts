import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { subsetUnused } from './subset-unused.ts';

const rule = (host = 'reviews', marker = ''): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: ${host}
  subsets: [{ name: canary, labels: { version: v2 } }]${marker}
`;
const delegate = `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec: { http: [{ route: [{ destination: { host: reviews, subset: v1 } }], mirror: { host: reviews, subset: canary } }] }
`;
const { docs, ...checked } = subsetUnused;

testRule(it, checked, {
  'reports its bad manifest': { complete: true, yaml: docs?.bad ?? '' },
  'accepts its good manifest': { complete: true, yaml: docs?.good ?? '' },
  'counts an open mesh as unknown': { yaml: rule(), unknown: 1 },
  'accepts mirrors, and routes of delegates': { complete: true, yaml: `${rule()}${delegate}` },
  'is silent about wildcards': { complete: true, yaml: rule("'*.shop.svc.cluster.local'") },
  'leaves an empty subset to another rule': {
    complete: true,
    yaml: `${rule()}
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { selector: { app: reviews }, ports: [{ port: 80 }] }
`,
  },
});
