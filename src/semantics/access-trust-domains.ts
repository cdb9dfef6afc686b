import type { MeshConfig } from '../graph/mesh-config.ts';

/** The mesh's trust domain and its aliases; undefined when they are not known. */
export type TrustDomains = readonly string[] | undefined;

export function trustDomainsOf({ trustDomain, trustDomainAliases }: MeshConfig): TrustDomains {
  return trustDomain === undefined ? undefined : [trustDomain, ...trustDomainAliases];
}

/** Whose certificates the mesh takes: its own trust domains, and those of further certificates; undefined when they are not known. */
export function acceptedTrustDomainsOf(config: MeshConfig): TrustDomains {
  const own = trustDomainsOf(config);
  const { certifiedTrustDomains } = config;
  return own === undefined || certifiedTrustDomains === undefined ? undefined : [...own, ...certifiedTrustDomains];
}

/** The word by which policies may mean the trust domain of the mesh, whatever it is called. */
const pointer = 'cluster.local';

/**
 * The principals that a written one stands for. Only `<trust domain>/ns/<namespace>/sa/<name>`, five parts, is rewritten: a trust domain of the mesh,
 * or the pointer, to all of the mesh's. Anything with fewer parts, and any trust domain, stays as it is.
 * Source: pilot/pkg/security/trustdomain/bundle.go, ReplaceTrustDomainAliases.
 */
export function rewrittenPrincipals(principal: string, mesh: readonly string[]): readonly string[] {
  const parts = fiveParts(principal);
  if (parts === undefined) return [principal];
  const { domain, rest } = parts;
  if (domain !== pointer && !mesh.some((own) => own === domain || own === '*' || overlap(domain, own))) return [principal];
  // A star first that covers a trust domain of the mesh keeps doing so.
  return [...new Set(mesh.map((own) => (isSuffix(domain, own) ? principal : own + rest)))];
}

/** The trust domain and what follows it, slash included; undefined where it is not looked at. */
export function fiveParts(principal: string): { readonly domain: string; readonly rest: string } | undefined {
  const parts = principal.split('/');
  const [domain = ''] = parts;
  return parts.length !== 5 || domain === '*' ? undefined : { domain, rest: principal.slice(domain.length) };
}

/** `trustDomains`: one of the mesh's stands for all of them, but here `cluster.local` is only a name. Source: bundle.go, ExpandTrustDomainAliases. */
export function expandedTrustDomains(value: string, mesh: readonly string[]): readonly string[] {
  return mesh.includes(value) ? mesh : [value];
}

/** One is covered by the star of the other. Source: pilot/pkg/security/trustdomain/util.go, stringMatch. */
function overlap(a: string, b: string): boolean {
  return isPrefix(a, b) || isPrefix(b, a) || isSuffix(a, b) || isSuffix(b, a);
}

function isPrefix(pattern: string, text: string): boolean {
  return pattern.endsWith('*') && text.startsWith(pattern.slice(0, -1));
}

function isSuffix(pattern: string, text: string): boolean {
  return pattern.startsWith('*') && text.endsWith(pattern.slice(1));
}
