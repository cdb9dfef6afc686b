import { tunedFor } from '../node/tuning.ts';
import type { Environment } from './environment.ts';

/** The parts of the program that are loaded when a run comes to them. */
export const program: Pick<Environment, 'lint' | 'openSession' | 'loadRules' | 'loadDocs'> = {
  lint: async (sources, options) => (await import('../index.ts')).lint(tunedFor([...sources]), options),
  openSession: async (options) => new (await import('../index.ts')).LintSession(options),
  loadRules: async () => (await import('../../rules/docs.ts')).described,
  loadDocs: async () => (await import('../../rules/docs.ts')).docs,
};
