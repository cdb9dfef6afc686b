import { createMesh } from '../graph/mesh.ts';
import { defaultMeshConfig, type MeshConfig } from '../graph/mesh-config.ts';
import type { LintResult, Notification } from '../rule/finding.ts';
import type { Rule } from '../rule/rule.ts';
import type { Source } from '../text/source.ts';
import type { Library } from '../yaml/read.ts';
import { finish, placesOf } from './findings.ts';
import { ingest, type Loaders } from './ingest.ts';
import { locate } from './locate.ts';
import type { LintOptions } from './options.ts';
import { runRules } from './run-rules.ts';
import { selectRules } from './select.ts';

/** The cluster domain, until the input can say another one. */
const clusterDomain = 'cluster.local';

/** Reads the sources, builds the mesh, asks the rules, finds the places. Throws a UsageError for options that name nothing. */
export async function runLint(sources: Iterable<Source>, options: LintOptions, rules: readonly Rule[], loaders: Loaders): Promise<LintResult> {
  const active = selectRules(rules, options);
  const loaded = once(loaders);
  const input = await ingest(sources, loaded, { defaultNamespace: options.defaultNamespace ?? 'default' });
  const mesh = createMesh({
    resources: input.resources,
    documents: input.documents,
    complete: options.complete ?? false,
    config: meshConfigOf(options),
    domain: clusterDomain,
  });
  const checked = runRules(active, mesh);
  const located = await locate(placesOf(checked.findings), { lineHashes: options.lineHashes ?? false, library: loaded.library });

  const notifications: Notification[] = [...input.notifications, ...checked.notifications];
  for (const file of located.changed) {
    notifications.push({ level: 'error', kind: 'changed-while-reading', message: 'the file changed while it was analysed; places in it are approximate', file });
  }
  const empty = !input.anything && options.allowEmpty !== true;
  if (empty) notifications.push({ level: 'error', kind: 'nothing-to-analyse', message: 'nothing to analyse: no document of Istio, the Gateway API or Kubernetes was found' });
  return {
    findings: finish(checked.findings, located.places),
    summary: {
      files: input.files,
      resources: input.resources.length,
      skipped: input.skipped,
      unknown: checked.unknown,
      suppressed: 0,
    },
    notifications,
    complete: !input.incomplete && !empty && checked.notifications.length === 0 && located.changed.length === 0,
  };
}

/** Istio's defaults, with a trust domain only where the input is the whole mesh. */
function meshConfigOf({ istioNamespace, complete }: LintOptions): MeshConfig {
  return {
    ...defaultMeshConfig,
    ...(complete === true ? { trustDomain: 'cluster.local' } : {}),
    ...(istioNamespace === undefined ? {} : { rootNamespace: istioNamespace }),
  };
}

/** Each thing is loaded once. */
function once(loaders: Loaders): Loaders {
  let library: Promise<Library> | undefined;
  return { library: () => (library ??= loaders.library()), validator: loaders.validator };
}
