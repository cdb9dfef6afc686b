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
/** Model kind, group, versions, schema. In the order in which people read about them. */
declare const rows: readonly [readonly ["VirtualService", "networking.istio.io", "v1 v1beta1 v1alpha3", "istio/virtual-service"], readonly ["DestinationRule", "networking.istio.io", "v1 v1beta1 v1alpha3", "istio/destination-rule"], readonly ["Gateway", "networking.istio.io", "v1 v1beta1 v1alpha3", "istio/gateway"], readonly ["ServiceEntry", "networking.istio.io", "v1 v1beta1 v1alpha3", "istio/service-entry"], readonly ["Sidecar", "networking.istio.io", "v1 v1beta1 v1alpha3", "istio/sidecar"], readonly ["WorkloadEntry", "networking.istio.io", "v1 v1beta1 v1alpha3", "istio/workload-entry"], readonly ["WorkloadGroup", "networking.istio.io", "v1 v1beta1 v1alpha3", "istio/workload-group"], readonly ["EnvoyFilter", "networking.istio.io", "v1alpha3", "istio/envoy-filter"], readonly ["ProxyConfig", "networking.istio.io", "v1beta1", "istio/proxy-config"], readonly ["AuthorizationPolicy", "security.istio.io", "v1 v1beta1", "istio/authorization-policy"], readonly ["PeerAuthentication", "security.istio.io", "v1 v1beta1", "istio/peer-authentication"], readonly ["RequestAuthentication", "security.istio.io", "v1 v1beta1", "istio/request-authentication"], readonly ["Telemetry", "telemetry.istio.io", "v1 v1alpha1", "istio/telemetry"], readonly ["WasmPlugin", "extensions.istio.io", "v1alpha1", "istio/wasm-plugin"], readonly ["TrafficExtension", "extensions.istio.io", "v1alpha1", "istio/traffic-extension"], readonly ["GatewayClass", "gateway.networking.k8s.io", "v1 v1beta1", "gateway-api/gateway-class"], readonly ["KubernetesGateway", "gateway.networking.k8s.io", "v1 v1beta1", "gateway-api/gateway"], readonly ["HTTPRoute", "gateway.networking.k8s.io", "v1 v1beta1", "gateway-api/http-route"], readonly ["GRPCRoute", "gateway.networking.k8s.io", "v1", "gateway-api/grpc-route"], readonly ["TCPRoute", "gateway.networking.k8s.io", "v1 v1alpha2", "gateway-api/tcp-route"], readonly ["TLSRoute", "gateway.networking.k8s.io", "v1 v1alpha3 v1alpha2", "gateway-api/tls-route"], readonly ["UDPRoute", "gateway.networking.k8s.io", "v1 v1alpha2", "gateway-api/udp-route"], readonly ["ListenerSet", "gateway.networking.k8s.io", "v1", "gateway-api/listener-set"], readonly ["ReferenceGrant", "gateway.networking.k8s.io", "v1 v1beta1", "gateway-api/reference-grant"], readonly ["BackendTLSPolicy", "gateway.networking.k8s.io", "v1 v1alpha3", "gateway-api/backend-tls-policy"], readonly ["XBackend", "gateway.networking.x-k8s.io", "v1alpha1", "gateway-api/x-backend"], readonly ["XBackendTrafficPolicy", "gateway.networking.x-k8s.io", "v1alpha1", "gateway-api/x-backend-traffic-policy"], readonly ["XMesh", "gateway.networking.x-k8s.io", "v1alpha1", "gateway-api/x-mesh"], readonly ["Namespace", "", "v1", "kubernetes/namespace"], readonly ["Service", "", "v1", "kubernetes/service"], readonly ["ServiceAccount", "", "v1", "kubernetes/service-account"], readonly ["Secret", "", "v1", "kubernetes/secret"], readonly ["ConfigMap", "", "v1", "kubernetes/config-map"], readonly ["Pod", "", "v1", "kubernetes/pod"], readonly ["ReplicationController", "", "v1", "kubernetes/replication-controller"], readonly ["Deployment", "apps", "v1", "kubernetes/deployment"], readonly ["StatefulSet", "apps", "v1", "kubernetes/stateful-set"], readonly ["DaemonSet", "apps", "v1", "kubernetes/daemon-set"], readonly ["ReplicaSet", "apps", "v1", "kubernetes/replica-set"], readonly ["Job", "batch", "v1", "kubernetes/job"], readonly ["CronJob", "batch", "v1 v1beta1", "kubernetes/cron-job"], readonly ["NetworkPolicy", "networking.k8s.io", "v1", "kubernetes/network-policy"], readonly ["Ingress", "networking.k8s.io", "v1", "kubernetes/ingress"], readonly ["Rollout", "argoproj.io", "v1alpha1", "kubernetes/rollout"], readonly ["Canary", "flagger.app", "v1beta1", "kubernetes/canary"], readonly ["Certificate", "cert-manager.io", "v1", "kubernetes/certificate"], readonly ["ExternalSecret", "external-secrets.io", "v1 v1beta1", "kubernetes/external-secret"], readonly ["SealedSecret", "bitnami.com", "v1alpha1", "kubernetes/sealed-secret"], readonly ["SecretProviderClass", "secrets-store.csi.x-k8s.io", "v1", "kubernetes/secret-provider-class"]];
export type ModelKind = (typeof rows)[number][0];
export declare const kinds: readonly Kind[];
/**
 * What a document is:
 * - a row of the table, also for a version that it does not list (`isKnownVersion`);
 * - `definition`: a CustomResourceDefinition;
 * - `not-modelled`: of a group of Istio, the Gateway API or Kubernetes, but its fields are not known here;
 * - `foreign`: anything else.
 */
export declare function kindOf(apiVersion: string, kind: string): Kind | 'definition' | 'not-modelled' | 'foreign';
/** The row of a model kind. */
export declare function kindRow(kind: ModelKind): Kind;
/** Whether the version that `apiVersion` names is one with the fields of the schema. */
export declare function isKnownVersion(kind: Kind, apiVersion: string): boolean;
/** `networking.istio.io/v1` → `networking.istio.io`; `v1` → the empty name of the core group. */
export declare function groupOf(apiVersion: string): string;
/** A group of Istio, the Gateway API or Kubernetes. */
export declare function isKnownGroup(group: string): boolean;
export {};
