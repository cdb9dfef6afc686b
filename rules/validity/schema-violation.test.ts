import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { schemaViolation } from './schema-violation.ts';

testRule(it, schemaViolation, {
  'reports wrong types, values out of bounds and missing fields, each at its place': `
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata:
      name: reviews
    spec:
      hosts: reviews # error: must be a list
      http:
        - route:
            - destination: # error(destination): "host" is missing
                subset: v1
              weight: half # error: must be an integer
          retries:
            attempts: 2.5 # error: must be an integer`,

  'reports a resource without a name': `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: # error(metadata): "name" is missing
      namespace: edge
    spec:
      servers: []`,

  'sees that y and no are booleans to Kubernetes': `
    apiVersion: v1
    kind: Service
    metadata:
      name: y # error: must be a string
    spec:
      selector:
        app: no # error: must be a string`,

  'accepts fields of Kubernetes kinds that no rule reads, whatever they hold': `
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      progressDeadlineSeconds: anything
      template:
        spec:
          containers: [{ name: app, image: x, resources: 5 }]`,
});
