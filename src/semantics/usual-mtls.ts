/** What is nearly always so of mutual TLS, told without a look at single ports: each pod takes it, and clients send nothing else. */
import type { DestinationRule } from '../graph/destination-rules.ts';
import { podOf } from '../graph/endpoints.ts';
import { isEachPortCaptured, isProxyPort } from '../graph/inbound-ports.ts';
import type { Mesh } from '../graph/mesh.ts';
import type { MeshService } from '../graph/services.ts';
import type { ClientTlsSettings } from './client-tls-policy.ts';

type TrafficPolicy = NonNullable<DestinationRule['spec']['trafficPolicy']>;

/** Whether each `tls` block of a rule is like that; so it is where there is none. */
export function isEachBlock({ spec }: DestinationRule, like: (tls: ClientTlsSettings) => boolean): boolean {
  const holds = (tls: ClientTlsSettings | undefined): boolean => tls === undefined || like(tls);
  const holdsIn = (policy: TrafficPolicy | undefined): boolean =>
    policy === undefined || (holds(policy.tls) && (policy.portLevelSettings ?? []).every(({ tls }) => holds(tls)));
  return holdsIn(spec.trafficPolicy) && (spec.subsets ?? []).every(({ trafficPolicy }) => holdsIn(trafficPolicy));
}

/** Whether some clients may send plaintext: by a DestinationRule, or since automatic mutual TLS is off. */
export function mayBeSentPlaintext(mesh: Mesh): boolean {
  return !mesh.config.enableAutoMtls || mesh.derive(someRuleSendsPlaintext);
}

function someRuleSendsPlaintext(mesh: Mesh): boolean {
  return mesh.of('DestinationRule').some((rule) => !isEachBlock(rule, ({ mode = 'DISABLE' }) => mode !== 'DISABLE'));
}

/** Whether a policy may turn mutual TLS off for some pods of a namespace; without one: of any. */
export function mayBeTurnedOff(mesh: Mesh, namespace: string | undefined): boolean {
  const namespaces = mesh.derive(namespacesTurningOff);
  return namespace === undefined ? namespaces.size > 0 : namespaces.has(namespace) || namespaces.has(mesh.rootNamespace);
}

function namespacesTurningOff(mesh: Mesh): ReadonlySet<string> {
  const namespaces = new Set<string>();
  for (const { metadata, spec } of mesh.of('PeerAuthentication')) {
    const modes = [spec?.mtls?.mode, ...Object.values(spec?.portLevelMtls ?? {}).map(({ mode }) => mode)];
    if (modes.includes('DISABLE')) namespaces.add(metadata.namespace);
  }
  return namespaces;
}

/** Whether pods behind a service may refuse the mesh's mutual TLS on some port. What lies behind addresses, and on virtual machines, is not known to. */
export function mayBeRefused(mesh: Mesh, { namespace, ports }: MeshService): boolean {
  if (mayBeTurnedOff(mesh, namespace) || mesh.derive(namespacesWithPlainPorts).has(namespace)) return true;
  return ports.some(({ number, targetPort }) => isProxyPort(number) || isProxyPort(Number(targetPort)));
}

function namespacesWithPlainPorts(mesh: Mesh): ReadonlySet<string> {
  const namespaces = new Set<string>();
  for (const workload of mesh.workloads) {
    if (podOf(mesh, workload).proxy === 'none' || !isEachPortCaptured(workload)) namespaces.add(workload.namespace);
  }
  return namespaces;
}
