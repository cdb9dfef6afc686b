import { hasPlaceholder } from '../model/doubt.ts';
import type { Path, Value, ValueObject } from '../yaml/value.ts';
import { defaultMeshConfig, type ExtensionProvider, type MeshConfig, type MeshNetworks } from './mesh-config.ts';

/** Reads a mesh configuration; what has another type than it must have, or is a placeholder, is as if it were not written. */
export function meshConfigFrom(value: Value, base: MeshConfig = defaultMeshConfig): MeshConfig {
  const normalization = field(field(value, 'pathNormalization'), 'normalization');
  const outbound = field(field(value, 'outboundTrafficPolicy'), 'mode');
  const autoMtls = field(value, 'enableAutoMtls');
  return {
    rootNamespace: text(field(value, 'rootNamespace')) ?? base.rootNamespace,
    trustDomain: trustDomainFrom(value, base),
    trustDomainAliases: texts(field(value, 'trustDomainAliases')) ?? base.trustDomainAliases,
    certifiedTrustDomains: certifiedFrom(field(value, 'caCertificates'), base),
    enableAutoMtls: typeof autoMtls === 'boolean' ? autoMtls : base.enableAutoMtls,
    outboundTrafficPolicy: outbound === 'REGISTRY_ONLY' || outbound === 'ALLOW_ANY' ? outbound : base.outboundTrafficPolicy,
    defaultServiceExportTo: texts(field(value, 'defaultServiceExportTo')) ?? base.defaultServiceExportTo,
    defaultVirtualServiceExportTo: texts(field(value, 'defaultVirtualServiceExportTo')) ?? base.defaultVirtualServiceExportTo,
    defaultDestinationRuleExportTo: texts(field(value, 'defaultDestinationRuleExportTo')) ?? base.defaultDestinationRuleExportTo,
    extensionProviders: providersFrom(field(value, 'extensionProviders'), base),
    pathNormalization: normalizations.find((known) => known === normalization) ?? base.pathNormalization,
  };
}

/** A mesh configuration that names no trust domain has the default one; of one that is named by a placeholder nothing is known. */
function trustDomainFrom(value: Value, base: MeshConfig): string | undefined {
  const unknown = isUnknown(field(value, 'trustDomain')) || isUnknown(field(value, 'trustDomainAliases'));
  return unknown ? undefined : (text(field(value, 'trustDomain')) ?? base.trustDomain ?? 'cluster.local');
}

/** A mesh configuration that names no providers has none but those that Istio brings, which authorize nothing. */
function providersFrom(providers: Value | undefined, base: MeshConfig): readonly ExtensionProvider[] | undefined {
  if (providers === undefined || providers === null) return base.extensionProviders ?? [];
  if (!Array.isArray(providers)) return undefined;
  const known: ExtensionProvider[] = [];
  for (const provider of providers as readonly Value[]) {
    const name = text(field(provider, 'name'));
    if (name === undefined) return undefined;
    const has = (kind: string): boolean => (field(provider, kind) ?? undefined) !== undefined;
    known.push({ name, authorization: has('envoyExtAuthzHttp') ? 'http' : has('envoyExtAuthzGrpc') ? 'grpc' : undefined });
  }
  return known;
}

/** Certificates that name no trust domain are for the mesh's own. */
function certifiedFrom(certificates: Value | undefined, base: MeshConfig): readonly string[] | undefined {
  if (certificates === undefined || certificates === null) return base.certifiedTrustDomains;
  if (!Array.isArray(certificates)) return undefined;
  const named: string[] = [];
  for (const certificate of certificates as readonly Value[]) {
    const domains = field(certificate, 'trustDomains') ?? [];
    if (!isObject(certificate) || !Array.isArray(domains) || isUnknown(domains)) return undefined;
    named.push(...domains.filter((domain): domain is string => typeof domain === 'string'));
  }
  return named;
}

/** Reads mesh networks: the mapping itself, or what stands under `networks`. */
export function meshNetworksFrom(value: Value): MeshNetworks {
  const networks = field(value, 'networks') ?? value;
  if (!isObject(networks)) return new Map();
  return new Map(Object.entries(networks).filter((entry): entry is [string, ValueObject] => isObject(entry[1])));
}

/** A field of a mesh configuration that has another type than Istio takes. */
export interface MeshConfigProblem {
  readonly path: Path;
  readonly message: string;
}

/** Of the fields that are read here; istiod refuses a configuration with one of these. */
export function meshConfigProblems(value: Value): readonly MeshConfigProblem[] {
  if (!isObject(value)) return [{ path: [], message: 'the mesh configuration must be a mapping' }];
  const problems: MeshConfigProblem[] = [];
  const check = (fits: (found: Value) => boolean, wanted: string, ...path: readonly string[]): void => {
    const found = path.reduce<Value | undefined>(field, value);
    if (found === undefined || found === null || isUnknown(found) || fits(found)) return;
    problems.push({ path, message: `"${path.join('.')}" of the mesh configuration must be ${wanted}` });
  };
  const isText = (found: Value): boolean => typeof found === 'string';
  const isTexts = (found: Value): boolean => Array.isArray(found) && found.every((item) => typeof item === 'string');
  for (const name of ['rootNamespace', 'trustDomain']) check(isText, 'a string', name);
  for (const name of ['trustDomainAliases', 'defaultServiceExportTo', 'defaultVirtualServiceExportTo', 'defaultDestinationRuleExportTo']) {
    check(isTexts, 'a list of strings', name);
  }
  check((found) => typeof found === 'boolean', 'true or false', 'enableAutoMtls');
  check((found) => found === 'ALLOW_ANY' || found === 'REGISTRY_ONLY', 'ALLOW_ANY or REGISTRY_ONLY', 'outboundTrafficPolicy', 'mode');
  check(
    (found) => normalizations.some((known) => known === found),
    `one of ${normalizations.join(', ')}`,
    'pathNormalization',
    'normalization',
  );
  return problems;
}

const normalizations = ['DEFAULT', 'NONE', 'BASE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES'] as const;

function isObject(value: Value | undefined): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A placeholder, or a list with one. */
function isUnknown(value: Value | undefined): boolean {
  return typeof value === 'string' ? hasPlaceholder(value) : Array.isArray(value) && value.some((item) => isUnknown(item as Value));
}

function field(value: Value | undefined, name: string): Value | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value !== '' && !hasPlaceholder(value) ? value : undefined;
}

function texts(value: Value | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const strings = value.filter((item): item is string => typeof item === 'string' && !hasPlaceholder(item));
  return strings.length === 0 ? undefined : strings;
}
