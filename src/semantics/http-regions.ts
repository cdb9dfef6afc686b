import type { Mesh } from '../graph/mesh.ts';
import type { RouteConfig, RouteMatch, TextMatch } from '../graph/route-config.ts';
import { podsByLabels } from '../graph/selected-workloads.ts';
import { servicesOf } from '../graph/services.ts';
import type { Workload } from '../graph/workloads.ts';
import type { Condition, Region, Universe } from './cover.ts';
import type { Pattern } from './languages/kinds.ts';
import { matchesEmptyText } from './languages/syntax.ts';

/**
 * The requests that one match of an http route takes.
 * Source: pilot/pkg/networking/core/route/route.go, TranslateRouteMatch and sourceMatchHTTP.
 */
export function regionOfMatch(match: RouteMatch): Region {
  const conditions: Condition[] = [];
  const add = (dimension: string, pattern: Pattern, negated = false, whenAbsent = false): void => {
    conditions.push({ dimension, pattern, negated, whenAbsent });
  };
  if (match.uri !== undefined) add('path', pathPattern(match.uri, match));
  if (match.method !== undefined) add('method', patternOf(match.method));
  if (match.authority !== undefined) add('authority', patternOf(match.authority));
  if (match.scheme !== undefined) add('scheme', patternOf(match.scheme));
  for (const { name, match: value } of match.headers) add(`header ${name.toLowerCase()}`, patternOf(value));
  for (const { name, match: value } of match.withoutHeaders) {
    const pattern = patternOf(value);
    // A header that is not there counts as an empty one, except where only its presence is asked for.
    add(`header ${name.toLowerCase()}`, pattern, true, pattern.kind === 'any' || !acceptsEmpty(pattern));
  }
  for (const { name, match: value } of match.queryParams) add(`query ${name}`, patternOf(value));
  if (match.port !== undefined) add('port', exact(String(match.port)));
  if (match.gateways.length > 0) {
    // With gateways, labels and namespace of the caller are not looked at.
    add('gateway', oneOf(match.gateways));
  } else {
    for (const [name, value] of Object.entries(match.sourceLabels)) add(`label ${name}`, exact(value));
    if (match.sourceNamespace !== undefined) add('namespace', exact(match.sourceNamespace));
  }
  return conditions;
}

/** These texts and no others; the same for the same texts, so that what is found out about them is found out once. */
function oneOfTexts(mesh: Mesh, texts: readonly string[]): Universe {
  const known = mesh.derive(choices);
  const key = texts.join('\n');
  const universe = known.get(key) ?? { texts: { kind: 'one-of', values: texts }, mayBeAbsent: false };
  known.set(key, universe);
  return universe;
}

function choices(): Map<string, Universe> {
  return new Map();
}

/** Whom routes are for: hosts by their full names, and gateways as `mesh` or `namespace/name`. */
export type Reached = Pick<RouteConfig, 'hosts' | 'gateways'>;

/** Which values requests can have that reach a VirtualService. */
export function universesFor(mesh: Mesh, reached: Reached): (dimension: string) => Universe {
  const known = new Map<string, Universe>();
  return (dimension) => {
    if (dimension === 'path') return paths;
    if (dimension === 'method') return tokens;
    let universe = known.get(dimension);
    if (universe === undefined) known.set(dimension, (universe = universeOf(mesh, reached, dimension)));
    return universe;
  };
}

function universeOf(mesh: Mesh, reached: Reached, dimension: string): Universe {
  if (dimension === 'gateway') return oneOfTexts(mesh, reached.gateways);
  if (dimension === 'port') {
    const known = portsOf(mesh, reached);
    return known === undefined ? ports : oneOfTexts(mesh, known.map(String));
  }
  const pods = dimension.startsWith('label ') ? gatewayPodsOf(mesh, reached) : undefined;
  if (pods !== undefined) return labelsOf(pods, dimension.slice('label '.length));
  return dimension.startsWith('header ') || dimension.startsWith('query ') || dimension.startsWith('label ') ? anyOrNone : any;
}

/**
 * The ports on which requests can come in at all: those of the services that it names, 80 for hosts that are no service, and those of its
 * gateways' servers. Undefined where the input can't say. Source: pilot/pkg/networking/core/route/route.go, BuildSidecarVirtualHostWrapper.
 */
