import { RE2JS } from '@bufbuild/re2';
import type { Answer } from '../../graph/answer.ts';
import type { Mesh } from '../../graph/mesh.ts';
import { accessOf } from '../access.ts';
import type { Caller, Claims, HttpRequest } from '../access-call.ts';
import type { Question } from './cases.test-support.ts';

const regexes = { matches: (pattern: string, text: string): boolean => new RE2JS(pattern).testExact(text) };

/** What an answer of Istio looks like: the outcome as a word. */
export function answerAccess(mesh: Mesh, question: Question): Answer<unknown> {
  const to = mesh.workloads.find(({ namespace, name }) => `${namespace}/${name}` === question['to']);
  if (to === undefined) return { kind: 'unknown', reason: 'no such workload' };
  const from = question['from'] as Caller;
  const http = question['http'] as HttpRequest | undefined;
  const jwt = question['jwt'] as Claims | undefined;
  const answer = accessOf(
    mesh,
    {
      to,
      port: Number(question['port']),
      from: { identity: from.identity, ip: from.ip ?? '10.99.99.99', remoteIp: from.remoteIp },
      http: http === undefined ? undefined : { ...http, jwt },
    },
    { regexes },
  );
  if (answer.kind === 'found') return { kind: 'found', value: answer.value.outcome };
  if (answer.kind !== 'order-dependent') return answer;
  return { kind: 'order-dependent', values: answer.values.map(({ outcome }) => outcome) };
}
