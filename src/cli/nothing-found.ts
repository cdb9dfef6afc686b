import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundSources } from '../node/files.ts';
import { quote } from '../node/messages.ts';
import type { LintResult } from '../rule/finding.ts';
import type { LintCommand } from './arguments.ts';

/** Files that are named, before the rest are counted. */
const shown = 3;

/** What to say to somebody who had nothing analysed: what was looked at, and what to try. Lines without line ends. */
export function nothingFound(
  { operands }: Pick<LintCommand, 'operands'>,
  { sources }: Pick<FoundSources, 'sources'>,
  { summary: { skipped } }: LintResult,
  { cwd, program }: { readonly cwd: string; readonly program: string },
): readonly string[] {
  const where = operands.map((operand) => (/^[\w./*-]+$/.test(operand) ? operand : quote(operand))).join(' ');
  const names = sources.slice(0, shown).map(({ path }) => (/\p{Cc}/u.test(path) ? quote(path) : path));
  const more = sources.length > shown ? ` and ${String(sources.length - shown)} more` : '';
  const files =
    sources.length === 0
      ? `there is no *.yaml, *.yml or *.json file in ${where}`
      : `${sources.length === 1 ? '1 file was' : `${String(sources.length)} files were`} looked at (${names.join(', ')}${more})`;
  const tries = [
    ...(sources.length > shown ? [`to see all files: ${program} lint --show-files ${where}`] : []),
    ...ignored(skipped['ignored'] ?? 0),
    ...(skipped['link-outside'] === undefined ? [] : ['to read what links lead to: name their targets']),
    ...rendered(cwd, (skipped['template'] ?? 0) > 0).map((command) => `to check what is rendered: ${command} | ${program} lint -`),
    ...(sources.length === 0 ? [`to look elsewhere: ${program} lint PATH`] : []),
    'where that is no failure: --allow-empty',
  ];
  return [files, ...tries.map((line) => `  ${line}`)];
}

function ignored(count: number): readonly string[] {
  if (count === 0) return [];
  return [`to read what .gitignore leaves out (${count === 1 ? '1 file or folder' : `${String(count)} files and folders`}): --no-ignore`];
}

/** How what lies here may be rendered. */
function rendered(cwd: string, templates: boolean): readonly string[] {
  const built = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'].some((name) => existsSync(join(cwd, name)));
  if (built) return ['kustomize build .'];
  return templates || existsSync(join(cwd, 'Chart.yaml')) ? ['helm template .'] : [];
}
