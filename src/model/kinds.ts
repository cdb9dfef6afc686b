/** The kinds of which meshlint knows the fields: the one table from which everything else about kinds follows. */

export interface Kind {
  /** The discriminator: the written kind, but for the Gateway API's Gateway, which Istio calls KubernetesGateway. */
  readonly kind: ModelKind;
  /** `kind:` as it stands in a manifest. */
  readonly written: string;
  /** API group; empty for Kubernetes' core. */
  readonly group: string;
  /** Versions that are or were served with the fields of the schema. */
  readonly versions: readonly string[];
  readonly scope: 'namespaced' | 'cluster';
  /** Its schema is `schemas/<schema>.schema.json`. */
  readonly schema: string;
  /** Only the fields in the schema are kept (Kubernetes' own kinds, whose other fields mean nothing to a mesh). */
  readonly projected: boolean;
}

const networking = 'networking.istio.io';
const security = 'security.istio.io';
const gateway = 'gateway.networking.k8s.io';
const gatewayExperiments = 'gateway.networking.x-k8s.io';

/** Model kind, group, versions, schema. In the order in which people read about them. */
const rows = [
  ['VirtualService', networking, 'v1 v1beta1 v1alpha3', 'istio/virtual-service'],
  ['DestinationRule', networking, 'v1 v1beta1 v1alpha3', 'istio/destination-rule'],
  ['Gateway', networking, 'v1 v1beta1 v1alpha3', 'istio/gateway'],
  ['ServiceEntry', networking, 'v1 v1beta1 v1alpha3', 'istio/service-entry'],
  ['Sidecar', networking, 'v1 v1beta1 v1alpha3', 'istio/sidecar'],
  ['WorkloadEntry', networking, 'v1 v1beta1 v1alpha3', 'istio/workload-entry'],
  ['WorkloadGroup', networking, 'v1 v1beta1 v1alpha3', 'istio/workload-group'],
  ['EnvoyFilter', networking, 'v1alpha3', 'istio/envoy-filter'],
  ['ProxyConfig', networking, 'v1beta1', 'istio/proxy-config'],
  ['AuthorizationPolicy', security, 'v1 v1beta1', 'istio/authorization-policy'],
  ['PeerAuthentication', security, 'v1 v1beta1', 'istio/peer-authentication'],
  ['RequestAuthentication', security, 'v1 v1beta1', 'istio/request-authentication'],
  ['Telemetry', 'telemetry.istio.io', 'v1 v1alpha1', 'istio/telemetry'],
  ['WasmPlugin', 'extensions.istio.io', 'v1alpha1', 'istio/wasm-plugin'],
  ['TrafficExtension', 'extensions.istio.io', 'v1alpha1', 'istio/traffic-extension'],
  ['GatewayClass', gateway, 'v1 v1beta1', 'gateway-api/gateway-class'],
  ['KubernetesGateway', gateway, 'v1 v1beta1', 'gateway-api/gateway'],
  ['HTTPRoute', gateway, 'v1 v1beta1', 'gateway-api/http-route'],
  ['GRPCRoute', gateway, 'v1', 'gateway-api/grpc-route'],
  ['TCPRoute', gateway, 'v1 v1alpha2', 'gateway-api/tcp-route'],
  ['TLSRoute', gateway, 'v1 v1alpha3 v1alpha2', 'gateway-api/tls-route'],
  ['UDPRoute', gateway, 'v1 v1alpha2', 'gateway-api/udp-route'],
  ['ListenerSet', gateway, 'v1', 'gateway-api/listener-set'],
  ['ReferenceGrant', gateway, 'v1 v1beta1', 'gateway-api/reference-grant'],
  ['BackendTLSPolicy', gateway, 'v1 v1alpha3', 'gateway-api/backend-tls-policy'],
  ['XBackend', gatewayExperiments, 'v1alpha1', 'gateway-api/x-backend'],
  ['XBackendTrafficPolicy', gatewayExperiments, 'v1alpha1', 'gateway-api/x-backend-traffic-policy'],
  ['XMesh', gatewayExperiments, 'v1alpha1', 'gateway-api/x-mesh'],
  ['Namespace', '', 'v1', 'kubernetes/namespace'],
  ['Service', '', 'v1', 'kubernetes/service'],
  ['ServiceAccount', '', 'v1', 'kubernetes/service-account'],
  ['Secret', '', 'v1', 'kubernetes/secret'],
  ['ConfigMap', '', 'v1', 'kubernetes/config-map'],
  ['Pod', '', 'v1', 'kubernetes/pod'],
  ['ReplicationController', '', 'v1', 'kubernetes/replication-controller'],
  ['Deployment', 'apps', 'v1', 'kubernetes/deployment'],
  ['StatefulSet', 'apps', 'v1', 'kubernetes/stateful-set'],
  ['DaemonSet', 'apps', 'v1', 'kubernetes/daemon-set'],
  ['ReplicaSet', 'apps', 'v1', 'kubernetes/replica-set'],
  ['Job', 'batch', 'v1', 'kubernetes/job'],
  ['CronJob', 'batch', 'v1 v1beta1', 'kubernetes/cron-job'],
  ['NetworkPolicy', 'networking.k8s.io', 'v1', 'kubernetes/network-policy'],
  ['Ingress', 'networking.k8s.io', 'v1', 'kubernetes/ingress'],
  ['Rollout', 'argoproj.io', 'v1alpha1', 'kubernetes/rollout'],
  ['Canary', 'flagger.app', 'v1beta1', 'kubernetes/canary'],
  ['Certificate', 'cert-manager.io', 'v1', 'kubernetes/certificate'],
  ['ExternalSecret', 'external-secrets.io', 'v1 v1beta1', 'kubernetes/external-secret'],
  ['SealedSecret', 'bitnami.com', 'v1alpha1', 'kubernetes/sealed-secret'],
  ['SecretProviderClass', 'secrets-store.csi.x-k8s.io', 'v1', 'kubernetes/secret-provider-class'],
] as const;

