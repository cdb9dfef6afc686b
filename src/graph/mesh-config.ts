import type { Value, ValueObject } from '../yaml/value.ts';

/**
 * What the mesh configuration says, as far as it changes what manifests mean; defaults where it says nothing.
 * Source: pkg/config/mesh/mesh.go (DefaultMeshConfig) and the MeshConfig reference.
 */
export interface MeshConfig {
  readonly rootNamespace: string;
  /** Undefined: not known, and then no trust domain is a foreign one. */
  readonly trustDomain: string | undefined;
  readonly trustDomainAliases: readonly string[];
  readonly enableAutoMtls: boolean;
  readonly outboundTrafficPolicy: 'ALLOW_ANY' | 'REGISTRY_ONLY';
  readonly defaultServiceExportTo: readonly string[];
  readonly defaultVirtualServiceExportTo: readonly string[];
  readonly defaultDestinationRuleExportTo: readonly string[];
  readonly pathNormalization: 'DEFAULT' | 'NONE' | 'BASE' | 'MERGE_SLASHES' | 'DECODE_AND_MERGE_SLASHES';
}

export const defaultMeshConfig: MeshConfig = {
  rootNamespace: 'istio-system',
  trustDomain: undefined,
  trustDomainAliases: [],
  enableAutoMtls: true,
  outboundTrafficPolicy: 'ALLOW_ANY',
  defaultServiceExportTo: ['*'],
  defaultVirtualServiceExportTo: ['*'],
  defaultDestinationRuleExportTo: ['*'],
  pathNormalization: 'DEFAULT',
};

/** Reads a mesh configuration; what has another type than it must have is as if it were not written. */
export function meshConfigFrom(value: Value, base: MeshConfig = defaultMeshConfig): MeshConfig {
  const normalization = field(field(value, 'pathNormalization'), 'normalization');
  const outbound = field(field(value, 'outboundTrafficPolicy'), 'mode');
  return {
    rootNamespace: text(field(value, 'rootNamespace')) ?? base.rootNamespace,
    // A mesh configuration that names no trust domain has the default one.
    trustDomain: text(field(value, 'trustDomain')) ?? base.trustDomain ?? 'cluster.local',
    trustDomainAliases: texts(field(value, 'trustDomainAliases')) ?? base.trustDomainAliases,
    enableAutoMtls: field(value, 'enableAutoMtls') === false ? false : base.enableAutoMtls,
    outboundTrafficPolicy: outbound === 'REGISTRY_ONLY' || outbound === 'ALLOW_ANY' ? outbound : base.outboundTrafficPolicy,
    defaultServiceExportTo: texts(field(value, 'defaultServiceExportTo')) ?? base.defaultServiceExportTo,
    defaultVirtualServiceExportTo: texts(field(value, 'defaultVirtualServiceExportTo')) ?? base.defaultVirtualServiceExportTo,
    defaultDestinationRuleExportTo: texts(field(value, 'defaultDestinationRuleExportTo')) ?? base.defaultDestinationRuleExportTo,
    pathNormalization: normalizations.find((known) => known === normalization) ?? base.pathNormalization,
  };
}

const normalizations = ['DEFAULT', 'NONE', 'BASE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES'] as const;

function isObject(value: Value | undefined): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function field(value: Value | undefined, name: string): Value | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts(value: Value | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const strings = value.filter((item): item is string => typeof item === 'string');
  return strings.length === 0 ? undefined : strings;
}
