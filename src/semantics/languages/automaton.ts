import type { Expression } from './syntax.ts';

/** An automaton that may be in several states at once; state 0 is where it starts. */
export interface Automaton {
  /** Per state: first and last code point, and the state that follows, three numbers an edge. */
  readonly edges: readonly (readonly number[])[];
  /** Per state: the states that are reached without reading. */
  readonly silent: readonly (readonly number[])[];
  readonly accepting: number;
}

/** An expression that needs more states is not compared. */
const mostStates = 4000;

/** Thompson's construction; undefined beyond the limit. */
export function automatonOf(expression: Expression): Automaton | undefined {
  const edges: number[][] = [];
  const silent: number[][] = [];
  const state = (): number => {
    edges.push([]);
    silent.push([]);
    return edges.length - 1;
  };
  const link = (from: number, to: number): void => {
    silent[from]?.push(to);
  };

  /** Adds what reads the expression from a state on, and returns the state behind it; -1 beyond the limit. */
  function build(part: Expression, from: number): number {
    if (edges.length > mostStates || from === -1) return -1;
    switch (part.kind) {
      case 'empty':
        return from;
      case 'set': {
        const to = state();
        for (const [first, last] of part.set) edges[from]?.push(first, last, to);
        return to;
      }
      case 'sequence':
        return part.parts.reduce((at, inner) => build(inner, at), from);
      case 'choice': {
        const to = state();
        for (const inner of part.parts) {
          const begin = state();
          link(from, begin);
          const end = build(inner, begin);
          if (end === -1) return -1;
          link(end, to);
        }
        return to;
      }
      case 'repeat': {
        let at = from;
        for (let i = 0; i < part.min; i += 1) at = build(part.part, at);
        if (at === -1) return -1;
        if (part.max === Infinity) {
          const loop = state();
          link(at, loop);
          const end = build(part.part, loop);
          if (end === -1) return -1;
          link(end, loop);
          return loop;
        }
        const to = state();
        for (let i = part.min; i < part.max; i += 1) {
          link(at, to);
          const begin = state();
          link(at, begin);
          at = build(part.part, begin);
          if (at === -1) return -1;
        }
        link(at, to);
        return to;
      }
    }
  }

  const accepting = build(expression, state());
  return accepting === -1 ? undefined : { edges, silent, accepting };
}

/** All states that are reached without reading, in order. */
export function closure({ silent }: Automaton, states: Iterable<number>): readonly number[] {
  const reached = new Set(states);
  const open = [...reached];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of silent[at] ?? []) {
      if (!reached.has(next)) {
        reached.add(next);
        open.push(next);
      }
    }
  }
  return [...reached].sort((a, b) => a - b);
}

export function step(automaton: Automaton, states: readonly number[], character: number): readonly number[] {
  const next = new Set<number>();
  for (const at of states) {
    const edges = automaton.edges[at] ?? [];
    for (let i = 0; i < edges.length; i += 3) {
      if ((edges[i] ?? 0) <= character && character <= (edges[i + 1] ?? 0)) next.add(edges[i + 2] ?? 0);
    }
  }
  return next.size === 0 ? [] : closure(automaton, next);
}