export type ModelKind = (typeof rows)[number][0];

const clusterScoped: ReadonlySet<ModelKind> = new Set<ModelKind>(['Namespace', 'GatewayClass', 'XMesh']);

export const kinds: readonly Kind[] = rows.map(([kind, group, versions, schema]) => ({
  kind,
  written: kind === 'KubernetesGateway' ? 'Gateway' : kind,
  group,
  versions: versions.split(' '),
  scope: clusterScoped.has(kind) ? 'cluster' : 'namespaced',
  schema,
  projected: schema.startsWith('kubernetes/'),
}));

const byGroupAndKind: ReadonlyMap<string, Kind> = new Map(kinds.map((row) => [`${row.group}/${row.written}`, row]));
const byKind: ReadonlyMap<ModelKind, Kind> = new Map(kinds.map((row) => [row.kind, row]));

/** Groups that do not show by their end to whom they belong; most are Kubernetes' own. */
const otherKnownGroups: ReadonlySet<string> = new Set(['', 'apps', 'autoscaling', 'batch', 'extensions', 'policy', gatewayExperiments]);

/**
 * What a document is:
 * - a row of the table, also for a version that it does not list (`isKnownVersion`);
 * - `definition`: a CustomResourceDefinition;
 * - `not-modelled`: of a group of Istio, the Gateway API or Kubernetes, but its fields are not known here;
 * - `foreign`: anything else.
 */
export function kindOf(apiVersion: string, kind: string): Kind | 'definition' | 'not-modelled' | 'foreign' {
  const group = groupOf(apiVersion);
  const row = byGroupAndKind.get(`${group}/${kind}`);
  if (row !== undefined) return row;
  if (group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition') return 'definition';
  return isKnownGroup(group) ? 'not-modelled' : 'foreign';
}

/** The row of a model kind. */
export function kindRow(kind: ModelKind): Kind {
  const row = byKind.get(kind);
  if (row === undefined) throw new Error(`"${kind}" is no model kind`);
  return row;
}

/** Whether the version that `apiVersion` names is one with the fields of the schema. */
export function isKnownVersion(kind: Kind, apiVersion: string): boolean {
  return kind.versions.includes(apiVersion.slice(apiVersion.indexOf('/') + 1));
}

/** `networking.istio.io/v1` → `networking.istio.io`; `v1` → the empty name of the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** A group of Istio, the Gateway API or Kubernetes. */
export function isKnownGroup(group: string): boolean {
  return otherKnownGroups.has(group) || group.endsWith('.istio.io') || group.endsWith('.k8s.io');
}