function portsOf(mesh: Mesh, { hosts, gateways }: Reached): readonly number[] | undefined {
  if (!mesh.complete) return undefined;
  const numbers = new Set<number>();
  for (const gateway of gateways) {
    if (gateway === 'mesh') {
      for (const { host } of hosts) {
        const services = servicesOf(mesh).ofHost(host);
        if (host.startsWith('*')) return undefined;
        if (services.length === 0) numbers.add(80);
        for (const { ports: ofService } of services) for (const { number } of ofService) numbers.add(number);
      }
      continue;
    }
    const slash = gateway.indexOf('/');
    const resource = mesh.find('Gateway', gateway.slice(0, slash), gateway.slice(slash + 1));
    if (resource === undefined || resource.leftOut.length > 0) return undefined;
    for (const { port } of resource.spec.servers ?? []) numbers.add(port.number);
  }
  return numbers.size === 0 ? undefined : [...numbers];
}

/**
 * The pods of the gateways, for a VirtualService that only gateways use: they are its only clients. Undefined where the mesh itself is one,
 * or where the input can't say which pods there are.
 */
function gatewayPodsOf(mesh: Mesh, { gateways }: Reached): readonly Workload[] | undefined {
  if (!mesh.complete || gateways.includes('mesh')) return undefined;
  const pods = new Set<Workload>();
  for (const gateway of gateways) {
    const slash = gateway.indexOf('/');
    const selector = mesh.find('Gateway', gateway.slice(0, slash), gateway.slice(slash + 1))?.spec.selector;
    const selected = selector === undefined ? [] : mesh.derive(podsByLabels).selectedBy(selector);
    if (selected.length === 0) return undefined;
    for (const pod of selected) pods.add(pod);
  }
  return [...pods];
}

function labelsOf(pods: readonly Workload[], name: string): Universe {
  const values = new Set(pods.flatMap(({ labels }) => (Object.hasOwn(labels, name) ? [labels[name] ?? ''] : [])));
  return {
    texts: { kind: 'one-of', values: [...values] },
    mayBeAbsent: pods.some(({ labels }) => !Object.hasOwn(labels, name)),
  };
}

function exact(value: string): Pattern {
  return { kind: 'exact', value };
}

function oneOf(values: readonly string[]): Pattern {
  const [only] = values;
  return values.length === 1 && only !== undefined ? exact(only) : { kind: 'regex', value: values.map(escaped).join('|') };
}

function pathPattern(uri: TextMatch, { bySegment, ignoreUriCase }: RouteMatch): Pattern {
  if (!bySegment || uri.kind !== 'prefix' || uri.value.endsWith('/')) return patternOf(uri, ignoreUriCase);
  return { kind: 'regex', value: `${escaped(uri.value)}(/.*)?` };
}

function patternOf(match: TextMatch, ignoreCase?: boolean): Pattern {
  if (match.kind === 'present') return { kind: 'any' };
  if (match.kind === 'regex') return { kind: 'regex', value: match.value };
  return { kind: match.kind, value: match.value, ...(ignoreCase === true ? { ignoreCase } : {}) };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Conservative: an expression that may accept the empty text is taken to accept it only when it plainly does. */
function acceptsEmpty(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'any':
      return true;
    case 'exact':
    case 'prefix':
    case 'suffix':
      return pattern.value === '';
    case 'regex':
      return matchesEmptyText(pattern.value);
  }
}

const anyText: Universe['texts'] = { kind: 'any' };
const any: Universe = { texts: anyText, mayBeAbsent: false, open: '' };
const anyOrNone: Universe = { texts: anyText, mayBeAbsent: true, open: '' };

/** Proxies take `.` and `..` out of a path before they match it. Source: the default path normalisation, pilot/pkg/networking/core/listener_builder.go. */
const paths: Universe = {
  texts: { kind: 'regex', value: String.raw`(/([^/?#\\ .][^/?#\\ ]*|\.[^/?#\\ .][^/?#\\ ]*|\.\.[^/?#\\ ]+)?)+` },
  mayBeAbsent: false,
  open: '/',
};
const ports: Universe = { texts: { kind: 'regex', value: '[0-9]{1,5}' }, mayBeAbsent: false };
const tokens: Universe = { texts: { kind: 'regex', value: String.raw`[^ /"(),:;<=>?@[\\\]{}]+` }, mayBeAbsent: false, open: '' };
