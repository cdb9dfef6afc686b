import type { Mesh } from './mesh.ts';
import { SelectorIndex } from './selectors.ts';
import type { Workload } from './workloads.ts';

/**
 * The pod's proxy is a gateway (a router to Istio), no sidecar beside an application: by the template that injects it, by the label of the
 * Gateway API, or since a Gateway selects it. Source: pilot/pkg/model/context.go (Router), the gateway injection template.
 */
export function isGatewayPod(mesh: Mesh, workload: Workload): boolean {
  if (injectsGateway(workload)) return true;
  if (workload.labels['gateway.networking.k8s.io/gateway-name'] !== undefined) return true;
  return mesh.step(isSelected, workload);
}

function isSelected(mesh: Mesh, { labels }: Workload): boolean {
  return mesh.derive(gatewaySelectors).matches(labels);
}

/** The pod asks for the template of a gateway instead of a sidecar's. */
export function injectsGateway({ annotations }: Workload): boolean {
  const templates = annotations['inject.istio.io/templates'];
  return templates !== undefined && templates.split(',').some((template) => template.trim() === 'gateway');
}

/** A Gateway without selector is for all gateways, and makes none. */
export function gatewaySelectors(mesh: Mesh): SelectorIndex<true> {
  const index = new SelectorIndex<true>();
  for (const { spec } of mesh.of('Gateway')) {
    const selector = spec.selector ?? {};
    if (Object.keys(selector).length > 0) index.add(selector, true);
  }
  return index;
}
