import { doubtAt, type DoubtReason, doubtReasons } from '../model/doubt.ts';
import type { ResourceOf } from '../model/resource.ts';
import { type Answer, found, unknown } from './answer.ts';
import { identityInDoubt } from './doubtful-routes.ts';
import { type BoundServer, meshGatewaysOf } from './gateways.ts';
import type { Mesh } from './mesh.ts';
import { selects } from './selectors.ts';
import { labelsInDoubt, type Workload } from './workloads.ts';

/** The servers that the pods of a gateway open, in the order of the sources; unknown where there may be others, or not all of these. */
export function serversOf(mesh: Mesh, workload: Workload): Answer<readonly BoundServer[]> {
  const servers = meshGatewaysOf(mesh).serversNaming(workload);
  const doubt = labelsInDoubt(workload) ?? mesh.derive(doubtfulSelectors) ?? serversInDoubt(mesh, servers, workload);
  return doubt === undefined ? found(servers) : unknown(doubt);
}

function serversInDoubt(mesh: Mesh, servers: readonly BoundServer[], workload: Workload): string | undefined {
  for (const resource of new Set(servers.map(({ server }) => server.gateway.resource))) {
    const doubt = identityInDoubt(mesh, resource) ?? doubtAt(resource, 'spec');
    if (doubt !== undefined) return doubt;
  }
  // What is left out of a Gateway may be a server.
  for (const { spec, reason } of mesh.derive(doubtfulGateways)) if (selects(spec.selector ?? {}, workload.labels)) return reason;
  return undefined;
}

function doubtfulGateways(mesh: Mesh): readonly { readonly spec: ResourceOf<'Gateway'>['spec']; readonly reason: DoubtReason }[] {
  return mesh.of('Gateway').flatMap((gateway) => {
    const reason = doubtAt(gateway, 'spec');
    return reason === undefined ? [] : [{ spec: gateway.spec, reason }];
  });
}

function doubtfulSelectors(mesh: Mesh): string | undefined {
  for (const gateway of mesh.of('Gateway')) {
    const reason = gateway.identity === undefined ? doubtAt(gateway, 'spec', 'selector') : doubtReasons.identity;
    if (reason !== undefined) return reason;
  }
  return undefined;
}
