import { describe, expect, it } from 'vitest';
import { meshOf } from '../semantics/effects/mesh-of.test-support.ts';
import { crossBackendsOf, crossCertificatesOf, type CrossReference } from './backend-permissions.ts';
import { gatewayApiOf } from './gateway-api.ts';
import type { Completeness } from './completeness.ts';
import { apiRouteKinds, parentsOf, type ParentAnswer } from './route-attachments.ts';

const manifest = (kind: string, name: string, spec: string, labels = '{}', version = 'gateway.networking.k8s.io/v1'): string => `
apiVersion: ${version}
kind: ${kind}
metadata: { name: ${name.split('/').at(-1) ?? ''}${name.includes('/') ? `, namespace: ${name.split('/')[0] ?? ''}` : ''}, labels: ${labels} }
spec: ${spec}
---`;
const namespace = (name: string, labels = '{}'): string => `
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: ${labels} }
---`;
const gateway = (name: string, listeners: string, more = ''): string =>
  manifest('Gateway', name, `{ gatewayClassName: istio, listeners: [${listeners}]${more} }`);
const http = (name: string, more = ''): string => `{ name: ${name}, port: 80, protocol: HTTP${more} }`;
const toWeb = 'rules: [{ backendRefs: [{ name: web, port: 80 }] }]';
const route = (name: string, parents: string, more = '', kind = 'HTTPRoute'): string =>
  manifest(kind, name, `{ parentRefs: [${parents}]${more}, ${toWeb} }`);
const service = (name: string): string => manifest('Service', name, '{ ports: [{ port: 80 }] }', '{}', 'v1');

/** One line for each parentRef of the first route. */
async function told(manifests: string, complete: Completeness = true): Promise<readonly string[]> {
  const mesh = await meshOf(manifests, {}, complete);
  const [first] = apiRouteKinds.flatMap((kind) => mesh.of(kind));
  return first === undefined ? [] : parentsOf(mesh, first).map(({ answer }) => tell(answer));
}

function tell(answer: ParentAnswer): string {
  if (answer.kind === 'unknown') return `unknown: ${answer.reason}`;
  const refused = answer.refusals.map(
    ({ listener, why, at }) =>
      `${listener.listener.name} refuses by ${why} at ${at.kind === 'text' ? '' : `${at.kind} ${at.path.slice(2).join('.')}`}`,
  );
  if (answer.kind === 'not-attached') return [`not attached: ${answer.why}`, ...refused].join('; ');
  const to = answer.to.map((one) =>
    one.kind === 'mesh'
      ? `${one.hosts.join(' ')} for ${one.clients}`
      : `${one.listener.listener.name} for ${one.hosts.map(({ host }) => host).join(' ')}`,
  );
  return [`${answer.kind}: ${to.join(', ')}`, ...refused].join('; ');
}

