import { resolveGateway } from '../../src/graph/claims.ts';
import { lookupGateway } from '../../src/graph/gateway-lookup.ts';
import type { Mesh } from '../../src/graph/mesh.ts';
import type { Place } from '../../src/model/place.ts';
import { nameOf, type ResourceOf } from '../../src/model/resource.ts';
import { closest } from '../../src/rule/closest.ts';
import { defineRule } from '../../src/rule/rule.ts';
import type { Path } from '../../src/yaml/value.ts';

export const gatewayNotFound = defineRule({
  id: 'gateway-not-found',
  title: 'VirtualService for a gateway that there is none of',
  category: 'reference',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['VirtualService'],
  equivalents: [
    { tool: 'istioctl', code: 'IST0101' },
    { tool: 'kiali', code: 'KIA1102' },
  ],
  docs: {
    why: 'The routes of a VirtualService exist only at the gateways that it names. With a name that no Gateway has it gives them to nobody, and requests that come in from outside get 404.',
    help: 'Write the name of a Gateway: namespace/name, or only the name for one of the namespace of the VirtualService.',
    evidence:
      'The mesh is complete for the namespace of the Gateway, and no Gateway (of Istio or of the Gateway API) there has the name. In an open mesh it may be defined elsewhere, and the question counts as unknown.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata:
        name: public
        namespace: edge
      spec:
        selector:
          app: gateway
        servers:
          - port:
              number: 80
              name: http
              protocol: HTTP
            hosts:
              - shop.example.com
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: shop
        namespace: shop
      spec:
        hosts:
          - shop.example.com
        gateways:
          - edge/publik # error: there is no Gateway "edge/publik": did you mean "edge/public"?
        http:
          - route:
              - destination:
                  host: shop
      `,
    good: `
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata:
        name: public
        namespace: edge
      spec:
        selector:
          app: gateway
        servers:
          - port:
              number: 80
              name: http
              protocol: HTTP
            hosts:
              - shop.example.com
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: shop
        namespace: shop
      spec:
        hosts:
          - shop.example.com
        gateways:
          - edge/public
        http:
          - route:
              - destination:
                  host: shop
      `,
    references: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService'],
  },

  *check(virtualService, { mesh }) {
    for (const { written, path } of gatewaysWrittenIn(virtualService)) {
      const name = resolveGateway(written, virtualService.metadata.namespace);
      const answer = lookupGateway(mesh, name, virtualService);
      if (answer.kind !== 'unknown' && answer.kind !== 'missing') continue;
      const at: Place = { kind: 'node', resource: virtualService, path, part: 'value' };
      if (answer.kind === 'unknown') {
        yield { at, reason: answer.reason };
        continue;
      }
      const guess = mesh.deriveFor(meant, name, virtualService.metadata.namespace);
      yield {
        at,
        message: `there is no Gateway "${name}"${guess === undefined ? '' : `: did you mean "${guess}"?`}`,
        reports: answer.cause,
        reference: 'gateway',
        fix:
          guess === undefined
            ? undefined
            : { title: `Write "${guess}"`, safety: 'suggestion', edits: [{ op: 'replace', at, value: guess }] },
      };
    }
  },
});

interface WrittenGateway {
  readonly written: string;
  readonly path: Path;
}

/** Those with a name, without `mesh`. */
function gatewaysWrittenIn({ spec }: ResourceOf<'VirtualService'>): readonly WrittenGateway[] {
  const { gateways = [] } = spec;
  const found: WrittenGateway[] = [];
  gateways.forEach((written, i) => {
    if (written !== 'mesh') found.push({ written, path: ['spec', 'gateways', i] });
  });
  for (const protocol of ['http', 'tls', 'tcp'] as const) {
    spec[protocol]?.forEach(({ match }, i) =>
      match?.forEach((one, j) =>
        one.gateways?.forEach((written, k) => {
          // What the VirtualService names itself is reported there.
          if (written === 'mesh' || gateways.includes(written)) return;
          found.push({ written, path: ['spec', protocol, i, 'match', j, 'gateways', k] });
        }),
      ),
    );
  }
  return found;
}

/** A Gateway with nearly this name, in the same namespace or with the same name in another one. */
function meant(mesh: Mesh, name: string, own: string): string | undefined {
  const [, bare = ''] = name.split('/');
  const { all, byBareName } = mesh.derive(names);
  const [only, ...others] = byBareName.get(bare) ?? [];
  const guess = closest(name, all) ?? (others.length === 0 ? only : undefined);
  return guess?.startsWith(`${own}/`) === true ? guess.slice(own.length + 1) : guess;
}

/** `namespace/name` of all Gateways, and by the name alone. */
function names(mesh: Mesh): { readonly all: readonly string[]; readonly byBareName: ReadonlyMap<string, readonly string[]> } {
  const all = [...mesh.of('Gateway'), ...mesh.of('KubernetesGateway')].map(nameOf);
  const byBareName = new Map<string, string[]>();
  for (const name of all) {
    const bare = name.slice(name.indexOf('/') + 1);
    const known = byBareName.get(bare);
    if (known === undefined) byBareName.set(bare, [name]);
    else known.push(name);
  }
  return { all, byBareName };
}
