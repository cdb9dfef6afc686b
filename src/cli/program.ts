import type { Environment } from './run.ts';

/** So many files make so much garbage that it pays to load node:v8, which costs a millisecond. */
const manySources = 64;

/** The parts of the program that are loaded when a run comes to them. */
export const program: Pick<Environment, 'lint' | 'loadRules' | 'loadDocs'> = {
  lint: async (sources, options) => {
    const all = [...sources];
    if (all.length > manySources) (await import('../node/heap.ts')).keepYoungGenerationSmall();
    return (await import('../index.ts')).lint(all, options);
  },
  loadRules: async () => (await import('../../rules/docs.ts')).described,
  loadDocs: async () => (await import('../../rules/docs.ts')).docs,
};
