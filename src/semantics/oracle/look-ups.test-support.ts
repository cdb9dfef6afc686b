import { accessLookUps } from './access-look-up.test-support.ts';
import { delegateLookUps } from './delegate-look-ups.test-support.ts';
import { ambientLookUps } from './ambient-look-ups.test-support.ts';
import { customLookUps } from './custom-look-ups.test-support.ts';
import { destinationRuleLookUps } from './destination-rule-look-ups.test-support.ts';
import { egressLookUps } from './egress-look-ups.test-support.ts';
import { gatewayApiLookUps } from './gateway-api-look-ups.test-support.ts';
import { gatewayLookUps } from './gateway-look-ups.test-support.ts';
import { gatewayStreamLookUps } from './gateway-stream-look-ups.test-support.ts';
import { gatewayServerLookUps } from './gateway-server-look-ups.test-support.ts';
import type { LookUp } from './look-up.test-support.ts';
import { meshRouteLookUps } from './mesh-route-look-ups.test-support.ts';
import { securityLookUps } from './security-look-ups.test-support.ts';
import { serviceLookUps } from './service-look-ups.test-support.ts';
import { streamLookUps } from './stream-look-ups.test-support.ts';
import { variantLookUps } from './variant-look-ups.test-support.ts';

export const lookUps: readonly LookUp[] = [
  ...serviceLookUps,
  ...destinationRuleLookUps,
  ...variantLookUps,
  ...securityLookUps,
  ...accessLookUps,
  ...ambientLookUps,
  ...customLookUps,
  ...meshRouteLookUps,
  ...delegateLookUps,
  ...gatewayLookUps,
  ...gatewayServerLookUps,
  ...gatewayStreamLookUps,
  ...gatewayApiLookUps,
  ...streamLookUps,
  ...egressLookUps,
];
