import type { World } from './world.test-support.ts';

/**
 * §3.1: no dot ⇒ the name in the namespace of the rule; any dot ⇒ it is whole already; `*` and addresses are left alone. (An address has
 * a dot or a colon.)
 */
export function hostName(world: World, written: string, namespace: string): string {
  if (written.includes('.') || written.includes(':') || written.startsWith('*')) return written;
  return `${written}.${namespace}.svc.${world.domain}`;
}

/** Whether every name that `inner` stands for is one that `outer` stands for. */
export function covers(outer: string, inner: string): boolean {
  if (outer === '*') return true;
  if (!outer.startsWith('*')) return outer === inner;
  const suffix = outer.slice(1);
  return inner.startsWith('*') ? inner.slice(1).endsWith(suffix) : inner.endsWith(suffix) && inner !== suffix;
}

/** §3.6, §3.2: an exact host beats wildcards, a longer wildcard a shorter one. */
export function mostSpecific(hosts: readonly string[], host: string): string | undefined {
  if (hosts.includes(host)) return host;
  const wildcards = hosts.filter((candidate) => candidate.startsWith('*') && covers(candidate, host));
  return wildcards.sort((a, b) => b.length - a.length)[0];
}

/** The narrower one where one covers the other: §3.3, "the narrower host of each pair". */
export function narrower(a: string, b: string): string | undefined {
  if (covers(a, b)) return b;
  return covers(b, a) ? a : undefined;
}
