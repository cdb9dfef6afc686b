import type { Path, Value, ValueObject } from '../yaml/value.cjs';
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
    readonly pathNormalization: 'DEFAULT' | 'NONE' | 'BASE' | 'MERGE_SLASHES' | 'DECODE_AND_MERGE_SLASHES';
}
/** Endpoints and gateways of each network, as they are written (MeshNetworks). */
export type MeshNetworks = ReadonlyMap<string, ValueObject>;
export declare const defaultMeshConfig: MeshConfig;
/** Reads a mesh configuration; what has another type than it must have, or is a placeholder, is as if it were not written. */
export declare function meshConfigFrom(value: Value, base?: MeshConfig): MeshConfig;
/** Reads mesh networks: the mapping itself, or what stands under `networks`. */
export declare function meshNetworksFrom(value: Value): MeshNetworks;
/** A field of a mesh configuration that has another type than Istio takes. */
export interface MeshConfigProblem {
    readonly path: Path;
    readonly message: string;
}
/** Of the fields that are read here; istiod refuses a configuration with one of these. */
export declare function meshConfigProblems(value: Value): readonly MeshConfigProblem[];
