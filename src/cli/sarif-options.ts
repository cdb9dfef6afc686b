import { realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { UsageError } from '../engine/options.ts';
import { isWithin } from '../node/git-root.ts';
import { quote, reason } from '../node/messages.ts';
import type { SarifOptions } from '../report/options.ts';
import type { LintCommand } from './arguments.ts';
import { repositoryOf } from './source-url.ts';

/** What a SARIF report is told. GitHub's upload takes no notice of suppressions, so in its pipelines they are left out. */
export function sarifOptions({ category, suppressed }: LintCommand['sarif'], env: Parameters<typeof repositoryOf>[0]): SarifOptions {
  const repository = repositoryOf(env);
  return {
    ...(category === undefined ? {} : { category }),
    suppressed: suppressed ?? (env.GITHUB_ACTIONS === 'true' ? 'omit' : 'keep'),
    ...(repository === undefined ? {} : { repository }),
  };
}

/** From the folder that `--sarif-root` names to the current one: "" or "a/b/". Throws a UsageError for one that is not above it. */
export function prefixFrom(root: string, cwd: string): string {
  let real: string;
  try {
    real = realpathSync.native(resolve(cwd, root));
  } catch (error) {
    throw new UsageError(`the folder ${quote(root)} of --sarif-root can't be read: ${reason(error)}`);
  }
  const folder = realpathSync.native(cwd);
  if (!isWithin(folder, real))
    throw new UsageError(`${quote(root)} is no value of --sarif-root`, 'it is the current folder or one above it');
  return folder === real ? '' : `${relative(real, folder).split(sep).join('/')}/`;
}
