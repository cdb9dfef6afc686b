import type { Mesh } from './mesh.ts';

/**
 * Whether the mesh configuration of the input trusts certificates of its own choice (`caCertificates`), which may be of other trust domains:
 * then none is known to be a foreign one.
 */
export function mayTrustOthers(mesh: Mesh): boolean {
  return mesh.derive(findCertificates);
}

function findCertificates(mesh: Mesh): boolean {
  return mesh
    .of('ConfigMap')
    .some(({ metadata, data = {} }) => /^istio(-|$)/.test(metadata.name) && /^\s*"?caCertificates"?\s*:/m.test(data['mesh'] ?? ''));
}
