import { loadPlugins } from '../node/plugins.ts';
import type { RuleDocs } from '../rule/rule.ts';
import type { Environment } from './environment.ts';

/** The same environment with the rules that the command line brings along. Throws a UsageError for files that bring none. */
export async function withPlugins(environment: Environment, files: readonly string[]): Promise<Environment> {
  const { rules, files: paths } = await loadPlugins(files, environment.cwd, await environment.loadRules());
  const ownDocs = rules.flatMap(({ id, docs }): [string, RuleDocs][] => (docs === undefined ? [] : [[id, docs]]));
  const described = rules.map((rule) => ({ ...rule, url: rule.url ?? '' }));
  return {
    ...environment,
    plugins: paths,
    lint: (sources, options) => environment.lint(sources, { ...options, plugins: rules }),
    loadRules: async () => [...(await environment.loadRules()), ...described].sort((a, b) => (a.id < b.id ? -1 : 1)),
    loadDocs: async () => new Map([...(await environment.loadDocs()), ...ownDocs]),
  };
}
