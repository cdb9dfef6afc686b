import type { Answer } from '../../graph/answer.ts';
import type { Mesh } from '../../graph/mesh.ts';
import { mtlsModeOf } from '../mtls.ts';
import type { Question } from './cases.test-support.ts';

/** What an answer of Istio looks like: `{ mode, plaintext }`. */
export function answerMtls(mesh: Mesh, question: Question): Answer<unknown> {
  const workload = mesh.workloads.find(({ namespace, name }) => `${namespace}/${name}` === question['workload']);
  if (workload === undefined) return { kind: 'unknown', reason: 'no such workload' };
  const show = ({ mode }: { mode: string }): unknown => ({ mode, plaintext: mode !== 'STRICT' });
  const answer = mtlsModeOf(mesh, workload, Number(question['port']));
  if (answer.kind === 'found') return { kind: 'found', value: show(answer.value) };
  if (answer.kind !== 'order-dependent') return answer;
  return { kind: 'order-dependent', values: answer.values.map(show) };
}
