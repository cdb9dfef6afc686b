import type { Environment } from './environment.ts';

/** From so many files on it pays to load node:v8, which costs a millisecond. */
const manySources = 64;

/** The parts of the program that are loaded when a run comes to them. */
export const program: Pick<Environment, 'lint' | 'openSession' | 'loadRules' | 'loadDocs'> = {
  lint: async (sources, options) => {
    const all = [...sources];
    if (all.length > manySources) (await import('../node/tuning.ts')).tuneForManyFiles();
    return (await import('../index.ts')).lint(all, options);
  },
  openSession: async (options) => new (await import('../index.ts')).LintSession(options),
  loadRules: async () => (await import('../../rules/docs.ts')).described,
  loadDocs: async () => (await import('../../rules/docs.ts')).docs,
};
