import { type Phase, phases, type Stopwatch } from '../engine/stopwatch.ts';
import type { Source } from '../text/source.ts';

interface Row {
  readonly name: string;
  readonly milliseconds: number;
  /** How often a rule was asked. */
  readonly subjects?: number;
}

/** What `--timing` prints. All times are exclusive, so that they add up. */
export class Timing implements Stopwatch {
  readonly #now: () => number;
  #phase: Phase = 'start';
  #since = 0;
  #phases = new Map<Phase, number>();
  #rules = new Map<string, { milliseconds: number; subjects: number }>();
  #isFirst = true;

  /** `now`: milliseconds since the process began. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** A run begins; the first one when the process did. */
  begin(): void {
    this.#since = this.#isFirst ? 0 : this.#now();
    this.#phase = 'start';
    this.#phases = new Map();
    this.#rules = new Map();
    this.#isFirst = false;
  }

  phase(phase: Phase): Phase {
    const before = this.#phase;
    const time = this.#now();
    this.#phases.set(before, (this.#phases.get(before) ?? 0) + time - this.#since);
    this.#since = time;
    this.#phase = phase;
    return before;
  }

  rule<T>(id: string, check: () => T): T {
    const before = this.phase('rules');
    const result = check();
    const time = this.#now();
    let total = this.#rules.get(id);
    if (total === undefined) this.#rules.set(id, (total = { milliseconds: 0, subjects: 0 }));
    total.milliseconds += time - this.#since;
    total.subjects += 1;
    this.#since = time;
    this.#phase = before;
    return result;
  }

  /** Lines without line ends: by phase, and by rule where one was asked. */
  lines(): readonly string[] {
    this.phase(this.#phase);
    const rules: Row[] = Array.from(this.#rules, ([name, total]) => ({ name, ...total }));
    rules.sort((a, b) => b.milliseconds - a.milliseconds || (a.name < b.name ? -1 : 1));
    const ofRules = sum(rules);
    // What passes between two rules goes into the subjects that they are asked about.
    const between = this.#phases.get('rules') ?? 0;
    const byPhase: Row[] = phases.flatMap((name) => {
      const milliseconds = this.#phases.get(name);
      return milliseconds === undefined ? [] : [{ name, milliseconds: name === 'rules' ? milliseconds + ofRules : milliseconds }];
    });
    const total = { name: 'total', milliseconds: sum(byPhase) };
    const lines = table(['phase', 'ms', '%'], [...byPhase, total], total.milliseconds);
    if (rules.length === 0) return lines;
    const all = [...rules, { name: '(subjects)', milliseconds: between }, { name: 'all rules', milliseconds: ofRules + between }];
    return [...lines, '', ...table(['rule', 'ms', '%', 'subjects'], all, total.milliseconds)];
  }
}

/** Sources whose reading is told apart from what is made of it. */
export function timedSources(sources: readonly Source[], stopwatch: Stopwatch): readonly Source[] {
  return sources.map((source) => ({
    ...source,
    read() {
      const before = stopwatch.phase('read');
      try {
        return source.read();
      } finally {
        stopwatch.phase(before);
      }
    },
  }));
}

function sum(rows: readonly Row[]): number {
  return rows.reduce((all, { milliseconds }) => all + milliseconds, 0);
}

const oneDigit = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en');

function table(titles: readonly string[], rows: readonly Row[], total: number): readonly string[] {
  const cells = rows.map(({ name, milliseconds, subjects }) => [
    name,
    oneDigit.format(milliseconds),
    oneDigit.format(total === 0 ? 0 : (100 * milliseconds) / total),
    ...(titles.length === 4 ? [subjects === undefined ? '' : whole.format(subjects)] : []),
  ]);
  const all = [titles, ...cells];
  const widths = titles.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  return all.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
