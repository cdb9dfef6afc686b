import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { tlsSettingsErased } from './tls-settings-erased.ts';

const rule = (spec: string): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: rule, namespace: shop }
spec: ${spec}
`;
const port = '{ port: { number: 8443 }, connectionPool: { tcp: { maxConnections: 1 } } }';

testRule(it, tlsSettingsErased, {
  'reports a subset that has its TLS from the rule': rule(
    `{ host: cart, trafficPolicy: { tls: { mode: MUTUAL } }, subsets: [{ name: v1, trafficPolicy: { portLevelSettings: [${port}] } }] } # warning(8443): turns MUTUAL off`,
  ),
  'reports a subset that has TLS of its own': rule(
    `{ host: cart, subsets: [{ name: v1, trafficPolicy: { tls: { mode: SIMPLE }, portLevelSettings: [${port}] } }] } # warning(8443): turns SIMPLE off`,
  ),
  'accepts ISTIO_MUTUAL, which is automatic': rule(
    `{ host: cart, trafficPolicy: { tls: { mode: ISTIO_MUTUAL }, portLevelSettings: [${port}] } }`,
  ),
  'accepts DISABLE, which stays off': rule(`{ host: cart, trafficPolicy: { tls: { mode: DISABLE }, portLevelSettings: [${port}] } }`),
  'accepts settings without TLS around them': rule(`{ host: cart, trafficPolicy: { portLevelSettings: [${port}] } }`),
  'accepts an entry that disables TLS on purpose': rule(
    '{ host: cart, trafficPolicy: { tls: { mode: SIMPLE }, portLevelSettings: [{ port: { number: 80 }, tls: { mode: DISABLE } }] } }',
  ),
});
