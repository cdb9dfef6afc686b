import { type ServiceAccounts, serviceAccountsOf } from '../graph/service-accounts.ts';
import type { Mesh } from '../graph/mesh.ts';
import { isForGateways } from '../graph/policy-workloads.ts';
import { hasPlaceholder } from '../model/doubt.ts';
import { below, type Place } from '../model/place.ts';
import { trustDomainsOf } from './access-trust-domains.ts';
import { matchesText } from './access-strings.ts';
import type { AuthorizationRule } from './authorization-rules.ts';
import { isNobody } from './identity-patterns.ts';

/**
 * Why a value matches nobody.
 * - `spiffe`: it begins with what Istio puts in front of it.
 * - `star`, `stars`: a star that is none at one end; stars at both ends.
 * - `form`: no identity looks like that; `meant` is what it may have been meant to be.
 * - `account`: there is no such service account; undefined name: none that a pattern takes.
 * - `unclear`: it can't be told.
 */
export type NeverMatching = {
  readonly value: string;
  readonly at: Place;
  /** One of the not-values: it keeps nobody out. */
  readonly negated: boolean;
} & (
  | { readonly why: 'spiffe' }
  | { readonly why: 'star'; readonly star: number }
  | { readonly why: 'stars' }
  | { readonly why: 'form'; readonly meant: string | undefined }
  | { readonly why: 'account'; readonly namespace: string; readonly account: string; readonly others: ReadonlySet<string> }
  | { readonly why: 'no-account' }
  | { readonly why: 'unclear'; readonly reason: string }
);

/** The principals and service accounts of a rule that match nobody, or may not. */
export function* neverMatching(mesh: Mesh, rule: AuthorizationRule): Iterable<NeverMatching> {
  const clauses = [...rule.sources.flatMap((source) => source.clauses), ...rule.conditions];
  for (const { field, values, notValues, valuesAt, notValuesAt } of clauses) {
    if (field !== 'principals' && field !== 'serviceAccounts') continue;
    for (const [list, listAt, negated] of [[values, valuesAt, false] as const, [notValues, notValuesAt, true] as const]) {
      for (const [i, value] of list.entries()) {
        if (hasPlaceholder(value)) continue;
        const why = field === 'principals' ? ofPrincipal(mesh, rule, value) : ofAccount(mesh, rule, value);
        if (why !== undefined) yield { value, at: below(listAt, i), negated, ...why };
      }
    }
  }
}

type Why = NeverMatching extends infer N ? (N extends NeverMatching ? Omit<N, 'value' | 'at' | 'negated'> : never) : never;

/** `cluster.local/ns/shop/sa/web`, with the names that Kubernetes takes. */
const identity = /^[a-zA-Z0-9._-]+\/ns\/([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\/sa\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)$/;

function ofPrincipal(mesh: Mesh, rule: AuthorizationRule, value: string): Why | undefined {
  if (value === '*') return undefined;
  if (value.startsWith('spiffe://')) return { why: 'spiffe' };
  const [, namespace, account] = identity.exec(value) ?? [];
  if (namespace !== undefined && account !== undefined) {
    return isOwnTrustDomain(mesh, value.slice(0, value.indexOf('/')), true) ? missingAccount(mesh, namespace, account) : undefined;
  }
  if (value.includes('*') && !isNobody(value)) return matchesNoAccount(mesh, value) ? { why: 'no-account' } : undefined;
  if (!isOwnForm(mesh, rule, value)) return { why: 'unclear', reason: 'identities that are not of the mesh may have any form' };
  if (value.length > 1 && value.startsWith('*') && value.endsWith('*')) return { why: 'stars' };
  const star = value.indexOf('*');
  if (star > 0 && star < value.length - 1) return { why: 'star', star };
  return { why: 'form', meant: meantBy(value) };
}

function ofAccount(mesh: Mesh, { policy }: AuthorizationRule, value: string): Why | undefined {
  const slash = value.indexOf('/');
  return missingAccount(mesh, slash === -1 ? policy.metadata.namespace : value.slice(0, slash), value.slice(slash + 1));
}

/**
 * Whether the value can only be meant as an identity of the mesh. Other trust domains may give out identities of any form, and so may those who
 * sign the certificates of a gateway's clients.
 */
function isOwnForm(mesh: Mesh, { policy }: AuthorizationRule, value: string): boolean {
  if (/(^|\/)(ns|sa)(\/|$)/.test(value)) return true;
  if (isForGateways(mesh, policy)) return false;
  const [trustDomain = ''] = value.split('/');
  return !trustDomain.includes('.') || !value.includes('/') || isOwnTrustDomain(mesh, trustDomain, true);
}

function isOwnTrustDomain(mesh: Mesh, trustDomain: string, isPointer: boolean): boolean {
  if (isPointer && trustDomain === 'cluster.local') return true;
  return trustDomainsOf(mesh.config)?.includes(trustDomain) === true;
}

/** `cluster.local` stands for the trust domain of the mesh in what has all five parts. */
function meantBy(value: string): string | undefined {
  const name = '([a-z0-9][a-z0-9.-]*)';
  const parts =
    new RegExp(`^(?:[a-z0-9.-]+\\.[a-z0-9-]+/)?ns/${name}/(?:sa/)?${name}$`).exec(value) ??
    new RegExp(`^(?:cluster\\.local/)?${name}/(?:sa/)?${name}$`).exec(value);
  return parts === null ? undefined : `cluster.local/ns/${parts[1] ?? ''}/sa/${parts[2] ?? ''}`;
}

function missingAccount(mesh: Mesh, namespace: string, account: string): Why | undefined {
  const accounts = serviceAccountsOf(mesh);
  const others = accounts.named(namespace);
  // Each namespace has the account `default`; one without any is none in which something runs.
  if (others.has(account) || (account === 'default' && others.size > 0)) return undefined;
  if (accounts.isComplete(namespace)) return { why: 'account', namespace, account, others };
  return { why: 'unclear', reason: 'no such service account in the input' };
}

/** Only for patterns that take identities at all. */
function matchesNoAccount(mesh: Mesh, value: string): boolean {
  const accounts = serviceAccountsOf(mesh);
  const trustDomains = trustDomainsOf(mesh.config);
  if (trustDomains === undefined || !accounts.isComplete()) return false;
  const [trustDomain = '', , namespace = ''] = value.split('/');
  // Of a foreign trust domain nothing is known here; that is another fault.
  if (!trustDomain.includes('*') && !trustDomains.includes(trustDomain)) return false;
  const candidates = namespace !== '' && !value.startsWith('*') && !namespace.includes('*') ? [namespace] : accounts.namespaces;
  return !candidates.some((one) => takesOneOf(value, one, accounts, trustDomains));
}

function takesOneOf(value: string, namespace: string, accounts: ServiceAccounts, trustDomains: readonly string[]): boolean {
  const known = accounts.named(namespace);
  for (const account of known.size === 0 ? [] : [...known, 'default']) {
    for (const trustDomain of trustDomains) if (matchesText(value, `${trustDomain}/ns/${namespace}/sa/${account}`)) return true;
  }
  return false;
}
