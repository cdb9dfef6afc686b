import type { Mesh } from '../../graph/mesh.ts';
import { unreachableRoutes } from '../unreachable-routes.ts';
import type { EffectsCase, Question } from './cases.test-support.ts';

interface RouteAnswer {
  readonly reachable?: boolean;
  readonly undecided?: boolean;
}

export interface ReachableScore {
  /** Routes that every question about their VirtualService calls unreachable, none of them undecided or order-dependent. */
  readonly scored: number;
  readonly found: number;
  readonly missed: readonly string[];
  /** Routes that a question reaches, and that are called unreachable all the same. */
  readonly wrong: readonly string[];
}

/** Holds what is called unreachable for every client against the answers for the clients that were asked about. */
export function scoreReachable({ name, mesh, questions }: EffectsCase): ReachableScore {
  const missed: string[] = [];
  const wrong: string[] = [];
  let scored = 0;
  for (const [virtualService, asked] of byVirtualService(questions)) {
    const called = calledUnreachable(mesh, virtualService);
    const answers = asked.map(({ answer }) => (Array.isArray(answer) ? (answer as readonly RouteAnswer[]) : undefined));
    const routes = Math.max(0, ...answers.map((answer) => answer?.length ?? 0));
    for (let i = 0; i < routes; i += 1) {
      const ofRoute = answers.map((answer) => answer?.[i]);
      const label = `${name} ${virtualService} route ${i}`;
      if (ofRoute.some((route) => route?.reachable === true)) {
        if (called.has(i)) wrong.push(label);
      } else if (ofRoute.every((route) => route?.reachable === false && route.undecided !== true)) {
        scored += 1;
        if (!called.has(i)) missed.push(label);
      }
    }
  }
  return { scored, found: scored - missed.length, missed, wrong };
}

function byVirtualService(questions: readonly Question[]): ReadonlyMap<string, readonly Question[]> {
  const groups = new Map<string, Question[]>();
  for (const question of questions) {
    if (question.ask !== 'reachable') continue;
    const key = String(question['virtualService']);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [question]);
    else known.push(question);
  }
  return groups;
}

function calledUnreachable(mesh: Mesh, name: string): ReadonlySet<number> {
  const slash = name.indexOf('/');
  const virtualService = mesh.find('VirtualService', name.slice(0, slash), name.slice(slash + 1));
  if (virtualService === undefined) return new Set();
  return new Set(
    unreachableRoutes(mesh, virtualService).flatMap(({ protocol, match, route }) =>
      protocol === 'http' && match === undefined ? [route] : [],
    ),
  );
}
