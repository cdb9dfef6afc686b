import type { Call, Claims, ClaimValue } from './access-call.ts';
import { contains, parseBlock } from './access-addresses.ts';
import { isPathTemplate, matchesTemplate, pathOf } from './access-paths.ts';
import { matchesHeader, matchesRegex, matchesText, type Regexes } from './access-strings.ts';
import { expandedTrustDomains, fiveParts, rewrittenPrincipals, type TrustDomains } from './access-trust-domains.ts';
import { any, type Truth } from './access-truth.ts';

/** What rules of an AuthorizationPolicy look at, under one name whether it is a field of `from`, `to` or a key of `when`. */
export type FieldName =
  | 'principals'
  | 'namespaces'
  | 'serviceAccounts'
  | 'trustDomains'
  | 'ipBlocks'
  | 'remoteIpBlocks'
  | 'requestPrincipals'
  | 'audiences'
  | 'presenter'
  | 'claims'
  | 'headers'
  | 'inlineHeaders'
  | 'hosts'
  | 'methods'
  | 'paths'
  | 'ports'
  | 'destinationIps'
  | 'sni'
  | 'envoyFilters';

/** What a value means beyond its text. */
export interface FieldContext {
  /** Of the policy. */
  readonly namespace: string;
  /** What stands in the brackets of a `when` key: the header, or the path to the claim. */
  readonly names: readonly string[];
  readonly trustDomains: TrustDomains;
  readonly regexes: Regexes | undefined;
  /** As ztunnels compare identities: names as they are written, with a star at one end. */
  readonly asWritten?: boolean;
}

export interface Field {
  /** Means nothing on a connection that is not HTTP. */
  readonly httpOnly: boolean;
  /** Needs mutual TLS: matches no plaintext caller, and its not-form matches each. */
  readonly identity: boolean;
  /** Whether Istio can make anything of the value; absent: of any. */
  isValid?(value: string): boolean;
  /** Whether one value matches a call. */
  matches(value: string, call: Call, context: FieldContext): Truth;
}

/** How each field matches. Source: pilot/pkg/security/authz/model/generator.go. */
export const fields: Readonly<Record<FieldName, Field>> = {
  principals: identityField((value, identity, { trustDomains, regexes, asWritten }) => {
    if (asWritten === true) return matchesText(value, identity);
    if (trustDomains !== undefined)
      return any(rewrittenPrincipals(value, trustDomains).map((one) => matchesPrincipal(one, identity, regexes)));
    const written = fiveParts(value);
    const own = fiveParts(identity);
    if (written === undefined || own === undefined) return matchesPrincipal(value, identity, regexes);
    const matches = matchesPrincipal(value, identity, regexes);
    if (matches !== false) return matches;
    // Both may be of the mesh under two names.
    const other = matchesPrincipal(own.domain + written.rest, identity, regexes);
    return other === false ? false : { unclear: 'the trust domain of the mesh is not known' };
  }),
  namespaces: identityField((value, identity, { regexes, asWritten }) => {
    if (asWritten === true) return matchesText(value, /\/ns\/([^/]*)/.exec(identity)?.[1] ?? '');
    return matchesRegex(`.*/ns/${value.replaceAll('*', '.*')}/.*`, `spiffe://${identity}`, regexes);
  }),
  serviceAccounts: identityField((value, identity, { namespace }) => {
    const slash = value.indexOf('/');
    return matchesServiceAccount(identity, slash === -1 ? namespace : value.slice(0, slash), value.slice(slash + 1));
  }),
  trustDomains: identityField((value, identity, { trustDomains }) => {
    const end = identity.indexOf('/');
    if (end === -1) return value === '*';
    const own = identity.slice(0, end);
    if (trustDomains !== undefined) return expandedTrustDomains(value, trustDomains).some((one) => matchesTrustDomain(one, own));
    if (matchesTrustDomain(value, own)) return true;
    return value.includes('*') ? false : { unclear: 'the trust domain of the mesh is not known' };
  }),
  ipBlocks: addressField(({ ip }) => ip, 'the address of the caller is not known'),
  remoteIpBlocks: addressField(({ ip, remoteIp }) => remoteIp ?? ip, 'the address of the client is not known'),
  destinationIps: addressField(({ destinationIp }) => destinationIp, 'the address of the pod is not known'),
  requestPrincipals: claimsField((value, claims) => matchesRequestPrincipal(value, claims)),
  audiences: claimsField((value, claims, spaced) => matchesClaim(value, claims, ['aud'], spaced)),
  presenter: claimsField((value, claims, spaced) => matchesClaim(value, claims, ['azp'], spaced)),
  claims: claimsField((value, claims, spaced, { names }) => matchesClaim(value, claims, names, spaced)),
  headers: httpField((value, call, { names }) => matchesHeader(value, headerOf(call, names[0] ?? ''))),
  inlineHeaders: httpField((value, call, { names }) => {
    const header = headerOf(call, names[0] ?? '');
    return value === '*'
      ? header !== undefined
      : header !== undefined && [header, ...header.split(',')].some((one) => matchesText(value, one));
  }),
  hosts: httpField((value, { http }) => matchesHeader(value.toLowerCase(), http?.host.toLowerCase())),
  methods: httpField((value, { http }) => matchesHeader(value, http?.method)),
  paths: httpField((value, { http }) => {
    if (http === undefined) return false;
    const path = pathOf(http.target);
    return isPathTemplate(value) ? matchesTemplate(value, path) : matchesText(value, path);
  }),
  ports: {
    httpOnly: false,
    identity: false,
    isValid: (value) => /^\d+$/.test(value) && Number(value) <= 65_535,
    matches: (value, { port }) => Number(value) === port,
  },
  sni: {
    httpOnly: false,
    identity: false,
    matches: (value, { sni }) =>
      sni === undefined ? { unclear: 'the server name of the connection is not known' } : matchesText(value, sni),
  },
  envoyFilters: {
    httpOnly: false,
    identity: false,
    matches: () => ({ unclear: 'a condition looks at what a filter of the proxy says' }),
  },
};