describe('a parentRef attaches a route', () => {
  it('to each listener that takes it, for the narrower of both hostnames', async () => {
    const edge = gateway(
      'shop/edge',
      `${http('any')}, ${http('one', ', hostname: "*.example.com"')}, ${http('other', ', hostname: a.org')}`,
    );
    expect(await told(edge + route('shop/r', '{ name: edge }', ', hostnames: [a.example.com, "*.org"]'))).toEqual([
      'attached: any for *.org, one for a.example.com, other for a.org',
    ]);
    expect(await told(edge + route('shop/r', '{ name: edge, sectionName: other }'))).toEqual([
      'attached: other for a.org; any refuses by section-name at node 0.name; one refuses by section-name at node 1.name',
    ]);
  });

  it('to nothing where no listener has its port or its name', async () => {
    const edge = gateway('shop/edge', http('web'));
    expect(await told(edge + route('shop/r', '{ name: edge, port: 81 }, { name: edge, sectionName: wbe }'))).toEqual([
      'not attached: refused; web refuses by port at node 0.port',
      'not attached: refused; web refuses by section-name at node 0.name',
    ]);
  });

  it('to nothing where hostnames are others, or another listener serves them better', async () => {
    const edge = gateway('shop/edge', `${http('wide', ', hostname: "*.example.com"')}, ${http('near', ', hostname: a.example.com')}`);
    expect(await told(edge + route('shop/r', '{ name: edge, sectionName: wide }', ', hostnames: [a.example.com]'))).toEqual([
      'not attached: refused; wide refuses by isolation at node 0.hostname; near refuses by section-name at node 1.name',
    ]);
    expect(await told(edge + route('shop/r', '{ name: edge }', ', hostnames: [a.org]'))).toEqual([
      'not attached: refused; wide refuses by hostname at node 0.hostname; near refuses by hostname at node 1.hostname',
    ]);
  });

  it('from its own namespace, unless the listener takes others', async () => {
    const at = async (allowed: string, more = ''): Promise<readonly string[]> =>
      told(gateway('edge/gw', http('web', allowed)) + route('shop/r', '{ name: gw, namespace: edge }') + more);
    const selector = ', allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { routes: "yes" } } } }';
    expect(await at('')).toEqual(['not attached: refused; web refuses by namespace at missing 0.allowedRoutes.namespaces']);
    expect(await at(', allowedRoutes: { namespaces: { from: Same } }')).toEqual([
      'not attached: refused; web refuses by namespace at node 0.allowedRoutes.namespaces',
    ]);
    expect(await at(', allowedRoutes: { namespaces: { from: All } }')).toEqual(['attached: web for *']);
    expect(await at(selector, namespace('shop', '{ routes: "yes" }'))).toEqual(['attached: web for *']);
    expect(await at(selector, namespace('shop'))).toEqual([
      'not attached: refused; web refuses by namespace at node 0.allowedRoutes.namespaces',
    ]);
  });

  it('as a selector of namespaces says, as far as the Namespace is known', async () => {
    const by = async (selector: string): Promise<readonly string[]> =>
      told(
        gateway('edge/gw', http('web', `, allowedRoutes: { namespaces: { from: Selector, selector: ${selector} } }`)) +
          route('shop/r', '{ name: gw, namespace: edge }'),
        false,
      );
    expect(await by('{ matchLabels: { routes: "yes" } }')).toEqual([
      'unknown: the Namespace that a selector asks about is not in the input',
    ]);
    expect(await by('{ matchLabels: { kubernetes.io/metadata.name: shop } }')).toEqual(['attached: web for *']);
    expect(await by('{ matchExpressions: [{ key: kubernetes.io/metadata.name, operator: In, values: [pay] }] }')).toEqual([
      'not attached: refused; web refuses by namespace at node 0.allowedRoutes.namespaces',
    ]);
  });

  it('of a kind that the protocol takes, and the listener allows', async () => {
    const kinds = (listener: string): Promise<readonly string[]> =>
      Promise.all(
        apiRouteKinds.map(async (kind) => {
          const [line = ''] = await told(gateway('shop/gw', listener) + route('shop/r', '{ name: gw }', '', kind));
          return `${kind} ${line.split(':')[0] ?? ''}${line.includes('protocol') ? ' by protocol' : line.includes('kinds') ? ' by kinds' : ''}`;
        }),
      );
    expect(await kinds(http('web'))).toEqual([
      'HTTPRoute attached',
      'GRPCRoute attached',
      'TLSRoute not attached by protocol',
      'TCPRoute not attached by protocol',
      'UDPRoute not attached by protocol',
    ]);
    expect(await kinds(http('web', ', allowedRoutes: { kinds: [{ kind: GRPCRoute }] }'))).toEqual([
      'HTTPRoute not attached by kinds',
      'GRPCRoute attached',
      'TLSRoute not attached by protocol',
      'TCPRoute not attached by protocol',
      'UDPRoute not attached by protocol',
    ]);
    expect(await kinds('{ name: t, port: 443, protocol: TLS, tls: { mode: Passthrough } }')).toEqual([
      'HTTPRoute not attached by protocol',
      'GRPCRoute not attached by protocol',
      'TLSRoute attached',
      'TCPRoute not attached by protocol',
      'UDPRoute not attached by protocol',
    ]);
    expect(await kinds('{ name: t, port: 443, protocol: TLS, tls: { certificateRefs: [{ name: c }] } }')).toContain('TCPRoute attached');
    expect(await kinds('{ name: t, port: 53, protocol: UDP }')).toContain('UDPRoute not attached by protocol');
  });

  it('never to a listener that another one contradicts; which of one Gateway counts differs between versions', async () => {
    const two = gateway('shop/gw', `${http('first')}, ${http('second')}`);
    expect(await told(two + route('shop/r', '{ name: gw, sectionName: second }'))).toEqual([
      'not attached: refused; first refuses by section-name at node 0.name; second refuses by conflict at node 1.port',
    ]);
    expect(await told(two + route('shop/r', '{ name: gw, sectionName: first }'))).toEqual([
      'unknown: versions of Istio differ about listeners in conflict',
    ]);
  });

  it('in order of creation where streams are for the same', async () => {
    const tcp = gateway('shop/gw', '{ name: t, port: 9000, protocol: TCP }');
    const other = route('shop/s', '{ name: gw }', '', 'TCPRoute');
    expect(await told(tcp + route('shop/r', '{ name: gw }', '', 'TCPRoute'))).toEqual(['attached: t for *']);
    expect(await told(tcp + route('shop/r', '{ name: gw }', '', 'TCPRoute') + other)).toEqual(['order-dependent: t for *']);
    const tls = gateway('shop/gw', '{ name: t, port: 443, protocol: TLS, tls: { mode: Passthrough } }');
    const named = (name: string, host: string): string => route(name, '{ name: gw }', `, hostnames: [${host}]`, 'TLSRoute');
    expect(await told(tls + named('shop/r', 'a.com') + named('shop/s', 'b.com'))).toEqual(['attached: t for a.com']);
    expect(await told(tls + named('shop/r', 'a.com') + named('shop/s', 'a.com'))).toEqual(['order-dependent: t for a.com']);
  });

  it('to clients in the mesh by a Service or ServiceEntry, whose group must be written', async () => {
    const parents = '{ group: "", kind: Service, name: web }, { kind: Service, name: web }, { group: "", kind: Service, name: wbe }';
    expect(await told(service('shop/web') + route('shop/r', parents))).toEqual([
      'attached: web.shop.svc.cluster.local for all',
      'not attached: parent-kind',
      'not attached: parent-not-found',
    ]);
    expect(await told(service('shop/web') + route('pay/r', '{ group: "", kind: Service, name: web, namespace: shop }'))).toEqual([
      'attached: web.shop.svc.cluster.local for own-namespace',
    ]);
    const entry = manifest(
      'ServiceEntry',
      'shop/e',
      '{ hosts: [a.org, b.org], ports: [{ number: 80, name: http, protocol: HTTP }] }',
      '{}',
      'networking.istio.io/v1',
    );
    const parent = '{ group: networking.istio.io, kind: ServiceEntry, name: e }';
    expect(await told(entry + route('shop/r', parent, '', 'TCPRoute'))).toEqual(['attached: a.org b.org for all']);
    expect(await told(entry + route('shop/r', parent, '', 'UDPRoute'))).toEqual(['not attached: route-kind']);
  });

  it('as far as the parent is known, and Istio serves it', async () => {
    const to = '{ name: gw }';
    expect(await told(route('shop/r', to))).toEqual(['not attached: parent-not-found']);
    expect(await told(route('shop/r', to), false)).toEqual(['unknown: no such Gateway in the input']);
    const ofClass = (name: string): string => manifest('Gateway', 'shop/gw', `{ gatewayClassName: ${name}, listeners: [${http('web')}] }`);
    expect(await told(ofClass('istio-waypoint') + route('shop/r', to))).toEqual(['not attached: waypoint']);
    expect(await told(ofClass('istio-remote') + route('shop/r', to))).toEqual(['not attached: remote']);
    expect(await told(ofClass('nginx') + route('shop/r', to), false)).toEqual(['unknown: no such GatewayClass in the input']);
    const nginx = manifest('GatewayClass', 'nginx', '{ controllerName: nginx.org/gateway }');
    expect(await told(nginx + ofClass('nginx') + route('shop/r', to))).toEqual(['unknown: another controller serves the Gateway']);
    const own = manifest('GatewayClass', 'mine', '{ controllerName: istio.io/gateway-controller }');
    expect(await told(own + ofClass('mine') + route('shop/r', to))).toEqual(['attached: web for *']);
  });
});

