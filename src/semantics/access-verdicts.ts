import { type Answer, oneOf, unknown } from '../graph/answer.ts';
import type { AccessOutcome, AccessWay, Verdict } from './access-verdict.ts';

/** A way with what it comes to. */
export type WayTo = AccessWay & { readonly outcome: AccessOutcome };

/** Gathers ways by their outcomes. */
export class Verdicts {
  readonly #ways = new Map<AccessOutcome, [AccessWay, ...AccessWay[]]>();

  add({ outcome, ...way }: WayTo): void {
    const known = this.#ways.get(outcome);
    if (known === undefined) this.#ways.set(outcome, [way]);
    else known.push(way);
  }

  /** Several outcomes: which resource is the oldest decides. */
  answer(): Answer<Verdict> {
    const [first, ...others] = [...this.#ways].map(([outcome, ways]): Verdict => ({ outcome, ways }));
    return first === undefined ? unknown('nothing is known of the port') : oneOf(first, ...others);
  }
}

/** Where nothing of the mesh stands between the caller and the application. */
export function open(reason: 'no-proxy' | 'not-captured'): Verdict {
  return { outcome: 'allow', ways: [{ reason, mtls: [], ports: [], mutual: false, foreignTrustDomain: false, places: [] }] };
}

export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
