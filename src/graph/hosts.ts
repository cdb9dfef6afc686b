const ipAddress = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]*)$/i;

/**
 * A host as Istio reads it in a resource of a namespace: without a dot it is a service of that namespace, anything with a dot,
 * a wildcard or an address stays as it is (so `api.other` is not the service api of namespace other).
 * Source: pilot/pkg/model/config.go, ResolveShortnameToFQDN.
 */
export function resolveHost(host: string, namespace: string, domain: string): string {
  if (host === '' || host.includes('.') || host.startsWith('*') || ipAddress.test(host)) return host;
  return `${host}.${namespace}.svc.${domain}`;
}

/** Name and namespace of a host of the form `name.namespace.svc.domain`; undefined for any other host. */
export function serviceOf(host: string, domain: string): { readonly name: string; readonly namespace: string } | undefined {
  const suffix = `.svc.${domain}`;
  if (!host.endsWith(suffix)) return undefined;
  const front = host.slice(0, -suffix.length);
  const dot = front.indexOf('.');
  if (dot <= 0 || dot !== front.lastIndexOf('.') || dot === front.length - 1 || front.startsWith('*')) return undefined;
  return { name: front.slice(0, dot), namespace: front.slice(dot + 1) };
}

export function isWildcard(host: string): boolean {
  return host.startsWith('*');
}

/** Every name that the one stands for is also one of the other. Source: pkg/config/host/name.go, SubsetOf. */
export function isWithin(host: string, other: string): boolean {
  if (!isWildcard(other)) return host === other;
  const suffix = other.slice(1);
  return isWildcard(host) ? host.length >= other.length && host.endsWith(suffix) : host.endsWith(suffix);
}

/** There is a name that both stand for, as Istio sees it. Source: pkg/config/host/name.go, Matches. */
export function hostsOverlap(a: string, b: string): boolean {
  return isWithin(a, b) || isWithin(b, a);
}

/** Hosts to values, asked for the most specific one that matches: the exact host, else the longest wildcard. */
export class HostIndex<T> {
  readonly #exact = new Map<string, T>();
  /** By what stands behind the `*`. */
  readonly #wildcards = new Map<string, T>();
  #longest = 0;
  /** Hosts by their ends, made when first asked for. */
  #sorted: readonly (readonly [reversed: string, host: string])[] | undefined;

  get(host: string): T | undefined {
    return host.startsWith('*') ? this.#wildcards.get(host.slice(1)) : this.#exact.get(host);
  }

  set(host: string, value: T): void {
    this.#sorted = undefined;
    if (!host.startsWith('*')) {
      this.#exact.set(host, value);
      return;
    }
    const suffix = host.slice(1);
    this.#wildcards.set(suffix, value);
    this.#longest = Math.max(this.#longest, suffix.length);
  }

  /**
   * Source: pilot/pkg/model/push_context.go, MostSpecificHostMatch. `accept` leaves out entries as if they were not there.
   * Takes at most as many steps as the host has characters.
   */
  mostSpecific(host: string, accept: (value: T) => boolean = () => true): T | undefined {
    const exact = this.get(host);
    if (exact !== undefined && accept(exact)) return exact;
    if (this.#wildcards.size === 0) return undefined;
    // A wildcard matches itself and whatever ends with what stands behind its star.
    const name = host.startsWith('*') ? host.slice(1) : host;
    for (let length = Math.min(name.length, this.#longest); length >= 0; length -= 1) {
      const value = this.#wildcards.get(name.slice(name.length - length));
      if (value !== undefined && accept(value)) return value;
    }
    return undefined;
  }

  /** All hosts that cover this one, the most specific first: the host itself, then wildcards. */
  *covering(host: string): Iterable<readonly [host: string, value: T]> {
    const exact = this.get(host);
    if (exact !== undefined) yield [host, exact];
    if (this.#wildcards.size === 0) return;
    const name = isWildcard(host) ? host.slice(1) : host;
    const own = isWildcard(host) ? name.length : -1;
    for (let length = Math.min(name.length, this.#longest); length >= 0; length -= 1) {
      const suffix = name.slice(name.length - length);
      const value = length === own ? undefined : this.#wildcards.get(suffix);
      if (value !== undefined) yield [`*${suffix}`, value];
    }
  }

  /** All hosts that a wildcard covers, itself left out. */
  *within(wildcard: string): Iterable<readonly [host: string, value: T]> {
    const suffix = reversed(wildcard.slice(1));
    this.#sorted ??= [
      ...[...this.#exact.keys()].map((host) => [reversed(host), host] as const),
      ...[...this.#wildcards.keys()].map((end) => [reversed(end), `*${end}`] as const),
    ].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    let low = 0;
    for (let high = this.#sorted.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle]?.[0] ?? '') < suffix) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < this.#sorted.length; i += 1) {
      const [key, host] = this.#sorted[i] ?? ['', ''];
      if (!key.startsWith(suffix)) return;
      const value = host === wildcard ? undefined : this.get(host);
      if (value !== undefined) yield [host, value];
    }
  }

  *entries(): Iterable<readonly [host: string, value: T]> {
    yield* this.#exact;
    for (const [suffix, value] of this.#wildcards) yield [`*${suffix}`, value];
  }

  *values(): Iterable<T> {
    yield* this.#exact.values();
    yield* this.#wildcards.values();
  }
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
