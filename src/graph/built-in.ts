import type { Resource, ResourceOf } from '../model/resource.ts';
import { builtInText } from './built-in-text.ts';

const origin = { text: builtInText, document: 0, item: [] };
const own = { origin, leftOut: [] } as const;

/** Controllers by class. Source: pilot/pkg/config/kube/gateway/gatewayclass.go and pkg/config/constants. */
const gatewayClasses = [
  ['istio', 'istio.io/gateway-controller'],
  ['istio-remote', 'istio.io/unmanaged-gateway'],
  ['istio-waypoint', 'istio.io/mesh-controller'],
  ['istio-east-west', 'istio.io/eastwest-controller'],
] as const;

const ingressLabels = { app: 'istio-ingressgateway', istio: 'ingressgateway' };

/** Service port, name and container port. Source: manifests/charts/gateways/istio-ingress/values.yaml, and profile demo for the last two. */
const ingressPorts = [
  [80, 'http2', 8080],
  [443, 'https', 8443],
  [31400, 'tcp', 31400],
  [15443, 'tls', 15443],
] as const;

/**
 * What is in every mesh and in no manifest: the Istio namespace with the default ingress gateway, and the GatewayClasses; without what the
 * input defines itself. The gateway is left out as soon as the input has any pods with its label.
 */
export function builtIn(rootNamespace: string, resources: Iterable<Resource>): readonly Resource[] {
  const defined = new Set<string>();
  let gateway = true;
  for (const resource of resources) {
    const { kind, metadata } = resource;
    if (kind === 'GatewayClass' || (kind === 'Namespace' && metadata.name === rootNamespace)) defined.add(`${kind} ${metadata.name}`);
    else if (kind === 'Service' && metadata.name === 'istio-ingressgateway' && metadata.namespace === rootNamespace) gateway = false;
    else if (podLabels(resource)?.['istio'] === 'ingressgateway') gateway = false;
  }
  const { always, ingress } = broughtWith(rootNamespace);
  return [...always.filter(({ kind, metadata }) => !defined.has(`${kind} ${metadata.name}`)), ...(gateway ? ingress : [])];
}

interface Brought {
  readonly always: readonly Resource[];
  readonly ingress: readonly Resource[];
}

/** By the root namespace: the same resources each time, so that a session sees that they are. */
const brought = new Map<string, Brought>();

function broughtWith(rootNamespace: string): Brought {
  let known = brought.get(rootNamespace);
  if (known === undefined) brought.set(rootNamespace, (known = bring(rootNamespace)));
  return known;
}

function bring(rootNamespace: string): Brought {
  const always: readonly Resource[] = [
    { ...own, apiVersion: 'v1', kind: 'Namespace', metadata: named(rootNamespace, '') },
    ...gatewayClasses.map(([name, controllerName]): ResourceOf<'GatewayClass'> => ({
      ...own,
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: named(name, ''),
      spec: { controllerName },
    })),
  ];
  return { always, ingress: ingressGateway(rootNamespace) };
}

function ingressGateway(namespace: string): readonly Resource[] {
  const metadata = { name: 'istio-ingressgateway', namespace, labels: ingressLabels, annotations: {} };
  return [
    {
      ...own,
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        type: 'LoadBalancer',
        selector: ingressLabels,
        ports: ingressPorts.map(([port, name, targetPort]) => ({ port, name, targetPort, protocol: 'TCP' })),
      },
    },
    {
      ...own,
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        selector: { matchLabels: ingressLabels },
        template: {
          metadata: {
            labels: { ...ingressLabels, 'sidecar.istio.io/inject': 'true' },
            annotations: { 'inject.istio.io/templates': 'gateway' },
          },
          spec: {
            serviceAccountName: 'istio-ingressgateway-service-account',
            containers: [{ name: 'istio-proxy', ports: ingressPorts.map(([, , containerPort]) => ({ containerPort, protocol: 'TCP' })) }],
          },
        },
      },
    },
  ];
}

function named(name: string, namespace: string): Resource['metadata'] {
  return { name, namespace, labels: {}, annotations: {} };
}

/** Of what makes pods, or is one; undefined for everything else. */
function podLabels(resource: Resource): Readonly<Record<string, string | null>> | undefined {
  switch (resource.kind) {
    case 'Pod':
      return resource.metadata.labels;
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
    case 'Rollout':
      return resource.spec?.template?.metadata?.labels;
    default:
      return undefined;
  }
}
