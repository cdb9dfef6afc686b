import { met } from './encounters.test-support.ts';
import type { Request } from './route-match.test-support.ts';
import { meshOutcome, type Outcome } from './routes.test-support.ts';
import { sidecarOf } from './visibility.test-support.ts';
import type { Proxy, World } from './world.test-support.ts';

/**
 * The page says little of egress listeners with a port; sidecar.go, GetEgressListenerForRDS: what goes to a port is the business of the listener
 * with this port, else of the one without; and that listener's hosts are all that it routes for. One that is bound to an address of the pod
 * (`bind`, or captureMode NONE) takes nothing that goes to other addresses (listener.go, buildSidecarOutboundListeners).
 */
export function egressOutcome(world: World, proxy: Proxy, port: number, request: Request): Outcome {
  const sidecar = sidecarOf(world, proxy);
  if (sidecar === undefined) return meshOutcome(world, proxy, port, request);
  // A Sidecar without outboundTrafficPolicy has that of the mesh; one without `mode` is REGISTRY_ONLY, the first of the enumeration.
  const policy = sidecar.spec?.outboundTrafficPolicy;
  const outbound = policy === undefined ? world.outbound : policy.mode === 'ALLOW_ANY' ? 'ALLOW_ANY' : 'REGISTRY_ONLY';
  if (policy !== undefined && outbound !== world.outbound) met('a Sidecar with another outboundTrafficPolicy than the mesh');
  const withPolicy = { ...world, outbound };
  const egress = sidecar.spec?.egress ?? [];
  if (egress.length === 0) return meshOutcome(withPolicy, proxy, port, request);
  const unbound = egress.filter(({ bind, captureMode }) => (bind ?? '') === '' && captureMode !== 'NONE');
  if (unbound.length < egress.length) met('an egress listener that is bound');
  const listener = unbound.find((one) => one.port?.number === port) ?? unbound.find((one) => one.port === undefined);
  if (listener === undefined) {
    met('a port without an egress listener');
    return { kind: outbound === 'ALLOW_ANY' ? 'passthrough' : 'blackhole' };
  }
  met(listener.port === undefined ? 'an egress listener for every port' : 'an egress listener for the port');
  const alone = { ...sidecar, spec: { ...sidecar.spec, egress: [listener] } };
  const resources = withPolicy.resources.map((resource) => (resource === sidecar ? alone : resource));
  return meshOutcome({ ...withPolicy, resources }, proxy, port, request, withPolicy);
}
