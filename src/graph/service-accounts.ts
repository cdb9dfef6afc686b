import { hasPlaceholder } from '../model/doubt.ts';
import type { ModelKind } from '../model/kinds.ts';
import type { Mesh } from './mesh.ts';
import { workloadKinds } from './workloads.ts';

/** The service accounts of the input, by namespace: those that are defined, those that something runs with, and those that Istio makes. */
export interface ServiceAccounts {
  /** Empty where nothing in the input runs in the namespace; `default`, which each namespace has, is not always among others. */
  named(namespace: string): ReadonlySet<string>;
  readonly namespaces: readonly string[];
  /** Whether there is no other account in the namespace; without one: in any of them. */
  isComplete(namespace?: string): boolean;
}

/** All that an account is defined by, or follows from. */
const kinds: readonly ModelKind[] = [
  'ServiceAccount',
  ...workloadKinds,
  'WorkloadEntry',
  'WorkloadGroup',
  'ServiceEntry',
  'KubernetesGateway',
];

/** Of istiod, the gateways of the charts, and what runs on the nodes. Source: manifests/charts. */
const istios = [
  'istiod',
  'istio-ingressgateway-service-account',
  'istio-egressgateway-service-account',
  'istio-eastwestgateway-service-account',
  'istio-reader-service-account',
  'istio-cni',
  'ztunnel',
];

export function serviceAccountsOf(mesh: Mesh): ServiceAccounts {
  return mesh.derive(createServiceAccounts);
}

interface Accounts {
  readonly byNamespace: ReadonlyMap<string, ReadonlySet<string>>;
  /** Namespaces where something runs with an account that is not known. */
  readonly unclear: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** Asks when it is asked, so that who asks about one namespace does not rest on all. */
function createServiceAccounts(mesh: Mesh): ServiceAccounts {
  return {
    named: (namespace) => mesh.step(accountsIn, namespace),
    get namespaces() {
      return mesh.step(namespacesWithAccounts, '');
    },
    isComplete: (namespace) => {
      if (!mesh.isComplete(kinds, namespace)) return false;
      const unclear = mesh.step(unclearNamespaces, '');
      return namespace === undefined ? unclear.size === 0 : !unclear.has(namespace);
    },
  };
}

const accountsIn = (mesh: Mesh, namespace: string): ReadonlySet<string> => mesh.derive(collectAccounts).byNamespace.get(namespace) ?? none;
const namespacesWithAccounts = (mesh: Mesh): readonly string[] => [...mesh.derive(collectAccounts).byNamespace.keys()];
const unclearNamespaces = (mesh: Mesh): ReadonlySet<string> => mesh.derive(collectAccounts).unclear;

function collectAccounts(mesh: Mesh): Accounts {
  const byNamespace = new Map<string, Set<string>>();
  const unclear = new Set<string>();
  const add = (namespace: string, name: string | undefined): void => {
    if (name === undefined || name === '') return;
    if (hasPlaceholder(name)) {
      unclear.add(namespace);
      return;
    }
    const known = byNamespace.get(namespace);
    if (known === undefined) byNamespace.set(namespace, new Set([name]));
    else known.add(name);
  };
  for (const { metadata } of mesh.of('Namespace')) add(metadata.name, 'default');
  for (const name of istios) add(mesh.rootNamespace, name);
  for (const { metadata } of mesh.of('ServiceAccount')) add(metadata.namespace, metadata.name);
  for (const { namespace, serviceAccount } of mesh.workloads) add(namespace, serviceAccount);
  for (const { metadata, spec } of mesh.of('WorkloadEntry')) add(metadata.namespace, spec.serviceAccount);
  for (const { metadata, spec } of mesh.of('WorkloadGroup')) add(metadata.namespace, spec.template.serviceAccount);
  for (const { metadata, spec } of mesh.of('ServiceEntry')) {
    for (const { serviceAccount } of spec.endpoints ?? []) add(metadata.namespace, serviceAccount);
    for (const identity of spec.subjectAltNames ?? []) {
      const [, namespace, account] = /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(identity) ?? [];
      if (namespace !== undefined) add(namespace, account);
    }
  }
  // Istio runs a proxy for each Gateway, with an account of its own. Source: pilot/pkg/config/kube/gateway/deploymentcontroller.go.
  for (const { metadata, spec } of mesh.of('KubernetesGateway')) {
    const { namespace, name, annotations } = metadata;
    const written = annotations['gateway.istio.io/service-account'] ?? annotations['gateway.istio.io/name-override'];
    for (const account of [written, name, `${name}-${spec.gatewayClassName}`]) add(namespace, account);
  }
  return { byNamespace, unclear };
}