describe('a ListenerSet', () => {
  const allowing = (from: string): string => gateway('edge/gw', http('own'), `, allowedListeners: { namespaces: { from: ${from} } }`);
  const set = (name: string, listeners: string): string =>
    manifest('ListenerSet', name, `{ parentRef: { name: gw, namespace: edge }, listeners: [${listeners}] }`);
  const listener = '{ name: more, port: 8080, protocol: HTTP }';
  const parent = '{ kind: ListenerSet, name: extra }';

  it('adds listeners where the Gateway allows it, which it does not by itself', async () => {
    const routed = set('shop/extra', listener) + route('shop/r', parent);
    expect(await told(allowing('All') + routed)).toEqual(['attached: more for *']);
    expect(await told(allowing('Same') + routed)).toEqual(['not attached: listener-set']);
    expect(await told(gateway('edge/gw', http('own')) + routed)).toEqual(['not attached: listener-set']);
    expect(await told(routed)).toEqual(['not attached: listener-set']);
    expect(await told(routed, false)).toEqual(['unknown: no such Gateway in the input']);
  });

  it('takes routes of its own namespace, and is no part of what a reference to the Gateway means', async () => {
    const both = allowing('All') + set('shop/extra', listener);
    expect(await told(both + route('edge/r', '{ kind: ListenerSet, name: extra, namespace: shop }'))).toEqual([
      'not attached: refused; more refuses by namespace at missing 0.allowedRoutes.namespaces',
    ]);
    expect(await told(both + route('edge/r', '{ name: gw, sectionName: more }'))).toEqual([
      'not attached: refused; own refuses by section-name at node 0.name',
    ]);
  });

  it('gives way to the Gateway, and to an older set', async () => {
    const same = set('shop/extra', http('again'));
    expect(await told(allowing('All') + same + route('shop/r', parent))).toEqual([
      'not attached: refused; again refuses by conflict at node 0.port',
    ]);
    const third = set('pay/third', listener);
    expect(await told(allowing('All') + set('shop/extra', listener) + third + route('shop/r', parent))).toEqual([
      'order-dependent: more for *',
    ]);
  });
});

