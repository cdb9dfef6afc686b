import type { ModelKind } from '../model/kinds.ts';

/** What exists although the input does not define it. Names are `namespace/name`; each part may be `*`. */
export interface Assumptions {
  readonly gateways?: readonly string[];
  /** `namespace/name`, or hosts: full names and wildcards. */
  readonly services?: readonly string[];
  readonly secrets?: readonly string[];
  /** Names. */
  readonly namespaces?: readonly string[];
}

export interface Assumed {
  /** Whether a resource of that kind and name is assumed to exist. */
  has(kind: ModelKind, namespace: string, name: string): boolean;
  /** Whether a service with that host (a full name) is. */
  hasHost(fqdn: string): boolean;
}

/** Namespaces that every cluster has. */
const everywhere = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

export function assumedBy({ gateways = [], services = [], secrets = [], namespaces = [] }: Assumptions, domain: string): Assumed {
  const gatewayNames = new NameSet(gateways);
  const serviceNames = new NameSet(services.filter((service) => service.includes('/')));
  const secretNames = new NameSet(secrets);
  const namespaceNames = new Set([...namespaces, ...everywhere]);
  const hosts = new Set(services.filter((service) => !service.includes('/')));
  const wildcards = [...hosts].filter((host) => host.startsWith('*')).map((host) => host.slice(1));
  const suffix = `.svc.${domain}`;

  const hasService = (namespace: string, name: string): boolean =>
    serviceNames.has(namespace, name) || hosts.has(`${name}.${namespace}${suffix}`);
  return {
    has(kind, namespace, name) {
      switch (kind) {
        case 'Gateway':
        case 'KubernetesGateway':
          return gatewayNames.has(namespace, name);
        case 'Service':
          return hasService(namespace, name);
        case 'Secret':
          return secretNames.has(namespace, name);
        case 'Namespace':
          return namespaceNames.has(name);
        default:
          return false;
      }
    },
    hasHost(fqdn) {
      if (hosts.has(fqdn) || wildcards.some((end) => fqdn.endsWith(end))) return true;
      if (!fqdn.endsWith(suffix)) return false;
      const [name = '', namespace = '', ...more] = fqdn.slice(0, -suffix.length).split('.');
      return more.length === 0 && hasService(namespace, name);
    },
  };
}

/** Names of the form `namespace/name`, with `*` for any. */
class NameSet {
  readonly #names: ReadonlySet<string>;

  constructor(names: readonly string[]) {
    this.#names = new Set(names);
  }

  has(namespace: string, name: string): boolean {
    const names = this.#names;
    if (names.size === 0) return false;
    return names.has(`${namespace}/${name}`) || names.has(`${namespace}/*`) || names.has(`*/${name}`) || names.has('*/*');
  }
}
