import { accessLookUps } from './access-look-up.test-support.ts';
import type { LookUp } from './look-up.test-support.ts';
import { routeLookUps } from './route-look-ups.test-support.ts';
import { securityLookUps } from './security-look-ups.test-support.ts';
import { trafficLookUps } from './traffic-look-ups.test-support.ts';

export const lookUps: readonly LookUp[] = [...trafficLookUps, ...securityLookUps, ...accessLookUps, ...routeLookUps];