function identityField(matches: (value: string, identity: string, context: FieldContext) => Truth): Field {
  return {
    httpOnly: false,
    identity: true,
    matches: (value, { identity }, context) => (identity === undefined ? false : matches(value, identity, context)),
  };
}

function httpField(matches: Field['matches']): Field {
  return { httpOnly: true, identity: false, matches };
}

function claimsField(matches: (value: string, claims: Claims, spaceDelimited: ReadonlySet<string>, context: FieldContext) => Truth): Field {
  return httpField((value, { http }, context) =>
    http?.claims === undefined ? false : matches(value, http.claims, http.spaceDelimited, context),
  );
}

function addressField(addressOf: (call: Call) => string | undefined, unclear: string): Field {
  return {
    httpOnly: false,
    identity: false,
    isValid: (value) => parseBlock(value) !== undefined,
    matches(value, call) {
      const block = parseBlock(value);
      const address = addressOf(call);
      return block === undefined ? false : address === undefined ? { unclear } : (contains(block, address) ?? { unclear });
    },
  };
}

/** A star first makes a regular expression of what follows it; one last a prefix; elsewhere it is a star. */
function matchesPrincipal(value: string, identity: string, regexes: Regexes | undefined): Truth {
  if (value === '*') return identity !== '';
  if (value.startsWith('*')) return matchesRegex(`spiffe://.*${value.slice(1)}`, `spiffe://${identity}`, regexes);
  return matchesText(value, identity);
}

/** `spiffe://<anything>/ns/<namespace>/[<anything>/]sa/<name>[/<anything>]`, names taken literally. Source: generator.go, serviceAccountRegex. */
function matchesServiceAccount(identity: string, namespace: string, name: string): boolean {
  const front = `/ns/${namespace}/`;
  const back = `sa/${name}`;
  for (let start = identity.indexOf(front, 1); start !== -1; start = identity.indexOf(front, start + 1)) {
    const rest = identity.slice(start + front.length);
    for (let at = rest.indexOf(back); at !== -1; at = rest.indexOf(back, at + 1)) {
      const tail = rest.slice(at + back.length);
      if ((at === 0 || (at > 1 && rest[at - 1] === '/')) && (tail === '' || (tail.length > 1 && tail.startsWith('/')))) return true;
    }
  }
  return false;
}

/** A star at one end stays within the trust domain. */
function matchesTrustDomain(value: string, domain: string): boolean {
  return value === '*' || matchesText(value, domain);
}

/** Issuer and subject are what stands before and after the last slash. Source: generator.go, requestPrincipalGenerator. */
function matchesRequestPrincipal(value: string, { iss, sub }: Claims): boolean {
  if (typeof iss !== 'string' || typeof sub !== 'string') return false;
  if (value === '*') return iss !== '' && sub !== '';
  const slash = value.lastIndexOf('/');
  const issuer = slash === -1 ? value : value.slice(0, slash);
  const subject = slash === -1 ? '' : value.slice(slash + 1);
  if (value.startsWith('*')) {
    if (slash === -1) return iss !== '' && sub.endsWith(value.slice(1));
    return (issuer === '*' ? iss !== '' : iss.endsWith(issuer.slice(1))) && sub === subject;
  }
  if (value.endsWith('*')) {
    if (slash === -1) return iss.startsWith(value.slice(0, -1)) && sub !== '';
    return iss === issuer && (subject === '*' ? sub !== '' : sub.startsWith(subject.slice(0, -1)));
  }
  return iss === issuer && sub === subject;
}

/** A claim that is a list matches with any of its texts. Source: pilot/pkg/security/authz/matcher/metadata.go, MetadataListValueMatcher. */
function matchesClaim(value: string, claims: Claims, path: readonly string[], spaceDelimited: ReadonlySet<string>): boolean {
  let claim: ClaimValue | undefined = claims;
  for (const name of path) {
    if (typeof claim !== 'object' || claim === null || isList(claim) || !Object.hasOwn(claim, name)) return false;
    claim = claim[name];
  }
  const [first = ''] = path;
  if (typeof claim === 'string' && path.length === 1 && spaceDelimited.has(first)) claim = claim.split(' ').filter((word) => word !== '');
  const texts = claim !== undefined && isList(claim) ? claim : [claim];
  return texts.some((text) => typeof text === 'string' && matchesText(value, text));
}

function isList(value: ClaimValue): value is readonly ClaimValue[] {
  return Array.isArray(value);
}

/** Besides headers the proxy has the parts of the request line under names of their own, and knows `host` as one of them. */
function headerOf({ http }: Call, name: string): string | undefined {
  if (http === undefined) return undefined;
  switch (name.toLowerCase()) {
    case ':authority':
    case 'host':
      return http.host;
    case ':method':
      return http.method;
    case ':path':
      return http.target;
    default:
      return http.headers.get(name.toLowerCase());
  }
}