describe('listeners of one Gateway', () => {
  it('are in conflict over protocol or hostname of a port', async () => {
    const mesh = await meshOf(
      gateway(
        'shop/gw',
        `${http('a')}, { name: b, port: 80, protocol: TCP }, ${http('c', ', hostname: c.org')}, ${http('d', ', hostname: c.org')}`,
      ),
    );
    const told = gatewayApiOf(mesh).listeners.map(
      ({ listener, conflicts }) => `${listener.name}: ${conflicts.map(({ why, other }) => `${why} ${other.listener.name}`).join(', ')}`,
    );
    expect(told).toEqual([
      'a: protocol b',
      'b: protocol a, protocol c, protocol d',
      'c: protocol b, hostname d',
      'd: protocol b, hostname c',
    ]);
  });
});

describe('a reference into another namespace', () => {
  const grant = (from: string, to: string): string =>
    manifest('ReferenceGrant', 'pay/g', `{ from: [{ group: gateway.networking.k8s.io, kind: ${from}, namespace: shop }], to: [${to}] }`);
  const kinds = ({ grant: answer }: CrossReference): string => (answer === 'not-needed' ? answer : answer.kind);

  it('of a backend or mirror needs a grant for the kind of the route, if the route is for a Gateway', async () => {
    const far = '{ name: api, namespace: pay, port: 80 }';
    const rule = `rules: [{ backendRefs: [${far}, { name: web, port: 80 }], filters: [{ type: RequestMirror, requestMirror: { backendRef: ${far} } }] }]`;
    const ask = async (parents: string, more: string, complete: Completeness = true): Promise<readonly string[]> => {
      const mesh = await meshOf(manifest('HTTPRoute', 'shop/r', `{ parentRefs: [${parents}], ${rule} }`) + more, {}, complete);
      return mesh.of('HTTPRoute').flatMap((one) => crossBackendsOf(mesh, one).map(kinds));
    };
    expect(await ask('{ name: gw }', '')).toEqual(['missing', 'missing']);
    expect(await ask('{ name: gw }', '', false)).toEqual(['unknown', 'unknown']);
    expect(await ask('{ group: "", kind: Service, name: web }', '')).toEqual(['not-needed', 'not-needed']);
    expect(await ask('{ name: gw }', grant('HTTPRoute', '{ group: "", kind: Service }'))).toEqual(['found', 'found']);
    expect(await ask('{ name: gw }', grant('HTTPRoute', '{ group: "", kind: Service, name: other }'))).toEqual(['missing', 'missing']);
    expect(await ask('{ name: gw }', grant('GRPCRoute', '{ group: "", kind: Service }'))).toEqual(['missing', 'missing']);
  });

  it('of a certificate needs one for the kind of what has the listener', async () => {
    const tls = '{ name: h, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: c, namespace: pay }, { name: own }] } }';
    const ask = async (more: string): Promise<readonly string[]> => {
      const mesh = await meshOf(gateway('shop/gw', tls) + more);
      return gatewayApiOf(mesh).listeners.flatMap((one) => crossCertificatesOf(mesh, one).map(kinds));
    };
    expect(await ask('')).toEqual(['missing']);
    expect(await ask(grant('Gateway', '{ group: "", kind: Secret, name: c }'))).toEqual(['found']);
    expect(await ask(grant('HTTPRoute', '{ group: "", kind: Secret }'))).toEqual(['missing']);
  });
});
