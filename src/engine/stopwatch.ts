/** What a run is at, in the order in which it comes to it. */
export const phases = ['start', 'find', 'read', 'parse', 'mesh', 'rules', 'locate', 'suppress', 'report'] as const;
export type Phase = (typeof phases)[number];

/** Is told what time passes for. It has the clock, which the analysis itself never sees. */
export interface Stopwatch {
  /** From now on; the answer is what it was for until now. */
  phase(phase: Phase): Phase;
  /** What a rule takes for one of its subjects. */
  rule<T>(id: string, check: () => T): T;
}
