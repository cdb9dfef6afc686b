import type { ValueObject } from '../yaml/value.cjs';
export type SimpleLoadBalancer = 'UNSPECIFIED' | 'LEAST_CONN' | 'RANDOM' | 'PASSTHROUGH' | 'ROUND_ROBIN' | 'LEAST_REQUEST';
export type Protocol = 'TCP' | 'UDP' | 'SCTP';
export interface ResourceDocuments {
    readonly VirtualService: VirtualService;
    readonly DestinationRule: DestinationRule;
    readonly Gateway: Gateway;
    readonly ServiceEntry: ServiceEntry;
    readonly Sidecar: Sidecar;
    readonly WorkloadEntry: WorkloadEntry;
    readonly WorkloadGroup: WorkloadGroup;
    readonly EnvoyFilter: EnvoyFilter;
    readonly ProxyConfig: ProxyConfig;
    readonly AuthorizationPolicy: AuthorizationPolicy;
    readonly PeerAuthentication: PeerAuthentication;
    readonly RequestAuthentication: RequestAuthentication;
    readonly Telemetry: Telemetry;
    readonly WasmPlugin: WasmPlugin;
    readonly TrafficExtension: TrafficExtension;
    readonly GatewayClass: GatewayClass;
    readonly KubernetesGateway: KubernetesGateway;
    readonly HTTPRoute: HTTPRoute;
    readonly GRPCRoute: GRPCRoute;
    readonly TCPRoute: TCPRoute;
    readonly TLSRoute: TLSRoute;
    readonly UDPRoute: UDPRoute;
    readonly ListenerSet: ListenerSet;
    readonly ReferenceGrant: ReferenceGrant;
    readonly BackendTLSPolicy: BackendTLSPolicy;
    readonly XBackend: XBackend;
    readonly XBackendTrafficPolicy: XBackendTrafficPolicy;
    readonly XMesh: XMesh;
    readonly Namespace: Namespace;
    readonly Service: Service;
    readonly ServiceAccount: ServiceAccount;
    readonly Secret: Secret;
    readonly ConfigMap: ConfigMap;
    readonly Pod: Pod;
    readonly ReplicationController: ReplicationController;
    readonly Deployment: Deployment;
    readonly StatefulSet: StatefulSet;
    readonly DaemonSet: DaemonSet;
    readonly ReplicaSet: ReplicaSet;
    readonly Job: Job;
    readonly CronJob: CronJob;
    readonly NetworkPolicy: NetworkPolicy;
    readonly Ingress: Ingress;
    readonly Rollout: Rollout;
    readonly Canary: Canary;
    readonly Certificate: Certificate;
    readonly ExternalSecret: ExternalSecret;
    readonly SealedSecret: SealedSecret;
    readonly SecretProviderClass: SecretProviderClass;
}
export interface VirtualService {
    readonly apiVersion: string;
    readonly kind: 'VirtualService';
    readonly metadata: Metadata;
    readonly spec: VirtualServiceSpec;
}
export interface Metadata {
    readonly name: string;
    readonly generateName?: string;
    readonly namespace?: string;
    readonly labels?: {
        readonly [k: string]: string;
    };
    readonly annotations?: {
        readonly [k: string]: string;
    };
}
export interface VirtualServiceSpec {
    readonly exportTo?: readonly string[];
    readonly gateways?: readonly string[];
    readonly hosts?: readonly string[];
    readonly http?: readonly HttpRoute[];
    readonly tcp?: readonly TcpRoute[];
    readonly tls?: readonly TlsRoute[];
}
export interface HttpRoute {
    readonly corsPolicy?: CorsPolicy;
    readonly delegate?: Delegate;
    readonly directResponse?: HttpDirectResponse;
    readonly fault?: HttpFaultInjection;
    readonly headers?: Headers;
    readonly match?: readonly HttpMatchRequest[];
    readonly mirror?: Destination;
    readonly mirrorPercent?: number;
    readonly mirrorPercentage?: Percent;
    readonly mirror_percent?: number;
    readonly mirrors?: readonly HttpMirrorPolicy[];
    readonly name?: string;
    readonly redirect?: HttpRedirect;
    readonly retries?: HttpRetry;
    readonly rewrite?: HttpRewrite;
    readonly route?: readonly HttpRouteDestination[];
    readonly timeout?: string;
}
export interface CorsPolicy {
    readonly allowCredentials?: boolean;
    readonly allowHeaders?: readonly string[];
    readonly allowMethods?: readonly string[];
    readonly allowOrigin?: readonly string[];
    readonly allowOrigins?: readonly StringMatch[];
    readonly exposeHeaders?: readonly string[];
    readonly maxAge?: string;
    readonly unmatchedPreflights?: 'UNSPECIFIED' | 'FORWARD' | 'IGNORE';
}
export interface StringMatch {
    readonly exact?: string;
    readonly prefix?: string;
    readonly regex?: string;
}
export interface Delegate {
    readonly name?: string;
    readonly namespace?: string;
}
export interface HttpDirectResponse {
    readonly body?: {
        readonly bytes?: string;
        readonly string?: string;
    };
    readonly status: number;
}
export interface HttpFaultInjection {
    readonly abort?: {
        readonly grpcStatus?: string;
        readonly http2Error?: string;
        readonly httpStatus?: number;
        readonly percentage?: Percent;
    };
    readonly delay?: {
        readonly exponentialDelay?: string;
        readonly fixedDelay?: string;
        readonly percent?: number;
        readonly percentage?: Percent;
    };
}
export interface Percent {
    readonly value?: number;
}
export interface Headers {
    readonly request?: HeaderOperations;
    readonly response?: HeaderOperations;
}
export interface HeaderOperations {
    readonly add?: {
        readonly [k: string]: string;
    };
    readonly remove?: readonly string[];
    readonly set?: {
        readonly [k: string]: string;
    };
}
export interface HttpMatchRequest {
    readonly authority?: StringMatch;
    readonly gateways?: readonly string[];
    readonly headers?: {
        readonly [k: string]: StringMatch;
    };
    readonly ignoreUriCase?: boolean;
    readonly method?: StringMatch;
    readonly name?: string;
    readonly port?: number;
    readonly queryParams?: {
        readonly [k: string]: StringMatch;
    };
    readonly scheme?: StringMatch;
    readonly sourceLabels?: {
        readonly [k: string]: string;
    };
    readonly sourceNamespace?: string;
    readonly statPrefix?: string;
    readonly uri?: StringMatch;
    readonly withoutHeaders?: {
        readonly [k: string]: StringMatch;
    };
}
export interface Destination {
    readonly host: string;
    readonly port?: PortSelector;
    readonly subset?: string;
}
export interface PortSelector {
    readonly number?: number;
}
export interface HttpMirrorPolicy {
    readonly destination: Destination;
    readonly percentage?: Percent;
}
export interface HttpRedirect {
    readonly authority?: string;
    readonly derivePort?: 'FROM_PROTOCOL_DEFAULT' | 'FROM_REQUEST_PORT';
    readonly port?: number;
    readonly prefixRewrite?: string;
    readonly redirectCode?: number;
    readonly scheme?: string;
    readonly uri?: string;
}
export interface HttpRetry {
    readonly attempts?: number;
    readonly backoff?: string;
    readonly perTryTimeout?: string;
    readonly retryIgnorePreviousHosts?: boolean;
    readonly retryOn?: string;
    readonly retryRemoteLocalities?: boolean;
}
export interface HttpRewrite {
    readonly authority?: string;
    readonly uri?: string;
    readonly uriRegexRewrite?: {
        readonly match?: string;
        readonly rewrite?: string;
    };
}
export interface HttpRouteDestination {
    readonly destination: Destination;
    readonly headers?: Headers;
    readonly weight?: number;
}
export interface TcpRoute {
    readonly match?: readonly L4MatchAttributes[];
    readonly route?: readonly RouteDestination[];
}
export interface L4MatchAttributes {
    readonly destinationSubnets?: readonly string[];
    readonly gateways?: readonly string[];
    readonly port?: number;
    readonly sourceLabels?: {
        readonly [k: string]: string;
    };
    readonly sourceNamespace?: string;
    readonly sourceSubnet?: string;
}
export interface RouteDestination {
    readonly destination: Destination;
    readonly weight?: number;
}
export interface TlsRoute {
    readonly match: readonly TlsMatchAttributes[];
    readonly route?: readonly RouteDestination[];
}
export interface TlsMatchAttributes {
    readonly destinationSubnets?: readonly string[];
    readonly gateways?: readonly string[];
    readonly port?: number;
    readonly sniHosts: readonly string[];
    readonly sourceLabels?: {
        readonly [k: string]: string;
    };
    readonly sourceNamespace?: string;
}
export interface DestinationRule {
    readonly apiVersion: string;
    readonly kind: 'DestinationRule';
    readonly metadata: Metadata;
    readonly spec: DestinationRuleSpec;
}
export interface DestinationRuleSpec {
    readonly exportTo?: readonly string[];
    readonly host: string;
    readonly subsets?: readonly Subset[];
    readonly trafficPolicy?: TrafficPolicy;
    readonly workloadSelector?: WorkloadSelector;
}
export interface Subset {
    readonly labels?: {
        readonly [k: string]: string;
    };
    readonly name: string;
    readonly trafficPolicy?: TrafficPolicy;
}
export interface TrafficPolicy {
    readonly connectionPool?: ConnectionPoolSettings;
    readonly loadBalancer?: LoadBalancerSettings;
    readonly outlierDetection?: OutlierDetection;
    readonly portLevelSettings?: readonly PortTrafficPolicy[];
    readonly proxyProtocol?: {
        readonly version?: 'V1' | 'V2';
    };
    readonly retryBudget?: RetryBudget;
    readonly tls?: ClientTlsSettings;
    readonly tunnel?: TunnelSettings;
}
export interface ConnectionPoolSettings {
    readonly http?: HttpSettings;
    readonly tcp?: TcpSettings;
}
export interface HttpSettings {
    readonly h2UpgradePolicy?: 'DEFAULT' | 'DO_NOT_UPGRADE' | 'UPGRADE';
    readonly http1MaxPendingRequests?: number;
    readonly http2KeepAlive?: {
        readonly interval?: string;
        readonly timeout?: string;
    };
    readonly http2MaxRequests?: number;
    readonly idleTimeout?: string;
    readonly maxConcurrentStreams?: number;
    readonly maxRequestsPerConnection?: number;
    readonly maxRetries?: number;
    readonly useClientProtocol?: boolean;
}
export interface TcpSettings {
    readonly connectTimeout?: string;
    readonly idleTimeout?: string;
    readonly maxConnectionDuration?: string;
    readonly maxConnections?: number;
    readonly tcpKeepalive?: {
        readonly interval?: string;
        readonly probes?: number;
        readonly time?: string;
    };
}
export interface LoadBalancerSettings {
    readonly backendUtilization?: BackendUtilization;
    readonly consistentHash?: ConsistentHash;
    readonly localityLbSetting?: LocalityLbSetting;
    readonly simple?: SimpleLoadBalancer;
    readonly warmup?: Warmup;
    readonly warmupDurationSecs?: string;
    readonly zoneAwareLbSetting?: ZoneAwareLbSetting;
}
export interface BackendUtilization {
    readonly errorUtilizationPenaltyPercent?: number;
    readonly metricNamesForComputingUtilization?: readonly string[];
    readonly weightExpirationPeriod?: string;
    readonly weightStabilizationPeriod?: string;
    readonly weightUpdatePeriod?: string;
}
export interface ConsistentHash {
    readonly httpCookie?: {
        readonly attributes?: readonly {
            readonly name: string;
            readonly value?: string;
        }[];
        readonly name: string;
        readonly path?: string;
        readonly ttl?: string;
    };
    readonly httpHeaderName?: string;
    readonly httpQueryParameterName?: string;
    readonly maglev?: {
        readonly tableSize?: number;
    };
    readonly minimumRingSize?: number;
    readonly ringHash?: {
        readonly minimumRingSize?: number;
    };
    readonly useSourceIp?: boolean;
}
export interface LocalityLbSetting {
    readonly distribute?: readonly {
        readonly from?: string;
        readonly to?: {
            readonly [k: string]: number;
        };
    }[];
    readonly enabled?: boolean;
    readonly failover?: readonly {
        readonly from?: string;
        readonly to?: string;
    }[];
    readonly failoverPriority?: readonly string[];
}
export interface Warmup {
    readonly aggression?: number;
    readonly duration: string;
    readonly minimumPercent?: number;
}
export interface ZoneAwareLbSetting {
    readonly enabled?: boolean;
    readonly failover?: readonly {
        readonly from?: string;
        readonly to?: string;
    }[];
    readonly failoverPriority?: readonly string[];
    readonly minClusterSize?: number;
}
export interface OutlierDetection {
    readonly baseEjectionTime?: string;
    readonly consecutive5xxErrors?: number;
    readonly consecutiveErrors?: number;
    readonly consecutiveGatewayErrors?: number;
    readonly consecutiveLocalOriginFailures?: number;
    readonly interval?: string;
    readonly maxEjectionPercent?: number;
    readonly minHealthPercent?: number;
    readonly outlierDetectionHttpErrorCodes?: readonly number[];
    readonly splitExternalLocalOriginErrors?: boolean;
}
export interface PortTrafficPolicy {
    readonly connectionPool?: ConnectionPoolSettings;
    readonly loadBalancer?: LoadBalancerSettings;
    readonly outlierDetection?: OutlierDetection;
    readonly port?: PortSelector;
    readonly tls?: ClientTlsSettings;
}
export interface ClientTlsSettings {
    readonly caCertificates?: string;
    readonly caCrl?: string;
    readonly clientCertificate?: string;
    readonly credentialName?: string;
    readonly insecureSkipVerify?: boolean;
    readonly mode?: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
    readonly privateKey?: string;
    readonly sni?: string;
    readonly subjectAltNames?: readonly string[];
}
export interface RetryBudget {
    readonly budgetInterval?: string;
    readonly minRetryConcurrency?: number;
    readonly percent?: number;
}
export interface TunnelSettings {
    readonly protocol?: string;
    readonly targetHost: string;
    readonly targetPort: number;
}
export interface WorkloadSelector {
    readonly matchLabels?: {
        readonly [k: string]: string;
    };
}
export interface Gateway {
    readonly apiVersion: string;
    readonly kind: 'Gateway';
    readonly metadata: Metadata;
    readonly spec: GatewaySpec;
}
export interface GatewaySpec {
    readonly selector?: {
        readonly [k: string]: string;
    };
    readonly servers?: readonly Server[];
}
export interface Server {
    readonly bind?: string;
    readonly defaultEndpoint?: string;
    readonly hosts: readonly string[];
    readonly name?: string;
    readonly port: GatewayPort;
    readonly tls?: ServerTlsSettings;
}
export interface GatewayPort {
    readonly name: string;
    readonly number: number;
    readonly protocol: string;
    readonly targetPort?: number;
}
export interface ServerTlsSettings {
    readonly caCertCredentialName?: string;
    readonly caCertificates?: string;
    readonly caCrl?: string;
    readonly cipherSuites?: readonly string[];
    readonly credentialName?: string;
    readonly credentialNames?: readonly string[];
    readonly ecdhCurves?: readonly string[];
    readonly httpsRedirect?: boolean;
    readonly insecureSkipVerify?: boolean;
    readonly maxProtocolVersion?: 'TLS_AUTO' | 'TLSV1_0' | 'TLSV1_1' | 'TLSV1_2' | 'TLSV1_3';
    readonly minProtocolVersion?: 'TLS_AUTO' | 'TLSV1_0' | 'TLSV1_1' | 'TLSV1_2' | 'TLSV1_3';
    readonly mode?: 'PASSTHROUGH' | 'SIMPLE' | 'MUTUAL' | 'AUTO_PASSTHROUGH' | 'ISTIO_MUTUAL' | 'OPTIONAL_MUTUAL';
    readonly privateKey?: string;
    readonly serverCertificate?: string;
    readonly subjectAltNames?: readonly string[];
    readonly tlsCertificates?: readonly {
        readonly caCertificates?: string;
        readonly privateKey?: string;
        readonly serverCertificate?: string;
    }[];
    readonly verifyCertificateHash?: readonly string[];
    readonly verifyCertificateSpki?: readonly string[];
}
export interface ServiceEntry {
    readonly apiVersion: string;
    readonly kind: 'ServiceEntry';
    readonly metadata: Metadata;
    readonly spec: ServiceEntrySpec;
}
export interface ServiceEntrySpec {
    readonly addresses?: readonly string[];
    readonly endpoints?: readonly WorkloadEntrySpec[];
    readonly exportTo?: readonly string[];
    readonly hosts: readonly string[];
    readonly location?: 'MESH_EXTERNAL' | 'MESH_INTERNAL';
    readonly ports?: readonly ServiceEntryPort[];
    readonly resolution?: 'NONE' | 'STATIC' | 'DNS' | 'DNS_ROUND_ROBIN' | 'DYNAMIC_DNS';
    readonly subjectAltNames?: readonly string[];
    readonly workloadSelector?: LabelledWorkloadSelector;
}
export interface WorkloadEntrySpec {
    readonly address?: string;
    readonly labels?: {
        readonly [k: string]: string;
    };
    readonly locality?: string;
    readonly network?: string;
    readonly ports?: {
        readonly [k: string]: number;
    };
    readonly serviceAccount?: string;
    readonly weight?: number;
}
export interface ServiceEntryPort {
    readonly name: string;
    readonly number: number;
    readonly protocol?: string;
    readonly targetPort?: number;
}
export interface LabelledWorkloadSelector {
    readonly labels?: {
        readonly [k: string]: string;
    };
}
export interface Sidecar {
    readonly apiVersion: string;
    readonly kind: 'Sidecar';
    readonly metadata: Metadata;
    readonly spec?: SidecarSpec;
}
export interface SidecarSpec {
    readonly egress?: readonly IstioEgressListener[];
    readonly inboundConnectionPool?: ConnectionPoolSettings;
    readonly ingress?: readonly IstioIngressListener[];
    readonly outboundTrafficPolicy?: OutboundTrafficPolicy;
    readonly workloadSelector?: LabelledWorkloadSelector;
}
export interface IstioEgressListener {
    readonly bind?: string;
    readonly captureMode?: 'DEFAULT' | 'IPTABLES' | 'NONE';
    readonly hosts: readonly string[];
    readonly port?: SidecarPort;
}
export interface SidecarPort {
    readonly name?: string;
    readonly number?: number;
    readonly protocol?: string;
    readonly targetPort?: number;
}
export interface IstioIngressListener {
    readonly bind?: string;
    readonly captureMode?: 'DEFAULT' | 'IPTABLES' | 'NONE';
    readonly connectionPool?: ConnectionPoolSettings;
    readonly defaultEndpoint?: string;
    readonly port: SidecarPort;
    readonly tls?: ServerTlsSettings;
}
export interface OutboundTrafficPolicy {
    readonly egressProxy?: Destination;
    readonly mode?: 'REGISTRY_ONLY' | 'ALLOW_ANY';
}
export interface WorkloadEntry {
    readonly apiVersion: string;
    readonly kind: 'WorkloadEntry';
    readonly metadata: Metadata;
    readonly spec: WorkloadEntrySpec;
}
export interface WorkloadGroup {
    readonly apiVersion: string;
    readonly kind: 'WorkloadGroup';
    readonly metadata: Metadata;
    readonly spec: WorkloadGroupSpec;
}
export interface WorkloadGroupSpec {
    readonly metadata?: {
        readonly annotations?: {
            readonly [k: string]: string;
        };
        readonly labels?: {
            readonly [k: string]: string;
        };
    };
    readonly probe?: ReadinessProbe;
    readonly template: WorkloadEntrySpec;
}
export interface ReadinessProbe {
    readonly exec?: {
        readonly command: readonly string[];
    };
    readonly failureThreshold?: number;
    readonly grpc?: {
        readonly port?: number;
        readonly service?: string;
    };
    readonly httpGet?: {
        readonly host?: string;
        readonly httpHeaders?: readonly {
            readonly name?: string;
            readonly value?: string;
        }[];
        readonly path?: string;
        readonly port: number;
        readonly scheme?: string;
    };
    readonly initialDelaySeconds?: number;
    readonly periodSeconds?: number;
    readonly successThreshold?: number;
    readonly tcpSocket?: {
        readonly host?: string;
        readonly port: number;
    };
    readonly timeoutSeconds?: number;
}
export interface EnvoyFilter {
    readonly apiVersion: string;
    readonly kind: 'EnvoyFilter';
    readonly metadata: Metadata;
    readonly spec?: EnvoyFilterSpec;
}
export interface EnvoyFilterSpec {
    readonly configPatches?: readonly EnvoyConfigPatch[];
    readonly priority?: number;
    readonly targetRefs?: readonly TargetRef[];
    readonly workloadSelector?: LabelledWorkloadSelector;
}
export interface EnvoyConfigPatch {
    readonly applyTo?: 'INVALID' | 'LISTENER' | 'FILTER_CHAIN' | 'NETWORK_FILTER' | 'HTTP_FILTER' | 'ROUTE_CONFIGURATION' | 'VIRTUAL_HOST' | 'HTTP_ROUTE' | 'CLUSTER' | 'EXTENSION_CONFIG' | 'BOOTSTRAP' | 'LISTENER_FILTER';
    readonly match?: EnvoyConfigMatch;
    readonly patch?: EnvoyPatch;
}
export interface EnvoyConfigMatch {
    readonly cluster?: {
        readonly name?: string;
        readonly portNumber?: number;
        readonly service?: string;
        readonly subset?: string;
    };
    readonly context?: 'ANY' | 'SIDECAR_INBOUND' | 'SIDECAR_OUTBOUND' | 'GATEWAY' | 'WAYPOINT';
    readonly listener?: {
        readonly filterChain?: {
            readonly applicationProtocols?: string;
            readonly destinationPort?: number;
            readonly filter?: EnvoyFilterMatch;
            readonly name?: string;
            readonly sni?: string;
            readonly transportProtocol?: string;
            readonly transportSocket?: string;
        };
        readonly listenerFilter?: string;
        readonly name?: string;
        readonly portName?: string;
        readonly portNumber?: number;
    };
    readonly proxy?: {
        readonly metadata?: {
            readonly [k: string]: string;
        };
        readonly proxyVersion?: string;
    };
    readonly routeConfiguration?: {
        readonly gateway?: string;
        readonly name?: string;
        readonly portName?: string;
        readonly portNumber?: number;
        readonly vhost?: {
            readonly domainName?: string;
            readonly name?: string;
            readonly route?: {
                readonly action?: 'ANY' | 'ROUTE' | 'REDIRECT' | 'DIRECT_RESPONSE';
                readonly name?: string;
            };
        };
    };
    readonly waypoint?: {
        readonly filter?: EnvoyFilterMatch;
        readonly portNumber?: number;
        readonly route?: {
            readonly name?: string;
        };
    };
}
export interface EnvoyFilterMatch {
    readonly name?: string;
    readonly subFilter?: {
        readonly name?: string;
    };
}
export interface EnvoyPatch {
    readonly filterClass?: 'UNSPECIFIED' | 'AUTHN' | 'AUTHZ' | 'STATS';
    readonly operation?: 'INVALID' | 'MERGE' | 'ADD' | 'REMOVE' | 'INSERT_BEFORE' | 'INSERT_AFTER' | 'INSERT_FIRST' | 'REPLACE' | 'MERGE_AND_REPLACE_LIST';
    readonly value?: ValueObject;
}
export interface TargetRef {
    readonly group?: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
}
export interface ProxyConfig {
    readonly apiVersion: string;
    readonly kind: 'ProxyConfig';
    readonly metadata: Metadata;
    readonly spec?: ProxyConfigSpec;
}
export interface ProxyConfigSpec {
    readonly concurrency?: number;
    readonly environmentVariables?: {
        readonly [k: string]: string;
    };
    readonly image?: {
        readonly imageType?: string;
    };
    readonly selector?: WorkloadSelector;
}
export interface AuthorizationPolicy {
    readonly apiVersion: string;
    readonly kind: 'AuthorizationPolicy';
    readonly metadata: Metadata;
    readonly spec?: AuthorizationPolicySpec;
}
export interface AuthorizationPolicySpec {
    readonly action?: 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';
    readonly provider?: {
        readonly name?: string;
    };
    readonly rules?: readonly AuthorizationRule[];
    readonly selector?: WorkloadSelector;
    readonly targetRef?: TargetRef;
    readonly targetRefs?: readonly TargetRef[];
}
export interface AuthorizationRule {
    readonly from?: readonly {
        readonly source?: AuthorizationSource;
    }[];
    readonly to?: readonly {
        readonly operation?: AuthorizationOperation;
    }[];
    readonly when?: readonly AuthorizationCondition[];
}
export interface AuthorizationSource {
    readonly ipBlocks?: readonly string[];
    readonly namespaces?: readonly string[];
    readonly notIpBlocks?: readonly string[];
    readonly notNamespaces?: readonly string[];
    readonly notPrincipals?: readonly string[];
    readonly notRemoteIpBlocks?: readonly string[];
    readonly notRequestPrincipals?: readonly string[];
    readonly notServiceAccounts?: readonly string[];
    readonly notTrustDomains?: readonly string[];
    readonly principals?: readonly string[];
    readonly remoteIpBlocks?: readonly string[];
    readonly requestPrincipals?: readonly string[];
    readonly serviceAccounts?: readonly string[];
    readonly trustDomains?: readonly string[];
}
export interface AuthorizationOperation {
    readonly hosts?: readonly string[];
    readonly methods?: readonly string[];
    readonly notHosts?: readonly string[];
    readonly notMethods?: readonly string[];
    readonly notPaths?: readonly string[];
    readonly notPorts?: readonly string[];
    readonly paths?: readonly string[];
    readonly ports?: readonly string[];
}
export interface AuthorizationCondition {
    readonly key: string;
    readonly notValues?: readonly string[];
    readonly values?: readonly string[];
}
export interface PeerAuthentication {
    readonly apiVersion: string;
    readonly kind: 'PeerAuthentication';
    readonly metadata: Metadata;
    readonly spec?: PeerAuthenticationSpec;
}
export interface PeerAuthenticationSpec {
    readonly mtls?: MutualTls;
    readonly portLevelMtls?: {
        readonly [k: string]: MutualTls;
    };
    readonly selector?: WorkloadSelector;
}
export interface MutualTls {
    readonly mode?: 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';
}
export interface RequestAuthentication {
    readonly apiVersion: string;
    readonly kind: 'RequestAuthentication';
    readonly metadata: Metadata;
    readonly spec?: RequestAuthenticationSpec;
}
export interface RequestAuthenticationSpec {
    readonly jwtRules?: readonly JwtRule[];
    readonly selector?: WorkloadSelector;
    readonly targetRef?: TargetRef;
    readonly targetRefs?: readonly TargetRef[];
}
export interface JwtRule {
    readonly audiences?: readonly string[];
    readonly forwardOriginalToken?: boolean;
    readonly fromCookies?: readonly string[];
    readonly fromHeaders?: readonly {
        readonly name: string;
        readonly prefix?: string;
    }[];
    readonly fromParams?: readonly string[];
    readonly issuer?: string;
    readonly jwks?: string;
    readonly jwksUri?: string;
    readonly jwks_uri?: string;
    readonly outputClaimToHeaders?: readonly {
        readonly claim: string;
        readonly header: string;
    }[];
    readonly outputPayloadToHeader?: string;
    readonly presence?: 'OPTIONAL' | 'REQUIRED';
    readonly spaceDelimitedClaims?: readonly string[];
    readonly timeout?: string;
}
export interface Telemetry {
    readonly apiVersion: string;
    readonly kind: 'Telemetry';
    readonly metadata: Metadata;
    readonly spec?: TelemetrySpec;
}
export interface TelemetrySpec {
    readonly accessLogging?: readonly AccessLogging[];
    readonly metrics?: readonly Metrics[];
    readonly selector?: WorkloadSelector;
    readonly targetRef?: TargetRef;
    readonly targetRefs?: readonly TargetRef[];
    readonly tracing?: readonly Tracing[];
}
export interface AccessLogging {
    readonly disabled?: boolean;
    readonly filter?: {
        readonly expression?: string;
    };
    readonly match?: {
        readonly mode?: 'CLIENT_AND_SERVER' | 'CLIENT' | 'SERVER';
    };
    readonly providers?: readonly {
        readonly name: string;
    }[];
}
export interface Metrics {
    readonly overrides?: readonly {
        readonly disabled?: boolean;
        readonly match?: {
            readonly customMetric?: string;
            readonly metric?: 'ALL_METRICS' | 'REQUEST_COUNT' | 'REQUEST_DURATION' | 'REQUEST_SIZE' | 'RESPONSE_SIZE' | 'TCP_OPENED_CONNECTIONS' | 'TCP_CLOSED_CONNECTIONS' | 'TCP_SENT_BYTES' | 'TCP_RECEIVED_BYTES' | 'GRPC_REQUEST_MESSAGES' | 'GRPC_RESPONSE_MESSAGES';
            readonly mode?: 'CLIENT_AND_SERVER' | 'CLIENT' | 'SERVER';
        };
        readonly tagOverrides?: {
            readonly [k: string]: {
                readonly operation?: 'UPSERT' | 'REMOVE';
                readonly value?: string;
            };
        };
    }[];
    readonly providers?: readonly {
        readonly name: string;
    }[];
    readonly reportingInterval?: string;
}
export interface Tracing {
    readonly customTags?: {
        readonly [k: string]: {
            readonly environment?: {
                readonly defaultValue?: string;
                readonly name: string;
            };
            readonly formatter?: {
                readonly value: string;
            };
            readonly header?: {
                readonly defaultValue?: string;
                readonly name: string;
            };
            readonly literal?: {
                readonly value: string;
            };
        };
    };
    readonly disableContextPropagation?: boolean;
    readonly disableSpanReporting?: boolean;
    readonly enableIstioTags?: boolean;
    readonly match?: {
        readonly mode?: 'CLIENT_AND_SERVER' | 'CLIENT' | 'SERVER';
    };
    readonly providers?: readonly {
        readonly name: string;
    }[];
    readonly randomSamplingPercentage?: number;
    readonly useRequestIdForTraceSampling?: boolean;
}
export interface WasmPlugin {
    readonly apiVersion: string;
    readonly kind: 'WasmPlugin';
    readonly metadata: Metadata;
    readonly spec: WasmPluginSpec;
}
export interface WasmPluginSpec {
    readonly failStrategy?: 'FAIL_CLOSE' | 'FAIL_OPEN' | 'FAIL_RELOAD';
    readonly imagePullPolicy?: 'UNSPECIFIED_POLICY' | 'IfNotPresent' | 'Always';
    readonly imagePullSecret?: string;
    readonly match?: readonly TrafficSelector[];
    readonly phase?: 'UNSPECIFIED_PHASE' | 'AUTHN' | 'AUTHZ' | 'STATS';
    readonly pluginConfig?: ValueObject;
    readonly pluginName?: string;
    readonly priority?: number;
    readonly selector?: WorkloadSelector;
    readonly sha256?: string;
    readonly targetRef?: TargetRef;
    readonly targetRefs?: readonly TargetRef[];
    readonly type?: 'UNSPECIFIED_PLUGIN_TYPE' | 'HTTP' | 'NETWORK';
    readonly url: string;
    readonly verificationKey?: string;
    readonly vmConfig?: VmConfig;
}
export interface TrafficSelector {
    readonly mode?: 'UNDEFINED' | 'CLIENT' | 'SERVER' | 'CLIENT_AND_SERVER';
    readonly ports?: readonly {
        readonly number: number;
    }[];
}
export interface VmConfig {
    readonly env?: readonly {
        readonly name: string;
        readonly value?: string;
        readonly valueFrom?: 'INLINE' | 'HOST';
    }[];
}
export interface TrafficExtension {
    readonly apiVersion: string;
    readonly kind: 'TrafficExtension';
    readonly metadata: Metadata;
    readonly spec: TrafficExtensionSpec;
}
export interface TrafficExtensionSpec {
    readonly lua?: LuaExtension;
    readonly match?: readonly TrafficSelector[];
    readonly phase?: 'UNSPECIFIED' | 'AUTHN' | 'AUTHZ' | 'STATS';
    readonly priority?: number;
    readonly selector?: WorkloadSelector;
    readonly targetRefs?: readonly TargetRef[];
    readonly wasm?: WasmExtension;
}
export interface LuaExtension {
    readonly inlineCode: string;
}
export interface WasmExtension {
    readonly failStrategy?: 'FAIL_CLOSE' | 'FAIL_OPEN' | 'FAIL_RELOAD';
    readonly imagePullPolicy?: 'UNSPECIFIED_POLICY' | 'IfNotPresent' | 'Always';
    readonly imagePullSecret?: string;
    readonly pluginConfig?: ValueObject;
    readonly pluginName?: string;
    readonly sha256?: string;
    readonly type?: 'UNSPECIFIED_PLUGIN_TYPE' | 'HTTP' | 'NETWORK';
    readonly url: string;
    readonly verificationKey?: string;
    readonly vmConfig?: VmConfig;
}
export interface GatewayClass {
    readonly apiVersion: string;
    readonly kind: 'GatewayClass';
    readonly metadata: Metadata;
    readonly spec: GatewayClassSpec;
}
export interface GatewayClassSpec {
    readonly controllerName: string;
    readonly description?: string;
    readonly parametersRef?: NamespacedObjectReference;
}
export interface NamespacedObjectReference {
    readonly group: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
}
export interface KubernetesGateway {
    readonly apiVersion: string;
    readonly kind: 'Gateway';
    readonly metadata: Metadata;
    readonly spec: KubernetesGatewaySpec;
}
export interface KubernetesGatewaySpec {
    readonly addresses?: readonly {
        readonly type?: string;
        readonly value?: string;
    }[];
    readonly allowedListeners?: {
        readonly namespaces?: {
            readonly from?: 'All' | 'Selector' | 'Same' | 'None';
            readonly selector?: NamespaceSelector;
        };
    };
    readonly defaultScope?: 'All' | 'None';
    readonly gatewayClassName: string;
    readonly infrastructure?: {
        readonly annotations?: {
            readonly [k: string]: string;
        };
        readonly labels?: {
            readonly [k: string]: string;
        };
        readonly parametersRef?: LocalObjectReference;
    };
    readonly listeners: readonly Listener[];
    readonly tls?: GatewayTls;
}
export interface NamespaceSelector {
    readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: string;
        readonly values?: readonly string[];
    }[];
    readonly matchLabels?: {
        readonly [k: string]: string;
    };
}
export interface LocalObjectReference {
    readonly group: string;
    readonly kind: string;
    readonly name: string;
}
export interface Listener {
    readonly allowedRoutes?: AllowedRoutes;
    readonly hostname?: string;
    readonly name: string;
    readonly port: number;
    readonly protocol: string;
    readonly tls?: ListenerTls;
}
export interface AllowedRoutes {
    readonly kinds?: readonly {
        readonly group?: string;
        readonly kind: string;
    }[];
    readonly namespaces?: {
        readonly from?: 'All' | 'Selector' | 'Same';
        readonly selector?: NamespaceSelector;
    };
}
export interface ListenerTls {
    readonly certificateRefs?: readonly SecretObjectReference[];
    readonly mode?: 'Terminate' | 'Passthrough';
    readonly options?: {
        readonly [k: string]: string;
    };
}
export interface SecretObjectReference {
    readonly group?: string;
    readonly kind?: string;
    readonly name: string;
    readonly namespace?: string;
}
export interface GatewayTls {
    readonly backend?: {
        readonly clientCertificateRef?: SecretObjectReference;
    };
    readonly frontend?: {
        readonly default: FrontendTls;
        readonly perPort?: readonly {
            readonly port: number;
            readonly tls: FrontendTls;
        }[];
    };
}
export interface FrontendTls {
    readonly validation?: {
        readonly caCertificateRefs: readonly NamespacedObjectReference[];
        readonly mode?: 'AllowValidOnly' | 'AllowInsecureFallback';
    };
}
export interface HTTPRoute {
    readonly apiVersion: string;
    readonly kind: 'HTTPRoute';
    readonly metadata: Metadata;
    readonly spec: HTTPRouteSpec;
}
export interface HTTPRouteSpec {
    readonly hostnames?: readonly string[];
    readonly parentRefs?: readonly ParentReference[];
    readonly rules?: readonly HttpRouteRule[];
    readonly useDefaultGateways?: 'All' | 'None';
}
export interface ParentReference {
    readonly group?: string;
    readonly kind?: string;
    readonly name: string;
    readonly namespace?: string;
    readonly port?: number;
    readonly sectionName?: string;
}
export interface HttpRouteRule {
    readonly backendRefs?: readonly HttpBackendRef[];
    readonly filters?: readonly HttpRouteFilter[];
    readonly matches?: readonly HttpRouteMatch[];
    readonly name?: string;
    readonly retry?: {
        readonly attempts?: number;
        readonly backoff?: string;
        readonly codes?: readonly number[];
    };
    readonly sessionPersistence?: SessionPersistence;
    readonly timeouts?: {
        readonly backendRequest?: string;
        readonly request?: string;
    };
}
export interface HttpBackendRef {
    readonly filters?: readonly HttpRouteFilter[];
    readonly group?: string;
    readonly kind?: string;
    readonly name: string;
    readonly namespace?: string;
    readonly port?: number;
    readonly weight?: number;
}
export interface HttpRouteFilter {
    readonly cors?: CorsFilter;
    readonly extensionRef?: LocalObjectReference;
    readonly externalAuth?: ExternalAuthFilter;
    readonly requestHeaderModifier?: HeaderModifier;
    readonly requestMirror?: RequestMirror;
    readonly requestRedirect?: RequestRedirect;
    readonly responseHeaderModifier?: HeaderModifier;
    readonly type: 'RequestHeaderModifier' | 'ResponseHeaderModifier' | 'RequestMirror' | 'RequestRedirect' | 'URLRewrite' | 'ExtensionRef' | 'CORS' | 'ExternalAuth';
    readonly urlRewrite?: UrlRewrite;
}
export interface CorsFilter {
    readonly allowCredentials?: boolean;
    readonly allowHeaders?: readonly string[];
    readonly allowMethods?: readonly ('GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH' | '*')[];
    readonly allowOrigins?: readonly string[];
    readonly exposeHeaders?: readonly string[];
    readonly maxAge?: number;
}
export interface ExternalAuthFilter {
    readonly backendRef: BackendObjectReference;
    readonly forwardBody?: {
        readonly maxSize?: number;
    };
    readonly grpc?: {
        readonly allowedHeaders?: readonly string[];
    };
    readonly http?: {
        readonly allowedHeaders?: readonly string[];
        readonly allowedResponseHeaders?: readonly string[];
        readonly path?: string;
    };
    readonly protocol: 'HTTP' | 'GRPC';
}
export interface BackendObjectReference {
    readonly group?: string;
    readonly kind?: string;
    readonly name: string;
    readonly namespace?: string;
    readonly port?: number;
}
export interface HeaderModifier {
    readonly add?: readonly HeaderValue[];
    readonly remove?: readonly string[];
    readonly set?: readonly HeaderValue[];
}
export interface HeaderValue {
    readonly name: string;
    readonly value: string;
}
export interface RequestMirror {
    readonly backendRef: BackendObjectReference;
    readonly fraction?: {
        readonly denominator?: number;
        readonly numerator: number;
    };
    readonly percent?: number;
}
export interface RequestRedirect {
    readonly hostname?: string;
    readonly path?: PathModifier;
    readonly port?: number;
    readonly scheme?: 'http' | 'https';
    readonly statusCode?: 301 | 302 | 303 | 307 | 308;
}
export interface PathModifier {
    readonly replaceFullPath?: string;
    readonly replacePrefixMatch?: string;
    readonly type: 'ReplaceFullPath' | 'ReplacePrefixMatch';
}
export interface UrlRewrite {
    readonly hostname?: string;
    readonly path?: PathModifier;
}
export interface HttpRouteMatch {
    readonly headers?: readonly {
        readonly name: string;
        readonly type?: 'Exact' | 'RegularExpression';
        readonly value: string;
    }[];
    readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH';
    readonly path?: {
        readonly type?: 'Exact' | 'PathPrefix' | 'RegularExpression';
        readonly value?: string;
    };
    readonly queryParams?: readonly {
        readonly name: string;
        readonly type?: 'Exact' | 'RegularExpression';
        readonly value: string;
    }[];
}
export interface SessionPersistence {
    readonly absoluteTimeout?: string;
    readonly cookie?: {
        readonly lifetimeType?: 'Permanent' | 'Session';
        readonly name?: string;
        readonly path?: string;
    };
    readonly header?: {
        readonly name: string;
    };
    readonly type?: 'Cookie' | 'Header';
}
export interface GRPCRoute {
    readonly apiVersion: string;
    readonly kind: 'GRPCRoute';
    readonly metadata: Metadata;
    readonly spec: GRPCRouteSpec;
}
export interface GRPCRouteSpec {
    readonly hostnames?: readonly string[];
    readonly parentRefs?: readonly ParentReference[];
    readonly rules?: readonly GrpcRouteRule[];
    readonly useDefaultGateways?: 'All' | 'None';
}
export interface GrpcRouteRule {
    readonly backendRefs?: readonly GrpcBackendRef[];
    readonly filters?: readonly GrpcRouteFilter[];
    readonly matches?: readonly GrpcRouteMatch[];
    readonly name?: string;
    readonly sessionPersistence?: SessionPersistence;
}
export interface GrpcBackendRef {
    readonly filters?: readonly GrpcRouteFilter[];
    readonly group?: string;
    readonly kind?: string;
    readonly name: string;
    readonly namespace?: string;
    readonly port?: number;
    readonly weight?: number;
}
export interface GrpcRouteFilter {
    readonly extensionRef?: LocalObjectReference;
    readonly requestHeaderModifier?: HeaderModifier;
    readonly requestMirror?: RequestMirror;
    readonly responseHeaderModifier?: HeaderModifier;
    readonly type: 'ResponseHeaderModifier' | 'RequestHeaderModifier' | 'RequestMirror' | 'ExtensionRef';
}
export interface GrpcRouteMatch {
    readonly headers?: readonly {
        readonly name: string;
        readonly type?: 'Exact' | 'RegularExpression';
        readonly value: string;
    }[];
    readonly method?: {
        readonly method?: string;
        readonly service?: string;
        readonly type?: 'Exact' | 'RegularExpression';
    };
}
export interface TCPRoute {
    readonly apiVersion: string;
    readonly kind: 'TCPRoute';
    readonly metadata: Metadata;
    readonly spec: TCPRouteSpec;
}
export interface TCPRouteSpec {
    readonly parentRefs?: readonly ParentReference[];
    readonly rules: readonly StreamRouteRule[];
    readonly useDefaultGateways?: 'All' | 'None';
}
export interface StreamRouteRule {
    readonly backendRefs: readonly StreamBackendRef[];
    readonly name?: string;
}
export interface StreamBackendRef {
    readonly group?: string;
    readonly kind?: string;
    readonly name: string;
    readonly namespace?: string;
    readonly port?: number;
    readonly weight?: number;
}
export interface TLSRoute {
    readonly apiVersion: string;
    readonly kind: 'TLSRoute';
    readonly metadata: Metadata;
    readonly spec: TLSRouteSpec;
}
export interface TLSRouteSpec {
    readonly hostnames?: readonly string[];
    readonly parentRefs?: readonly ParentReference[];
    readonly rules: readonly StreamRouteRule[];
    readonly useDefaultGateways?: 'All' | 'None';
}
export interface UDPRoute {
    readonly apiVersion: string;
    readonly kind: 'UDPRoute';
    readonly metadata: Metadata;
    readonly spec: UDPRouteSpec;
}
export interface UDPRouteSpec {
    readonly parentRefs?: readonly ParentReference[];
    readonly rules: readonly StreamRouteRule[];
    readonly useDefaultGateways?: 'All' | 'None';
}
export interface ListenerSet {
    readonly apiVersion: string;
    readonly kind: 'ListenerSet';
    readonly metadata: Metadata;
    readonly spec: ListenerSetSpec;
}
export interface ListenerSetSpec {
    readonly listeners: readonly Listener[];
    readonly parentRef: {
        readonly group?: string;
        readonly kind?: string;
        readonly name: string;
        readonly namespace?: string;
    };
}
export interface ReferenceGrant {
    readonly apiVersion: string;
    readonly kind: 'ReferenceGrant';
    readonly metadata: Metadata;
    readonly spec: ReferenceGrantSpec;
}
export interface ReferenceGrantSpec {
    readonly from: readonly ReferenceGrantFrom[];
    readonly to: readonly ReferenceGrantTo[];
}
export interface ReferenceGrantFrom {
    readonly group: string;
    readonly kind: string;
    readonly namespace: string;
}
export interface ReferenceGrantTo {
    readonly group: string;
    readonly kind: string;
    readonly name?: string;
}
export interface BackendTLSPolicy {
    readonly apiVersion: string;
    readonly kind: 'BackendTLSPolicy';
    readonly metadata: Metadata;
    readonly spec: BackendTLSPolicySpec;
}
export interface BackendTLSPolicySpec {
    readonly options?: {
        readonly [k: string]: string;
    };
    readonly targetRefs: readonly PolicyTargetReference[];
    readonly validation: BackendTlsValidation;
}
export interface PolicyTargetReference {
    readonly group: string;
    readonly kind: string;
    readonly name: string;
    readonly sectionName?: string;
}
export interface BackendTlsValidation {
    readonly caCertificateRefs?: readonly LocalObjectReference[];
    readonly hostname: string;
    readonly subjectAltNames?: readonly SubjectAltName[];
    readonly wellKnownCACertificates?: string;
}
export interface SubjectAltName {
    readonly hostname?: string;
    readonly type: 'Hostname' | 'URI';
    readonly uri?: string;
}
export interface XBackend {
    readonly apiVersion: string;
    readonly kind: 'XBackend';
    readonly metadata: Metadata;
    readonly spec: XBackendSpec;
}
export interface XBackendSpec {
    readonly externalHostname?: {
        readonly hostname: string;
    };
    readonly port: {
        readonly name?: string;
        readonly port: number;
    };
    readonly protocol?: 'TCP' | 'HTTP' | 'HTTP2' | 'HTTP11' | 'H2C' | 'MCP';
    readonly tls?: XBackendTls;
    readonly type: 'ExternalHostname';
}
export interface XBackendTls {
    readonly clientCertificateRef?: SecretObjectReference;
    readonly mode: 'None' | 'ServerOnly' | 'ClientAndServer';
    readonly validation?: BackendTlsValidation;
}
export interface XBackendTrafficPolicy {
    readonly apiVersion: string;
    readonly kind: 'XBackendTrafficPolicy';
    readonly metadata: Metadata;
    readonly spec: XBackendTrafficPolicySpec;
}
export interface XBackendTrafficPolicySpec {
    readonly retryConstraint?: {
        readonly budget?: {
            readonly interval?: string;
            readonly percent?: number;
        };
        readonly minRetryRate?: {
            readonly count?: number;
            readonly interval?: string;
        };
    };
    readonly sessionPersistence?: SessionPersistence;
    readonly targetRefs: readonly LocalObjectReference[];
}
export interface XMesh {
    readonly apiVersion: string;
    readonly kind: 'XMesh';
    readonly metadata: Metadata;
    readonly spec: XMeshSpec;
}
export interface XMeshSpec {
    readonly controllerName: string;
    readonly description?: string;
    readonly parametersRef?: NamespacedObjectReference;
}
export interface Namespace {
    readonly apiVersion: string;
    readonly kind: 'Namespace';
    readonly metadata: Metadata;
}
export interface Service {
    readonly apiVersion: string;
    readonly kind: 'Service';
    readonly metadata: Metadata;
    readonly spec: ServiceSpec;
}
export interface ServiceSpec {
    readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
    readonly clusterIP?: string;
    readonly clusterIPs?: readonly string[];
    readonly externalName?: string;
    readonly externalIPs?: readonly string[];
    readonly selector?: {
        readonly [k: string]: string;
    };
    readonly ports?: readonly ServicePort[];
    readonly publishNotReadyAddresses?: boolean;
    readonly trafficDistribution?: string;
}
export interface ServicePort {
    readonly name?: string;
    readonly port: number;
    readonly targetPort?: number | string;
    readonly protocol?: Protocol;
    readonly appProtocol?: string;
    readonly nodePort?: number;
}
export interface ServiceAccount {
    readonly apiVersion: string;
    readonly kind: 'ServiceAccount';
    readonly metadata: Metadata;
}
export interface Secret {
    readonly apiVersion: string;
    readonly kind: 'Secret';
    readonly metadata: Metadata;
    readonly type?: string;
    readonly data?: {
        readonly [k: string]: string;
    };
    readonly stringData?: {
        readonly [k: string]: string;
    };
}
export interface ConfigMap {
    readonly apiVersion: string;
    readonly kind: 'ConfigMap';
    readonly metadata: Metadata;
    readonly data?: {
        readonly [k: string]: string;
    };
}
export interface Pod {
    readonly apiVersion: string;
    readonly kind: 'Pod';
    readonly metadata: Metadata;
    readonly spec?: PodSpec;
}
export interface PodSpec {
    readonly serviceAccountName?: string;
    readonly serviceAccount?: string;
    readonly hostNetwork?: boolean;
    readonly securityContext?: {
        readonly runAsUser?: number;
    };
    readonly containers?: readonly Container[];
    readonly initContainers?: readonly Container[];
}
export interface Container {
    readonly name: string;
    readonly ports?: readonly ContainerPort[];
    readonly restartPolicy?: string;
    readonly securityContext?: {
        readonly runAsUser?: number;
    };
}
export interface ContainerPort {
    readonly name?: string;
    readonly containerPort: number;
    readonly hostPort?: number;
    readonly protocol?: Protocol;
}
export interface ReplicationController {
    readonly apiVersion: string;
    readonly kind: 'ReplicationController';
    readonly metadata: Metadata;
    readonly spec?: ReplicationControllerSpec;
}
export interface ReplicationControllerSpec {
    readonly replicas?: number;
    readonly selector?: {
        readonly [k: string]: string;
    };
    readonly template?: PodTemplate;
}
export interface PodTemplate {
    readonly metadata?: TemplateMetadata;
    readonly spec?: PodSpec;
}
export interface TemplateMetadata {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: {
        readonly [k: string]: string;
    };
    readonly annotations?: {
        readonly [k: string]: string;
    };
}
export interface Deployment {
    readonly apiVersion: string;
    readonly kind: 'Deployment';
    readonly metadata: Metadata;
    readonly spec?: DeploymentSpec;
}
export interface DeploymentSpec {
    readonly replicas?: number;
    readonly selector?: LabelSelector;
    readonly template?: PodTemplate;
}
export interface LabelSelector {
    readonly matchLabels?: {
        readonly [k: string]: string;
    };
    readonly matchExpressions?: readonly {
        readonly key: string;
        readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
        readonly values?: readonly string[];
    }[];
}
export interface StatefulSet {
    readonly apiVersion: string;
    readonly kind: 'StatefulSet';
    readonly metadata: Metadata;
    readonly spec?: StatefulSetSpec;
}
export interface StatefulSetSpec {
    readonly replicas?: number;
    readonly selector?: LabelSelector;
    readonly template?: PodTemplate;
    readonly serviceName?: string;
}
export interface DaemonSet {
    readonly apiVersion: string;
    readonly kind: 'DaemonSet';
    readonly metadata: Metadata;
    readonly spec?: DaemonSetSpec;
}
export interface DaemonSetSpec {
    readonly selector?: LabelSelector;
    readonly template?: PodTemplate;
}
export interface ReplicaSet {
    readonly apiVersion: string;
    readonly kind: 'ReplicaSet';
    readonly metadata: Metadata;
    readonly spec?: ReplicaSetSpec;
}
export interface ReplicaSetSpec {
    readonly replicas?: number;
    readonly selector?: LabelSelector;
    readonly template?: PodTemplate;
}
export interface Job {
    readonly apiVersion: string;
    readonly kind: 'Job';
    readonly metadata: Metadata;
    readonly spec?: JobSpec;
}
export interface JobSpec {
    readonly template?: PodTemplate;
}
export interface CronJob {
    readonly apiVersion: string;
    readonly kind: 'CronJob';
    readonly metadata: Metadata;
    readonly spec?: CronJobSpec;
}
export interface CronJobSpec {
    readonly jobTemplate?: {
        readonly metadata?: TemplateMetadata;
        readonly spec?: {
            readonly template?: PodTemplate;
        };
    };
}
export interface NetworkPolicy {
    readonly apiVersion: string;
    readonly kind: 'NetworkPolicy';
    readonly metadata: Metadata;
    readonly spec?: NetworkPolicySpec;
}
export interface NetworkPolicySpec {
    readonly podSelector?: LabelSelector;
    readonly policyTypes?: readonly ('Ingress' | 'Egress')[];
    readonly ingress?: readonly {
        readonly from?: readonly NetworkPolicyPeer[];
        readonly ports?: readonly NetworkPolicyPort[];
    }[];
    readonly egress?: readonly {
        readonly to?: readonly NetworkPolicyPeer[];
        readonly ports?: readonly NetworkPolicyPort[];
    }[];
}
export interface NetworkPolicyPeer {
    readonly podSelector?: LabelSelector;
    readonly namespaceSelector?: LabelSelector;
    readonly ipBlock?: {
        readonly cidr: string;
        readonly except?: readonly string[];
    };
}
export interface NetworkPolicyPort {
    readonly port?: number | string;
    readonly endPort?: number;
    readonly protocol?: Protocol;
}
export interface Ingress {
    readonly apiVersion: string;
    readonly kind: 'Ingress';
    readonly metadata: Metadata;
    readonly spec?: IngressSpec;
}
export interface IngressSpec {
    readonly ingressClassName?: string;
    readonly defaultBackend?: IngressBackend;
    readonly tls?: readonly {
        readonly hosts?: readonly string[];
        readonly secretName?: string;
    }[];
    readonly rules?: readonly {
        readonly host?: string;
        readonly http?: {
            readonly paths?: readonly {
                readonly path?: string;
                readonly pathType?: 'Exact' | 'Prefix' | 'ImplementationSpecific';
                readonly backend?: IngressBackend;
            }[];
        };
    }[];
}
export interface IngressBackend {
    readonly service?: {
        readonly name: string;
        readonly port?: {
            readonly name?: string;
            readonly number?: number;
        };
    };
}
export interface Rollout {
    readonly apiVersion: string;
    readonly kind: 'Rollout';
    readonly metadata: Metadata;
    readonly spec?: RolloutSpec;
}
export interface RolloutSpec {
    readonly replicas?: number;
    readonly selector?: LabelSelector;
    readonly template?: PodTemplate;
    readonly workloadRef?: ObjectReference;
    readonly strategy?: {
        readonly blueGreen?: {
            readonly activeService?: string;
            readonly previewService?: string;
        };
        readonly canary?: {
            readonly canaryService?: string;
            readonly stableService?: string;
            readonly trafficRouting?: {
                readonly istio?: IstioTrafficRouting;
                readonly managedRoutes?: readonly {
                    readonly name: string;
                }[];
            };
        };
    };
}
export interface ObjectReference {
    readonly apiVersion?: string;
    readonly kind: string;
    readonly name: string;
}
export interface IstioTrafficRouting {
    readonly virtualService?: RolloutVirtualService;
    readonly virtualServices?: readonly RolloutVirtualService[];
    readonly destinationRule?: {
        readonly name: string;
        readonly canarySubsetName?: string;
        readonly stableSubsetName?: string;
    };
}
export interface RolloutVirtualService {
    readonly name: string;
    readonly routes?: readonly string[];
    readonly tlsRoutes?: readonly {
        readonly port?: number;
        readonly sniHosts?: readonly string[];
    }[];
    readonly tcpRoutes?: readonly {
        readonly port?: number;
    }[];
}
export interface Canary {
    readonly apiVersion: string;
    readonly kind: 'Canary';
    readonly metadata: Metadata;
    readonly spec?: CanarySpec;
}
export interface CanarySpec {
    readonly provider?: string;
    readonly targetRef?: ObjectReference;
    readonly service?: {
        readonly name?: string;
        readonly port?: number;
        readonly portName?: string;
        readonly portDiscovery?: boolean;
        readonly targetPort?: number | string;
        readonly appProtocol?: string;
        readonly delegation?: boolean;
        readonly gateways?: readonly string[];
        readonly hosts?: readonly string[];
        readonly gatewayRefs?: readonly {
            readonly group?: string;
            readonly kind?: string;
            readonly name: string;
            readonly namespace?: string;
            readonly sectionName?: string;
        }[];
    };
}
export interface Certificate {
    readonly apiVersion: string;
    readonly kind: 'Certificate';
    readonly metadata: Metadata;
    readonly spec?: CertificateSpec;
}
export interface CertificateSpec {
    readonly secretName?: string;
}
export interface ExternalSecret {
    readonly apiVersion: string;
    readonly kind: 'ExternalSecret';
    readonly metadata: Metadata;
    readonly spec?: ExternalSecretSpec;
}
export interface ExternalSecretSpec {
    readonly target?: {
        readonly name?: string;
        readonly creationPolicy?: string;
    };
}
export interface SealedSecret {
    readonly apiVersion: string;
    readonly kind: 'SealedSecret';
    readonly metadata: Metadata;
}
export interface SecretProviderClass {
    readonly apiVersion: string;
    readonly kind: 'SecretProviderClass';
    readonly metadata: Metadata;
    readonly spec?: SecretProviderClassSpec;
}
export interface SecretProviderClassSpec {
    readonly secretObjects?: readonly {
        readonly secretName?: string;
    }[];
}
/** The `spec` of each kind that has one. */
export interface ResourceSpecs {
    readonly VirtualService: VirtualServiceSpec;
    readonly DestinationRule: DestinationRuleSpec;
    readonly Gateway: GatewaySpec;
    readonly ServiceEntry: ServiceEntrySpec;
    readonly Sidecar: SidecarSpec;
    readonly WorkloadEntry: WorkloadEntrySpec;
    readonly WorkloadGroup: WorkloadGroupSpec;
    readonly EnvoyFilter: EnvoyFilterSpec;
    readonly ProxyConfig: ProxyConfigSpec;
    readonly AuthorizationPolicy: AuthorizationPolicySpec;
    readonly PeerAuthentication: PeerAuthenticationSpec;
    readonly RequestAuthentication: RequestAuthenticationSpec;
    readonly Telemetry: TelemetrySpec;
    readonly WasmPlugin: WasmPluginSpec;
    readonly TrafficExtension: TrafficExtensionSpec;
    readonly GatewayClass: GatewayClassSpec;
    readonly KubernetesGateway: KubernetesGatewaySpec;
    readonly HTTPRoute: HTTPRouteSpec;
    readonly GRPCRoute: GRPCRouteSpec;
    readonly TCPRoute: TCPRouteSpec;
    readonly TLSRoute: TLSRouteSpec;
    readonly UDPRoute: UDPRouteSpec;
    readonly ListenerSet: ListenerSetSpec;
    readonly ReferenceGrant: ReferenceGrantSpec;
    readonly BackendTLSPolicy: BackendTLSPolicySpec;
    readonly XBackend: XBackendSpec;
    readonly XBackendTrafficPolicy: XBackendTrafficPolicySpec;
    readonly XMesh: XMeshSpec;
    readonly Service: ServiceSpec;
    readonly Pod: PodSpec;
    readonly ReplicationController: ReplicationControllerSpec;
    readonly Deployment: DeploymentSpec;
    readonly StatefulSet: StatefulSetSpec;
    readonly DaemonSet: DaemonSetSpec;
    readonly ReplicaSet: ReplicaSetSpec;
    readonly Job: JobSpec;
    readonly CronJob: CronJobSpec;
    readonly NetworkPolicy: NetworkPolicySpec;
    readonly Ingress: IngressSpec;
    readonly Rollout: RolloutSpec;
    readonly Canary: CanarySpec;
    readonly Certificate: CertificateSpec;
    readonly ExternalSecret: ExternalSecretSpec;
    readonly SecretProviderClass: SecretProviderClassSpec;
}
