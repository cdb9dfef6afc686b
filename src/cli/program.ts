import { tuneWhenMuchIsRead } from '../node/tuning.ts';
import type { Environment } from './environment.ts';

/** The parts of the program that are loaded when a run comes to them. */
export const program: Pick<Environment, 'lint' | 'openSession' | 'loadRules' | 'loadDocs'> = {
  lint: async (sources, options) => {
    tuneWhenMuchIsRead();
    return (await import('../index.ts')).lint(sources, options);
  },
  openSession: async (options) => new (await import('../index.ts')).LintSession(options),
  loadRules: async () => (await import('../../rules/docs.ts')).described,
  loadDocs: async () => (await import('../../rules/docs.ts')).docs,
};
