import type { Mesh } from './mesh.ts';
import { SelectorIndex } from './selectors.ts';
import type { Workload } from './workloads.ts';

/** The label by which a pod is the gateway of a Gateway of the Gateway API. */
export const gatewayNameLabel = 'gateway.networking.k8s.io/gateway-name';

/** The Gateway of the Gateway API, in its namespace, that a pod with these labels is the gateway of. */
export function gatewayNameOf(labels: Readonly<Record<string, string>>): string | undefined {
  return Object.hasOwn(labels, gatewayNameLabel) ? labels[gatewayNameLabel] : undefined;
}

/**
 * The pod's proxy is a gateway (a router to Istio), no sidecar beside an application: by the template that injects it, by the label of the
 * Gateway API, or since a Gateway selects it. Source: pilot/pkg/model/context.go (Router), the gateway injection template.
 */
export function isGatewayPod(mesh: Mesh, workload: Workload): boolean {
  if (injectsGateway(workload)) return true;
  if (gatewayNameOf(workload.labels) !== undefined) return true;
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
