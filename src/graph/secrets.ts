import { hasPlaceholder } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import type { Mesh } from './mesh.ts';

/** What defines a Secret: itself, or something from which a controller makes it. */
export interface SecretDefinition {
  readonly resource: ResourceOf<
    'Secret' | 'Certificate' | 'ExternalSecret' | 'SealedSecret' | 'SecretProviderClass' | 'KubernetesGateway' | 'Ingress'
  >;
  /** Its name there. */
  readonly at: Place;
}

export interface Secrets {
  /** All definitions by `namespace/name`, the plainest first. */
  readonly byName: ReadonlyMap<string, readonly SecretDefinition[]>;
  /** Namespaces in which something defines a Secret without that its name is known. */
  readonly unnamed: ReadonlySet<string>;
}

/** For look-ups with completeness and assumptions use `mesh.secret`. */
export function secretsOf(mesh: Mesh): Secrets {
  return mesh.derive(collectSecrets);
}

function collectSecrets(mesh: Mesh): Secrets {
  const unnamed = new Set<string>();
  const byName = new Map<string, SecretDefinition[]>();
  const add = (resource: SecretDefinition['resource'], name: string | undefined, ...path: readonly (string | number)[]): void => {
    if (name === undefined || name === '') return;
    if (hasPlaceholder(name)) unnamed.add(resource.metadata.namespace);
    const key = `${resource.metadata.namespace}/${name}`;
    const definition: SecretDefinition = { resource, at: { kind: 'node', resource, path, part: 'value' } };
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [definition]);
    else known.push(definition);
  };

  for (const secret of mesh.of('Secret')) add(secret, secret.metadata.name, 'metadata', 'name');
  for (const certificate of mesh.of('Certificate')) add(certificate, certificate.spec?.secretName, 'spec', 'secretName');
  for (const external of mesh.of('ExternalSecret')) {
    const target = external.spec?.target;
    // With None it only reads, with Merge it writes into a Secret that another one makes.
    if (target?.creationPolicy === 'None' || target?.creationPolicy === 'Merge') continue;
    if (target?.name === undefined) add(external, external.metadata.name, 'metadata', 'name');
    else add(external, target.name, 'spec', 'target', 'name');
  }
  for (const sealed of mesh.of('SealedSecret')) add(sealed, sealed.metadata.name, 'metadata', 'name');
  for (const provider of mesh.of('SecretProviderClass')) {
    for (const [i, { secretName }] of (provider.spec?.secretObjects ?? []).entries())
      add(provider, secretName, 'spec', 'secretObjects', i, 'secretName');
  }
  for (const gateway of mesh.of('KubernetesGateway')) {
    if (!hasIssuer(gateway)) continue;
    for (const [i, { tls }] of gateway.spec.listeners.entries()) {
      for (const [j, { name, namespace }] of (tls?.certificateRefs ?? []).entries()) {
        const own = namespace === undefined || namespace === gateway.metadata.namespace;
        if (own) add(gateway, name, 'spec', 'listeners', i, 'tls', 'certificateRefs', j, 'name');
      }
    }
  }
  for (const ingress of mesh.of('Ingress')) {
    if (!hasIssuer(ingress)) continue;
    for (const [i, { secretName }] of (ingress.spec?.tls ?? []).entries()) add(ingress, secretName, 'spec', 'tls', i, 'secretName');
  }
  return { byName, unnamed };
}

/** cert-manager makes the certificates that a Gateway or Ingress names. Source: cert-manager, pkg/controller/certificate-shim. */
function hasIssuer({ metadata: { annotations } }: ResourceOf<'KubernetesGateway' | 'Ingress'>): boolean {
  return ['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer', 'kubernetes.io/tls-acme'].some((name) =>
    Object.hasOwn(annotations, name),
  );
}
