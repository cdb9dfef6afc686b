import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { readFoundFiles } from '../engine/read-found-files.ts';
import { type SuggestedMesh, suggestMeshes } from '../engine/suggest-meshes.ts';
import { UsageError } from '../engine/options.ts';
import { findSources } from '../node/files.ts';
import { configurationNames, findConfiguration } from '../node/find-configuration.ts';
import { findGitRoot } from '../node/git-root.ts';
import { quote } from '../node/messages.ts';
import { writeReport } from '../node/output.ts';
import { writeReportFile } from '../node/report-file.ts';
import { configurationDraft } from '../report/configuration-draft.ts';
import { library } from '../yaml/library.ts';
import type { Environment } from './environment.ts';

const file = 'meshlint.yaml';

/** Writes a first configuration for what lies in the folder, or prints it. Throws a UsageError where there is one already, or nothing to configure. */
export async function init(options: { readonly force: boolean; readonly dryRun: boolean }, environment: Environment): Promise<string> {
  const { cwd, stderr, program = 'meshlint' } = environment;
  const existing = configurationNames.find((name) => existsSync(join(cwd, name)));
  if (existing !== undefined && !options.dryRun) {
    if (!options.force)
      throw new UsageError(
        `there is a configuration already: ${quote(existing)}`,
        'to write another one over it: --force; to see it: --dry-run',
      );
    if (existing !== file) throw new UsageError(`${quote(existing)} would be a second configuration in this folder`, 'remove it first');
  }
  const { sources, skipped } = await findSources(['.'], { cwd });
  const files = readFoundFiles(sources, library);
  const found = files.filter(({ definitions }) => definitions.length > 0);
  if (found.length === 0) {
    const looked = sources.length === 0 ? 'no *.yaml, *.yml or *.json file' : `${String(sources.length)} files, and no manifest in them`;
    const ignored = skipped['ignored'] === undefined ? '' : '; what .gitignore leaves out is not looked at';
    throw new UsageError(
      `there is nothing to configure: ${looked}${ignored}`,
      'call it where manifests of Istio, the Gateway API or Kubernetes lie; templates are rendered first',
    );
  }
  const meshes = suggestMeshes(files);
  const text = configurationDraft({ meshes, files: found.map(({ path }) => path) });
  if (options.dryRun) return text;
  const above = existing === undefined ? configurationAbove(cwd) : undefined;
  writeReportFile(join(cwd, file), () => [text]);
  const lines = [`${program}: ${file} is written: ${summary(found.length, meshes)}`];
  if (above !== undefined) lines.push(`  from here on it stands in the place of ${quote(above)}`);
  lines.push(`  next: ${program} lint .`);
  await writeReport(stderr, [`${lines.join('\n')}\n`]);
  return '';
}

function summary(files: number, meshes: readonly SuggestedMesh[]): string {
  const where = `manifests in ${files === 1 ? '1 file' : `${String(files)} files`}`;
  return meshes.length === 0 ? `${where}, one mesh` : `${where}, ${String(meshes.length)} meshes`;
}

/** The configuration that held here until now. */
function configurationAbove(cwd: string): string | undefined {
  if (findGitRoot(cwd) === cwd || findGitRoot(cwd) === undefined) return undefined;
  const path = findConfiguration(dirname(cwd));
  return path === undefined ? undefined : relative(cwd, path).split(sep).join('/');
}
