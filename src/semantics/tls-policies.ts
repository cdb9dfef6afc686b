import { choicesOf, type DestinationRule } from '../graph/destination-rules.ts';
import { isWildcard, isWithin, resolveHost, serviceOf } from '../graph/hosts.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { PeerAuthentication } from '../graph/peer-authentications.ts';
import { workloadsWith } from '../graph/selected-workloads.ts';
import type { Resource } from '../model/resource.ts';
import { portPolicyOf, type TlsBlock } from './client-tls-policy.ts';

/** What PeerAuthentications ask of a whole namespace, and which level says so. */
export interface NamespaceMode {
  readonly mode: 'STRICT' | 'PERMISSIVE' | 'DISABLE';
  readonly level: 'namespace' | 'mesh';
  readonly policy: PeerAuthentication;
}

/**
 * Undefined: no mode, or it depends on the order of creation. Policies in other variants of the file of `from` do not count.
 */
export function namespaceModeOf(mesh: Mesh, namespace: string, from?: Resource): NamespaceMode | undefined {
  const levels = mesh.peerAuthentications.levelsFor(namespace, {});
  for (const level of ['namespace', 'mesh'] as const) {
    const policies = levels[level].filter((policy) => from === undefined || mesh.coexist(from, policy));
    const modes = policies.map((policy) => ({ policy, mode: policy.spec?.mtls?.mode }));
    const [first] = modes;
    if (first?.mode === undefined || first.mode === 'UNSET') {
      if (modes.some(({ mode }) => mode !== undefined && mode !== 'UNSET')) return undefined;
      continue;
    }
    return modes.every(({ mode }) => mode === first.mode) ? { mode: first.mode, level, policy: first.policy } : undefined;
  }
  return undefined;
}

/** Whether no pods of the namespace are in the input, so that policies are all that is known of it. */
export function isOnlyPolicies(mesh: Mesh, namespace: string): boolean {
  return workloadsWith(mesh, namespace, {}).length === 0;
}

/** The namespace of a host of the form `*.namespace.svc.domain`. */
export function namespaceWildcard(mesh: Mesh, host: string): string | undefined {
  if (!host.startsWith('*.')) return undefined;
  const service = serviceOf(`any${host.slice(1)}`, mesh.domain);
  return service?.namespace;
}

/** The host of a rule covers every service of the cluster, like `*.local`. */
export function coversCluster(mesh: Mesh, host: string): boolean {
  return isWildcard(host) && isWithin(`*.svc.${mesh.domain}`, host);
}

/**
 * What clients without a rule of their own get for the services of a namespace: for one of any name, and for those that rules name. Rules in other
 * variants of the file of `from` do not count.
 */
export function tlsFor(
  mesh: Mesh,
  namespace: string,
  from?: Resource,
): readonly { readonly rule: DestinationRule; readonly tls: TlsBlock }[] {
  // A service that no rule names.
  const hosts = [`0-any.${namespace}.svc.${mesh.domain}`, ...(mesh.derive(namedServices).get(namespace) ?? [])];
  return hosts.flatMap((host) => {
    const answer = mesh.destinationRuleFor('', host, from);
    if (answer.kind !== 'found' || answer.value.forPods) return [];
    // A port that no rule names.
    const blocks = choicesOf(answer.value, undefined).map((choice) => portPolicyOf(choice, 0).tls);
    const [tls] = blocks;
    if (tls === undefined || tls.at.kind === 'text' || blocks.some((block) => block?.settings !== tls.settings)) return [];
    const at = tls.at;
    const rule = answer.value.rules.find((one) => one === at.resource);
    return rule === undefined ? [] : [{ rule, tls }];
  });
}

/** Hosts of rules that are services, by their namespace. */
function namedServices(mesh: Mesh): ReadonlyMap<string, readonly string[]> {
  const byNamespace = new Map<string, string[]>();
  for (const { metadata, spec } of mesh.of('DestinationRule')) {
    const host = resolveHost(spec.host, metadata.namespace, mesh.domain);
    const namespace = serviceOf(host, mesh.domain)?.namespace;
    if (namespace === undefined) continue;
    const known = byNamespace.get(namespace);
    if (known === undefined) byNamespace.set(namespace, [host]);
    else if (!known.includes(host)) known.push(host);
  }
  return byNamespace;
}
