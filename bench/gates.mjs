/**
 * What is promised, and what CI holds. `bar` is the promise; beyond `gate` a check fails: further than noise reaches, and while a bar is not met yet,
 * around what is measured today. Without a gate the figure is only shown: seconds are those of the machine. What names a `variant` stands there over
 * what names none.
 *
 *   node     CPU time of all threads ÷ that of `node -e 0`
 *   loadAll  … ÷ that of a process that only loads the same files with js-yaml
 *   findings … ÷ that of the mesh of the same size without findings
 *   growth   … ÷ that of the mesh with a tenth of the resources
 *   memory   peak of the resident set, in MB
 *   seconds  from start to end
 */
export const gates = [
  { preset: 'two-rules', size: 1, figure: 'node', bar: 1.9, gate: 2.1 },
  { preset: 'two-rules', size: 10_000, figure: 'loadAll', bar: 1.3, gate: 1.3 },
  { preset: 'two-rules', size: 10_000, figure: 'memory', bar: 100, gate: 100 },
  { preset: 'two-rules', size: 100_000, figure: 'growth', bar: 11, gate: 12 },
  { preset: 'two-rules', size: 100_000, figure: 'memory', bar: 250, gate: 275 },

  { preset: 'all', size: 1, figure: 'node', bar: 2, gate: 2.6 },
  { preset: 'all', size: 1, figure: 'memory', bar: 45, gate: 50 },
  { preset: 'all', size: 100, figure: 'memory', bar: 55, gate: 60 },
  { preset: 'all', size: 1000, figure: 'loadAll', bar: 1.4, gate: 1.6 },
  { preset: 'all', size: 1000, figure: 'memory', bar: 60, gate: 66 },
  { preset: 'all', size: 10_000, figure: 'loadAll', bar: 1.5, gate: 1.6 },
  { preset: 'all', size: 10_000, figure: 'memory', bar: 90, gate: 95 },
  { preset: 'all', size: 10_000, figure: 'findings', bar: 2, gate: 3 },
  { preset: 'all', size: 100_000, figure: 'growth', bar: 11, gate: 12 },
  { preset: 'all', size: 100_000, figure: 'memory', bar: 250, gate: 400 },
  { preset: 'all', size: 100_000, figure: 'seconds', bar: 4 },

  // A single text: js-yaml needs a third less for it, and four times the memory.
  { variant: 'one-file', preset: 'all', size: 1000, figure: 'loadAll', bar: 1.4, gate: 2.4 },
  { variant: 'one-file', preset: 'all', size: 1000, figure: 'memory', bar: 60, gate: 80 },
  { variant: 'one-file', preset: 'all', size: 10_000, figure: 'loadAll', bar: 1.5, gate: 2.8 },
  { variant: 'one-file', preset: 'all', size: 10_000, figure: 'memory', bar: 90, gate: 125 },
];

/**
 * Of the edges: what twice the size takes, beyond the start of a run, ÷ what the size takes; and the memory, in MB. Sorting and caches add to what is
 * in proportion.
 */
export const edgeGates = { growth: { bar: 2.3, gate: 3 }, memory: { bar: 200, gate: 250 } };

/** The variant in which every document has a finding: slower by nature, and measured against the one without. */
export const withFindings = 'findings';

/** The figure of a row; undefined where what it is compared with was not measured. */
const figures = {
  node: ({ meshlint, node }) => meshlint.cpu / node.cpu,
  loadAll: ({ meshlint, loadAll }) => meshlint.cpu / loadAll.cpu,
  findings: (row, like) => against(row, like({ variant: 'files' })),
  growth: (row, like) => against(row, like({ size: row.size / 10 })),
  memory: ({ meshlint }) => meshlint.memory,
  seconds: ({ meshlint }) => meshlint.wall / 1000,
};

const against = (row, other) => other && row.meshlint.cpu / other.meshlint.cpu;

/** Finding much takes time and memory of its own, which is judged for itself. */
const isJudged = (figure, variant) => (variant === withFindings ? figure === 'findings' || figure === 'growth' : figure !== 'findings');
const isOwn = (gate, { preset, size, variant }) => gate.preset === preset && gate.size === size && gate.variant === variant;
const concerns = (gate, row) =>
  isJudged(gate.figure, row.variant) &&
  (isOwn(gate, row) ||
    (isOwn(gate, { ...row, variant: undefined }) && !gates.some((other) => other.figure === gate.figure && isOwn(other, row))));

/** Each gate for each row that it concerns: `{ what, value, bar, gate, verdict }`. */
export function judge(rows) {
  return gates.flatMap((gate) =>
    rows
      .filter((row) => concerns(gate, row))
      .flatMap((row) => {
        const keys = ['variant', 'size', 'preset', 'format'];
        const like = (change) => rows.find((other) => keys.every((key) => other[key] === (change[key] ?? row[key])));
        const value = figures[gate.figure](row, like);
        return value === undefined ? [] : [{ ...gate, variant: row.variant, format: row.format, value, verdict: verdictOf(gate, value) }];
      }),
  );
}

export function verdictOf({ bar, gate = Number.POSITIVE_INFINITY }, value) {
  if (value > gate) return 'broken';
  return value > bar ? 'missed' : 'holds';
}
