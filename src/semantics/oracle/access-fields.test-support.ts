import type { World } from './world.test-support.ts';

/** A function, where the address is not known: whether it is in a block. */
export type Address = string | ((block: string) => boolean);

/** What arrives at a workload's port. */
export interface Arrival {
  /** `trust-domain/ns/…/sa/…` where it came over mutual TLS. */
  readonly identity: string | undefined;
  readonly ip: Address;
  readonly remoteIp: Address;
  readonly port: number;
  /** Undefined on a TCP chain. */
  readonly http:
    | { readonly method: string; readonly host: string; readonly path: string; readonly headers: Readonly<Record<string, string>> }
    | undefined;
  /** Of a token that was verified. */
  readonly claims: Readonly<Record<string, string>> | undefined;
}

const escape = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
const whole = (pattern: string, text: string): boolean => new RegExp(`^(?:${pattern})$`, 's').test(text);

/** `*` present, `*x` ends with, `x*` begins with, else equal. A star elsewhere is a star. */
export function plain(pattern: string, text: string): boolean {
  if (pattern === '*') return text !== '';
  if (pattern.startsWith('*')) return text.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return text.startsWith(pattern.slice(0, -1));
  return pattern === text;
}

/** §2.6: the local trust domain and its aliases are one; `cluster.local` is a pointer to it. Only names of exactly 5 parts are rewritten. */
function principalForms(world: World, written: string): readonly string[] {
  const parts = written.split('/');
  const [domain] = parts;
  const local = [world.trustDomain, ...world.trustDomainAliases];
  if (parts.length !== 5 || domain === undefined || !(domain === 'cluster.local' || local.includes(domain))) return [written];
  return local.map((name) => [name, ...parts.slice(1)].join('/'));
}

export function isPrincipal(world: World, written: string, { identity }: Arrival): boolean {
  return (
    identity !== undefined &&
    principalForms(world, written).some((form) => {
      const name = `spiffe://${identity}`;
      if (form === '*') return true;
      if (form.startsWith('*')) return whole(`spiffe://.*${escape(form.slice(1))}`, name);
      if (form.endsWith('*')) return name.startsWith(`spiffe://${form.slice(0, -1)}`);
      return name === `spiffe://${form}`;
    })
  );
}

export function isNamespace(written: string, { identity }: Arrival): boolean {
  const pattern = written.split('*').map(escape).join('.*');
  return identity !== undefined && whole(`.*/ns/${pattern}/.*`, `spiffe://${identity}`);
}

/** `ns/sa`, or `sa` in the namespace of the policy. */
export function isServiceAccount(written: string, policyNamespace: string, { identity }: Arrival): boolean {
  const [namespace, name] = written.includes('/') ? written.split('/') : [policyNamespace, written];
  const pattern = `spiffe://.+/ns/${escape(namespace ?? '')}/(.+/|)sa/${escape(name ?? '')}(/.+)?`;
  return identity !== undefined && whole(pattern, `spiffe://${identity}`);
}

/** "`*`→prefix spiffe://; exact→prefix `spiffe://td/`; one star at an end → `[^/]*`"; known ones expand (§2.6 as corrected). */
export function isTrustDomain(world: World, written: string, { identity }: Arrival): boolean {
  if (identity === undefined) return false;
  if (written === '*') return true;
  const local = [world.trustDomain, ...world.trustDomainAliases];
  const forms = local.includes(written) ? local : [written];
  return forms.some((form) => {
    const pattern = form.startsWith('*')
      ? `[^/]*${escape(form.slice(1))}`
      : form.endsWith('*')
        ? `${escape(form.slice(0, -1))}[^/]*`
        : escape(form);
    return whole(`spiffe://${pattern}/.*`, `spiffe://${identity}`);
  });
}

/** An address or a block of addresses (IPv4). */
export function isInBlock(written: string, address: Address): boolean {
  if (typeof address === 'function') return address(written);
  const [base, length = '32'] = written.split('/');
  const bits = (text: string) =>
    text
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  return bits(base ?? '').slice(0, Number(length)) === bits(address).slice(0, Number(length));
}

/** §2.4 requestPrincipals, as corrected: split at the last `/`. */
export function isRequestPrincipal(written: string, { claims }: Arrival): boolean {
  const issuer = claims?.['iss'];
  const subject = claims?.['sub'];
  if (issuer === undefined || subject === undefined) return false;
  if (written === '*') return issuer !== '' && subject !== '';
  const slash = written.lastIndexOf('/');
  if (slash < 0) {
    if (written.startsWith('*')) return subject.endsWith(written.slice(1)) && issuer !== '';
    if (written.endsWith('*')) return issuer.startsWith(written.slice(0, -1)) && subject !== '';
    return false;
  }
  const [before, after] = [written.slice(0, slash), written.slice(slash + 1)];
  if (written.startsWith('*')) return issuer.endsWith(before.slice(1)) && subject === after;
  if (written.endsWith('*')) return issuer === before && subject.startsWith(after.slice(0, -1));
  return issuer === before && subject === after;
}

/** Paths: exact, prefix, suffix, any, or a template: `{*}` one segment, `{**}` any number (`/a/{**}` matches `/a/`, not `/a`). */
export function isPath(written: string, path: string): boolean {
  if (!written.includes('{*}') && !written.includes('{**}')) return plain(written, path);
  const pattern = written
    .split(/(\{\*\*\}|\{\*\})/)
    .map((part) => (part === '{**}' ? '.*' : part === '{*}' ? '[^/]+' : escape(part)))
    .join('');
  return whole(pattern, path);
}
