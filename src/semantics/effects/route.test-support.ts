import { RE2JS } from '@bufbuild/re2';
import type { Answer } from '../../graph/answer.ts';
import { meshGatewaysOf } from '../../graph/gateways.ts';
import type { Mesh } from '../../graph/mesh.ts';
import type { Regexes } from '../access-strings.ts';
import { type RoutedDestination, routeOf, type RouteOutcome, type Traffic } from '../routing.ts';
import type { Question } from './cases.test-support.ts';

const regexes: Regexes = { matches: (pattern, text) => RE2JS.compile(pattern).matches(text) };

interface AskedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly host?: string;
}

/** What an answer of Istio looks like: `{ outcome, to, missing, route, rule, … }`. */
export function answerRoute(mesh: Mesh, question: Question): Answer<unknown> {
  const name = question['from'] ?? question['gateway'];
  const workload = mesh.workloads.find((one) => `${one.namespace}/${one.name}` === name);
  if (workload === undefined) return { kind: 'unknown', reason: 'no such workload' };
  const kind = question['gateway'] === undefined ? 'sidecar' : 'gateway';
  const port = Number(question['port']);
  const answer = routeOf(mesh, { kind, workload }, String(question['host']), port, trafficOf(question), regexes);
  const notOnService = kind === 'gateway' && meshGatewaysOf(mesh).podPortsOf(workload, port).length === 0 ? true : undefined;
  const show = (outcome: RouteOutcome): unknown => ({ ...shown(outcome), notOnService });
  if (answer.kind === 'found') return { kind: 'found', value: show(answer.value) };
  if (answer.kind !== 'order-dependent') return answer;
  return { kind: 'order-dependent', values: answer.values.map(show) };
}

function trafficOf(question: Question): Traffic {
  const sni = typeof question['sni'] === 'string' ? { sni: question['sni'] } : {};
  const request = question['http'] as AskedRequest | undefined;
  if (request === undefined) return question['tcp'] === true ? { kind: 'tcp' } : { kind: 'tls', ...sni };
  const { host, ...rest } = request;
  return { kind: 'http', request: { ...rest, ...(host === undefined ? {} : { authority: host }) }, tls: question['tls'] === true, ...sni };
}

function shown(outcome: RouteOutcome): Readonly<Record<string, unknown>> {
  const { kind, via, configName, routeName, destinations, mirrors, rewrite, redirect, status } = outcome;
  const absent = destinations.filter(({ cluster }) => cluster === 'absent');
  return {
    outcome: kind,
    via: via === 'tcp' && kind !== 'reset' ? 'tcp' : undefined,
    route: via === 'tcp' ? undefined : configName,
    rule: routeName,
    to: kind === 'forward' ? destinations.map(target) : undefined,
    missing: absent.length === 0 ? undefined : [...new Set(absent.map(nameOf))],
    missingStatus: absent.length === 0 ? undefined : (status ?? 503),
    mirror:
      mirrors.length === 0
        ? undefined
        : mirrors.map(({ destination, percent }) => ({
            host: destination.host,
            port: destination.port,
            subset: destination.subset,
            percent,
          })),
    prefixRewrite: rewrite.prefix,
    regexRewrite: rewrite.regex,
    hostRewrite: rewrite.host,
    redirect:
      redirect === undefined ? undefined : { host: redirect.host, path: redirect.path, scheme: redirect.scheme, port: redirect.port },
    status: kind === 'direct-response' ? status : undefined,
  };
}

function target({ host, port, subset, weight }: RoutedDestination): unknown {
  return host === undefined ? { cluster: 'UnknownService', weight } : { host, port, subset, weight };
}

function nameOf({ host, subset }: RoutedDestination): string {
  if (host === undefined) return 'UnknownService';
  return subset === undefined ? host : `${host}|${subset}`;
}
