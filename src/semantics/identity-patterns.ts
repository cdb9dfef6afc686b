import type { Clause } from './authorization-rules.ts';
import { identitiesOf, oneTaken, takesEveryone, takesNobody, twoNamespacesOf } from './identities.ts';

/**
 * The questions of identities.ts about the values that people write most, answered by a look at them; anything else is compared as a language, which
 * is exact and a hundred times slower.
 */

const account = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
const namespaceName = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const trustDomainName = /^[a-zA-Z0-9._-]+$/;

/** The only clause that is about identities, if it has values and no not-values. */
function alone(clauses: readonly Clause[]): Clause | undefined {
  const [only] = clauses;
  return clauses.length === 1 && only !== undefined && only.values.length > 0 && only.notValues.length === 0 ? only : undefined;
}

/** An identity that the clauses take together. */
export function exampleOf(clauses: readonly Clause[], policyNamespace: string): string | undefined {
  const only = alone(clauses);
  for (const value of only?.values ?? []) {
    if (value.includes('*')) continue;
    const slash = value.indexOf('/');
    switch (only?.field) {
      case 'principals':
        if (isIdentity(value)) return value;
        break;
      case 'namespaces':
        if (namespaceName.test(value)) return `cluster.local/ns/${value}/sa/default`;
        break;
      case 'serviceAccounts': {
        const identity = `cluster.local/ns/${slash === -1 ? policyNamespace : value.slice(0, slash)}/sa/${value.slice(slash + 1)}`;
        if (isIdentity(identity)) return identity;
        break;
      }
      default:
    }
  }
  return oneTaken(identitiesOf(clauses, policyNamespace));
}

function isIdentity(text: string): boolean {
  const [trustDomain = '', ns, namespace = '', sa, name = '', ...more] = text.split('/');
  return (
    ns === 'ns' &&
    sa === 'sa' &&
    more.length === 0 &&
    trustDomainName.test(trustDomain) &&
    namespaceName.test(namespace) &&
    account.test(name)
  );
}

/** Whether the clauses together take everyone who has an identity; at least one of them has values. */
export function areEveryone(clauses: readonly Clause[], policyNamespace: string): boolean {
  const only = alone(clauses);
  if (only?.values.includes('*') === true && only.field !== 'serviceAccounts') return true;
  // Whatever else is asked can only take fewer.
  for (const { field, values } of clauses) if (values.length > 0 && !values.some((value) => mayBeEveryone(field, value))) return false;
  return takesEveryone(identitiesOf(clauses, policyNamespace));
}

/** What has letters that not every identity has where it stands takes fewer. */
function mayBeEveryone(field: Clause['field'], value: string): boolean {
  if (!value.includes('*')) return false;
  // With a star first the rest of a principal is a regular expression.
  if (field === 'principals') return value.startsWith('*') && !/^\*[a-z0-9/-]+$/.test(value);
  if (field !== 'namespaces') return true;
  // The wildcard of a namespace crosses slashes: `*a` takes "shop/sa", which is in each identity.
  const [, first, letters = '', last] = /^(\*?)([a-z0-9-]+)(\*?)$/.exec(value) ?? [undefined, '*', '', '*'];
  if (first === '') return false;
  return last === '' ? 'sa'.endsWith(letters) : 'sa'.includes(letters);
}

/** Whether no identity is like a principal with a star in it. */
export function isNobody(value: string): boolean {
  if (value.endsWith('*') && value.indexOf('*') === value.length - 1 && beginsIdentity(value.slice(0, -1))) return false;
  if (value.startsWith('*') && value.lastIndexOf('*') === 0 && endsIdentity(value.slice(1))) return false;
  return takesNobody(identitiesOf([principal(value)], ''));
}

function principal(value: string): Clause {
  const nowhere = {
    kind: 'text',
    text: { source: { path: '', read: () => '' }, hash: 0, context: false },
    range: { start: 0, end: 0 },
  } as const;
  return { field: 'principals', names: [], malformed: false, values: [value], notValues: [], valuesAt: nowhere, notValuesAt: nowhere };
}

/** Completed by what is left of `td/ns/namespace/sa/name`. */
function beginsIdentity(text: string): boolean {
  const parts = text.split('/');
  const last = parts.pop() ?? '';
  const whole = ['td', 'ns', 'n', 'sa', 'a'];
  if (parts.length > 4) return false;
  const ending = parts.length === 1 || parts.length === 3 ? (whole[parts.length] ?? '').startsWith(last) : true;
  const end = ending && (parts.length === 1 || parts.length === 3) ? (whole[parts.length] ?? '') : `${last}a`;
  return ending && isIdentity([...parts, end, ...whole.slice(parts.length + 1)].join('/'));
}

function endsIdentity(text: string): boolean {
  const parts = text.split('/');
  const first = parts.shift() ?? '';
  const missing = 4 - parts.length;
  if (missing < 0) return false;
  const whole = ['td', 'ns', 'n', 'sa', 'a'];
  const place = whole[missing] ?? '';
  const beginning = missing === 1 || missing === 3 ? (place.endsWith(first) ? place : undefined) : `a${first}`;
  return beginning !== undefined && isIdentity([...whole.slice(0, missing), beginning, ...parts].join('/'));
}

/** Whether the clauses together take identities of several namespaces; `value` is one with a star, and the only one of its clause. */
export function crossNamespaces(clauses: readonly Clause[], value: string, policyNamespace: string): boolean {
  const only = alone(clauses);
  if (only?.field === 'principals') {
    const inOne = /^[^/*]+\/ns\/[^/*]+\/[^*]*\*$/.test(value) || /^\*[^*]*\/ns\/[^/*.+?()|]+\/sa\/[^/*]+$/.test(value);
    if (inOne) return false;
    const inSeveral = /^[^/*]+\/ns\/[a-z0-9-]*\*$/.test(value) || /^\*\/?(sa\/)?[a-z0-9-]+$/.test(value);
    if (inSeveral && !isNobody(value)) return true;
  }
  return twoNamespacesOf(identitiesOf(clauses, policyNamespace)) !== undefined;
}
