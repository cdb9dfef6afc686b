import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { duplicateResource } from './duplicate-resource.ts';

const settings = `
  apiVersion: v1
  kind: ConfigMap
  metadata: { name: web }`;

testRule(it, duplicateResource, {
  'takes no namespace and the default one as the same': `
    apiVersion: v1
    kind: ConfigMap
    metadata: { name: web }
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: { name: web, namespace: default } # warning(web): ConfigMap "default/web" is already in this file`,

  'takes all versions of a kind as the same': `
    apiVersion: security.istio.io/v1
    kind: PeerAuthentication
    metadata: { name: a }
    ---
    apiVersion: security.istio.io/v1beta1
    kind: PeerAuthentication
    metadata: { name: a } # warning(a): is already in this file`,

  'accepts two files, two kinds of one name, and two namespaces': {
    yaml: {
      'dev/web.yaml': settings,
      'prod/web.yaml': settings,
      'web.yaml': `
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: { name: web }
        spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: { name: web }
        spec: { servers: [] }
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: { name: web, namespace: shop }
        spec: { servers: [] }`,
    },
  },
});
