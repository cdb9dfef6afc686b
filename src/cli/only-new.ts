import { tellNew } from '../engine/novelty.ts';
import { isJudged, readBaseline } from '../node/baseline.ts';
import type { FoundSources } from '../node/files.ts';
import { plural } from '../report/counts.ts';
import type { LintResult } from '../rule/finding.ts';
import type { Task, View } from './analysis.ts';

/** How an analysis is made: files are found, and then read. */
export interface Steps {
  readonly find: (task: Task, view?: View) => Promise<FoundSources>;
  readonly lintFound: (task: Task, found: FoundSources, view?: View) => Promise<LintResult>;
}

/** An analysis that reports only what is new, or reads another thing than the files in the folders. */
export interface OnlyNew {
  readonly found: FoundSources;
  readonly lint: () => Promise<LintResult>;
}

/** Finds the files, and what to compare them with. Throws a UsageError for what can't be compared with. */
export async function onlyNew(given: Task, steps: Steps): Promise<OnlyNew> {
  const { baseline, since, staged, options } = given.command;
  const { cwd } = given.environment;
  const accepted = baseline === undefined ? undefined : await readBaseline(baseline, cwd, given.ownFiles);
  const task = accepted === undefined ? given : { ...given, outputs: [...given.outputs, accepted.path] };
  const { found, lint } =
    since === undefined && !staged ? plain(task, await steps.find(task), steps) : await (await import('./revisions.ts')).inGit(task, steps);
  if (accepted === undefined) return { found, lint };
  return {
    found,
    async lint() {
      const { result, gone } = tellNew(await lint(), 'baseline', [...accepted.entries]);
      if (!result.complete || since !== undefined || options.namespaces !== undefined) return result;
      const outdated = gone.filter(isJudged(found.sources, options.only, cwd)).length;
      if (outdated === 0) return result;
      const [occurs, it] = outdated === 1 ? ['occurs', 'it'] : ['occur', 'them'];
      const message = `${plural(outdated, 'finding')} of the baseline no longer ${occurs}; meshlint baseline prune takes ${it} out`;
      return {
        ...result,
        notifications: [...result.notifications, { level: 'note', kind: 'baseline-outdated', message, file: accepted.shown }],
      };
    },
  };
}

function plain(task: Task, found: FoundSources, { lintFound }: Steps): OnlyNew {
  return { found, lint: () => lintFound(task, found) };
}
