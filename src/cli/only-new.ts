import { tellNew } from '../engine/novelty.ts';
import { isJudged, readBaseline } from '../node/baseline.ts';
import type { FoundSources } from '../node/files.ts';
import type { OwnFiles } from '../node/own-files.ts';
import type { LintResult } from '../rule/finding.ts';
import { plural } from '../report/counts.ts';
import type { LintCommand } from './arguments.ts';
import type { Environment } from './run.ts';

/** How a run tells what is new. */
export interface OnlyNew {
  /** Files (absolute) that it reads itself, and that are no manifests. */
  readonly files: readonly string[];
  readonly compare: (result: LintResult, found: FoundSources) => LintResult;
}

/** Reads what was known before the run begins. Throws a UsageError for what can't be compared with. */
export async function onlyNew(
  { baseline, options }: Pick<LintCommand, 'baseline' | 'options'>,
  { cwd }: Environment,
  files?: OwnFiles,
): Promise<OnlyNew> {
  const known = baseline === undefined ? undefined : await readBaseline(baseline, cwd, files);
  if (known === undefined) return { files: [], compare: (result) => result };
  return {
    files: [known.path],
    compare(all, { sources }) {
      const { result, gone } = tellNew(all, 'baseline', known.entries);
      if (!result.complete || options.namespaces !== undefined) return result;
      const outdated = gone.filter(isJudged(sources, options.only, cwd)).length;
      if (outdated === 0) return result;
      const message = `${plural(outdated, 'finding')} of the baseline no longer ${outdated === 1 ? 'occurs' : 'occur'}; meshlint baseline prune takes ${outdated === 1 ? 'it' : 'them'} out`;
      return {
        ...result,
        notifications: [...result.notifications, { level: 'note', kind: 'baseline-outdated', message, file: known.shown }],
      };
    },
  };
}
