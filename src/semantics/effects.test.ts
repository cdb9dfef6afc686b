import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Answer, outcomes } from '../graph/answer.ts';
import type { Mesh } from '../graph/mesh.ts';
import { answerAccess } from './effects/access.test-support.ts';
import { caseNames, haveCases, type Question, readCase } from './effects/cases.test-support.ts';
import { answerClientTls } from './effects/client-tls.test-support.ts';
import { answerMtls } from './effects/mtls.test-support.ts';
import { scoreReachable } from './effects/reachable.test-support.ts';
import { answerRoute } from './effects/route.test-support.ts';

/** Who answers which kind of question. */
const answerers: Readonly<Record<string, (mesh: Mesh, question: Question) => Answer<unknown>>> = {
  'client-tls': answerClientTls,
  access: answerAccess,
  mtls: answerMtls,
  route: answerRoute,
};

interface Accepted {
  readonly case: string;
  readonly question: number;
  readonly why: string;
}
const acceptedFile = path.join(import.meta.dirname, '../../fixtures/conformance/effects-accepted.json');
const accepted: readonly Accepted[] = existsSync(acceptedFile)
  ? (JSON.parse(readFileSync(acceptedFile, 'utf8')) as readonly Accepted[])
  : [];

/** Key order and undefined fields do not count. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/**
 * A definite answer is the same. An order-dependent one holds all outcomes, two or more: every recorded one is among them; the recorded ones
 * are those that were seen in a handful of orders, so there may be more.
 */
function agrees(answer: Answer<unknown>, question: Question): boolean {
  const mine = new Set(outcomes(answer).map(canonical));
  if (question.answer !== 'order-dependent') return mine.size === 1 && mine.has(canonical(question.answer));
  return mine.size > 1 && (question.answers ?? []).every((recorded) => mine.has(canonical(recorded)));
}

describe.skipIf(!haveCases)(
  `the effects that Istio's generator computed${haveCases ? '' : ' (skipped: the reference cases are not here)'}`,
  () => {
    const cases = Promise.all(caseNames().map(readCase));

    it.each(Object.keys(answerers))('%s', async (ask) => {
      const differences: string[] = [];
      let asked = 0;
      let agreed = 0;
      for (const { name, mesh, questions } of await cases) {
        for (const [index, question] of questions.entries()) {
          if (question.ask !== ask) continue;
          asked += 1;
          const answer = answerers[ask]?.(mesh, question);
          if (answer !== undefined && agrees(answer, question)) agreed += 1;
          else if (!accepted.some((entry) => entry.case === name && entry.question === index)) {
            differences.push(`${name} #${String(index)} ${JSON.stringify(question)}\n    here: ${JSON.stringify(answer)}`);
          }
        }
      }
      console.log(`effects ${ask}: ${String(agreed)} of ${String(asked)}`);
      if (process.env['MESHLINT_EFFECTS_VERBOSE'] !== undefined) console.log(differences.join('\n'));
      expect(differences.slice(0, 5)).toEqual([]);
      expect(asked - agreed).toBeLessThanOrEqual(asked / 200);
    });

    it('reachable', async () => {
      const scores = (await cases).map(scoreReachable);
      const total = (of: (score: (typeof scores)[number]) => number): number => scores.reduce((sum, score) => sum + of(score), 0);
      console.log(`effects reachable: ${String(total(({ found }) => found))} of ${String(total(({ scored }) => scored))}`);
      if (process.env['MESHLINT_EFFECTS_VERBOSE'] !== undefined) console.log(scores.flatMap(({ missed }) => missed).join('\n'));
      expect(scores.flatMap(({ wrong }) => wrong)).toEqual([]);
      expect(scores.flatMap(({ missed }) => missed).length).toBeLessThanOrEqual(total(({ scored }) => scored) / 100);
    });
  },
);
