import type { Mesh } from '../graph/mesh.ts';
import type { RouteMatch, TextMatch } from '../graph/route-config.ts';
import { type Reached, universeOfClients } from './client-universes.ts';
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
  const isLabel = dimension.startsWith('label ');
  const known = isLabel || dimension === 'gateway' || dimension === 'port' ? universeOfClients(mesh, reached, dimension) : undefined;
  if (known !== undefined) return known;
  return isLabel || dimension.startsWith('header ') || dimension.startsWith('query ') ? anyOrNone : any;
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
const tokens: Universe = { texts: { kind: 'regex', value: String.raw`[^ /"(),:;<=>?@[\\\]{}]+` }, mayBeAbsent: false, open: '' };
