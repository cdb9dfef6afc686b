import type { Answer } from '../../graph/answer.ts';
import type { Mesh } from '../../graph/mesh.ts';
import { nameOf } from '../../model/resource.ts';
import { type ClientTls, clientTlsOf } from '../client-tls.ts';
import type { Question } from './cases.test-support.ts';

/** What an answer of Istio looks like: `{ mode, destinationRule, mergedFrom?, endpoints? }`. */
export function answerClientTls(mesh: Mesh, question: Question): Answer<unknown> {
  const client = mesh.workloads.find(({ namespace, name }) => `${namespace}/${name}` === question['from']);
  if (client === undefined) return { kind: 'unknown', reason: 'no such workload' };
  const subset = typeof question['subset'] === 'string' ? question['subset'] : undefined;
  const answer = clientTlsOf(mesh, { client, host: String(question['host']), port: Number(question['port']), subset });
  if (answer.kind === 'found') return { kind: 'found', value: show(answer.value) };
  if (answer.kind !== 'order-dependent') return answer;
  return { kind: 'order-dependent', values: answer.values.map(show) };
}

function show({ mode, destinationRule, mergedFrom, endpoints, wire, originalDestination }: ClientTls): unknown {
  if (mode === 'no-cluster') return { mode };
  const none = !originalDestination && endpoints.length === 0 ? 'none' : undefined;
  return {
    mode,
    destinationRule: destinationRule === undefined ? null : nameOf(destinationRule),
    mergedFrom: mergedFrom.length > 1 ? mergedFrom.map(nameOf).sort() : undefined,
    endpoints: mode === 'auto' ? wire : none,
  };
}
