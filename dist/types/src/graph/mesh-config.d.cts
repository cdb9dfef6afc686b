import type { ValueObject } from '../yaml/value.cjs';
/**
 * What the mesh configuration says, as far as it changes what manifests mean; defaults where it says nothing.
 * Source: pkg/config/mesh/mesh.go (DefaultMeshConfig) and the MeshConfig reference.
 */
export interface MeshConfig {
    readonly rootNamespace: string;
    /** Undefined: not known, and then no trust domain is a foreign one. */
    readonly trustDomain: string | undefined;
    readonly trustDomainAliases: readonly string[];
    /**
     * Of `caCertificates`: callers of these are let in as well, without that they are of the mesh, as those of aliases are. Undefined: not known.
     * Source: the MeshConfig reference (CertificateData.trust_domains); pilot/pkg/networking/core/listener.go (the trust domains to verify).
     */
    readonly certifiedTrustDomains: readonly string[] | undefined;
    readonly enableAutoMtls: boolean;
    readonly outboundTrafficPolicy: 'ALLOW_ANY' | 'REGISTRY_ONLY';
    readonly defaultServiceExportTo: readonly string[];
    readonly defaultVirtualServiceExportTo: readonly string[];
    readonly defaultDestinationRuleExportTo: readonly string[];
    /**
     * What policies may name as a provider, and whether it is a server that authorizes, by HTTP or gRPC. Two of one name are none of both. Undefined:
     * not known.
     * Source: the MeshConfig reference (ExtensionProvider); pilot/pkg/security/authz/builder/extauthz.go.
     */
    readonly extensionProviders: readonly ExtensionProvider[] | undefined;
    readonly pathNormalization: 'DEFAULT' | 'NONE' | 'BASE' | 'MERGE_SLASHES' | 'DECODE_AND_MERGE_SLASHES';
}
export interface ExtensionProvider {
    readonly name: string;
    readonly authorization: 'http' | 'grpc' | undefined;
}
/** Endpoints and gateways of each network, as they are written (MeshNetworks). */
export type MeshNetworks = ReadonlyMap<string, ValueObject>;
export declare const defaultMeshConfig: MeshConfig;
