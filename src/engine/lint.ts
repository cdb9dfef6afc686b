import { createMesh, type Mesh } from '../graph/mesh.ts';
import type { Place } from '../model/place.ts';
import type { Resource } from '../model/resource.ts';
import type { LintResult, Notification, Summary } from '../rule/finding.ts';
import type { Rule } from '../rule/rule.ts';
import type { Source } from '../text/source.ts';
import { finish, placesOf } from './findings.ts';
import { ingestMeshes } from './ingest.ts';
import { once, type RunLoaders } from './loaders.ts';
import { locate } from './locate.ts';
import type { MeshBuilder } from './mesh-builder.ts';
import { type MeshSettings, meshSettings } from './mesh-settings.ts';
import { meshSpecs } from './meshes.ts';
import type { LintOptions } from './options.ts';
import { overridesOf } from './overrides.ts';
import { normalizePath } from './paths.ts';
import { type Checked, runRules } from './run-rules.ts';
import { type ActiveRule, selectRules } from './select.ts';
import { suppressionRules } from './suppression-rules.ts';
import { SuppressionWatch } from './suppression-watch.ts';

/** Reads the sources, builds the meshes, asks the rules, finds the places. Throws a UsageError for options that name nothing. */
export async function runLint(
  sources: Iterable<Source>,
  options: LintOptions,
  rules: readonly Rule[],
  loaders: RunLoaders,
): Promise<LintResult> {
  const specs = meshSpecs(options);
  const wanted = withReasons(options);
  const overrides = overridesOf(wanted, rules);
  const selected = specs.map(({ istioVersions }) => selectRules(rules, wanted, istioVersions));
  const active =
    overrides === undefined ? selected : specs.map(({ istioVersions }) => selectRules(rules, overrides.selection, istioVersions));
  const loaded = once({ ...loaders, channel: options.gatewayApi === 'standard' ? loaders.channel : undefined });
  const watch = watchFor(options, active.flat());
  const watched = watch === undefined ? sources : Array.from(sources, (source) => watch.watch(source));
  const { meshes, reader, tally } = await ingestMeshes(watched, loaded, specs);
  const settings: MeshSettings[] = [];
  for (const builder of meshes) {
    settings.push(await meshSettings(builder.spec, builder.read(), builder.operators, (text) => reader.readText(text)));
  }

  const checked: Checked[] = [];
  const isWanted = wantedIn(options.namespaces);
  for (const [i, builder] of meshes.entries()) {
    const own = settings[i];
    if (own !== undefined) checked.push(runRules(active[i] ?? [], meshOf(builder, own), isWanted));
  }
  const all = checked.map((each, i) => overrides?.apply(each.findings, isAmong(selected[i] ?? [])) ?? each.findings);
  const findings = all.flat();
  const crashes = checked.flatMap((each) => each.notifications);
  const locating = { lineHashes: options.lineHashes ?? false, library: loaded.library };
  // Most runs find nothing, and need not load what finds places.
  const located = findings.length === 0 ? { places: new Map(), changed: [] } : await locate(placesOf(findings), locating);
  const unknown = sum(checked);

  const notifications: Notification[] = [...tally.notifications, ...settings.flatMap((each) => each.notifications), ...crashes];
  for (const file of located.changed) {
    notifications.push({
      level: 'error',
      kind: 'changed-while-reading',
      message: 'the file changed while it was analysed; places in it are approximate',
      file,
    });
  }
  const empty = !tally.anything && options.allowEmpty !== true;
  if (empty)
    notifications.push({
      level: 'error',
      kind: 'nothing-to-analyse',
      message: 'nothing to analyse: no document of Istio, the Gateway API or Kubernetes was found',
    });
  const complete = !tally.incomplete && !empty && crashes.length === 0 && located.changed.length === 0;
  const marked = watch?.marked ?? new Set();
  const suppressions =
    marked.size === 0
      ? undefined
      : await (
          await loaded.suppressions()
        )({
          findings,
          places: located.places,
          marked,
          resources: meshes.flatMap((builder) => builder.read()),
          rules,
          active: active.flat(),
          // What is not looked at, or not known, may well be what is suppressed.
          unsure:
            complete && options.namespaces === undefined ? new Set([...Object.keys(unknown), ...(overrides?.rules ?? [])]) : undefined,
          options: options.suppressions ?? {},
          library: loaded.library,
        });
  const complaints = suppressions?.findings ?? [];
  const more = overrides?.apply(complaints, isAmong(selected.flat())) ?? complaints;
  const asked = [...(suppressions?.suppressed.values() ?? [])].map(({ at }) => at);
  const morePlaces = more.length + asked.length === 0 ? [] : (await locate([...placesOf(more), ...asked], locating)).places;
  const raw = [...findings, ...more];
  const finished =
    raw.length === 0 ? { findings: [], suppressed: [] } : finish(raw, new Map([...located.places, ...morePlaces]), suppressions?.suppressed);
  return {
    findings: finished.findings,
    suppressed: finished.suppressed,
    summary: { files: tally.files, resources: tally.resources, skipped: tally.skipped, unknown, suppressed: finished.suppressed.length },
    notifications: distinct(notifications),
    complete,
  };
}

function isAmong(selected: readonly ActiveRule[]): (rule: Rule) => boolean {
  const rules = new Set(selected.map(({ rule }) => rule));
  return (rule) => rules.has(rule);
}

/** Looks for suppressions in what is read, unless the options want none. */
function watchFor({ suppressions = {} }: LintOptions, active: readonly ActiveRule[]): SuppressionWatch | undefined {
  const { inline = true, annotations = true, foreign = true } = suppressions;
  if (!inline && !annotations && !foreign) return undefined;
  return new SuppressionWatch(active.some(({ rule }) => suppressionRules.some((id) => id === rule.id)));
}

/** The rule about reasons runs where these are required. */
function withReasons(options: LintOptions): LintOptions {
  if (options.suppressions?.requireReason !== true) return options;
  return { ...options, severities: { 'suppression-without-reason': 'warning', ...options.severities } };
}

function meshOf(builder: MeshBuilder, { config, networks, documents }: MeshSettings): Mesh {
  const { spec, kustomize } = builder;
  return createMesh({
    resources: builder.resources(config.rootNamespace),
    documents: [...builder.documents, ...documents],
    complete: spec.complete,
    config,
    networks,
    domain: spec.clusterDomain,
    assume: spec.assume,
    unread: builder.unread,
    ...(kustomize === undefined
      ? {}
      : { apart: (a, b) => kustomize.apart(normalizePath(a.origin.text.source.path), normalizePath(b.origin.text.source.path)) }),
  });
}

/** Places in these namespaces, on the Namespaces themselves, and where no namespace is known. */
function wantedIn(names: readonly string[] | undefined): ((place: Place) => boolean) | undefined {
  if (names === undefined) return undefined;
  const namespaces = new Set(names);
  return ({ resource }) => {
    if (resource === undefined || resource.kind === '') return true;
    const { kind, metadata, identity } = resource as typeof resource & Pick<Resource, 'identity'>;
    if (kind === 'Namespace')
      return identity === undefined ? namespaces.has(metadata.name) : (identity.names?.some((name) => namespaces.has(name)) ?? true);
    return identity === undefined
      ? namespaces.has(metadata.namespace)
      : (identity.namespaces?.some((name) => namespaces.has(name)) ?? true);
  };
}

/** What is undecided in any of the meshes. */
function sum(checked: readonly Checked[]): Summary['unknown'] {
  const [first, ...others] = checked;
  if (first === undefined || others.length === 0) return first?.unknown ?? {};
  const total: Record<string, Record<string, number>> = {};
  for (const { unknown } of checked) {
    for (const [rule, reasons] of Object.entries(unknown)) {
      const ofRule = (total[rule] ??= {});
      for (const [reason, count] of Object.entries(reasons)) ofRule[reason] = (ofRule[reason] ?? 0) + count;
    }
  }
  return total;
}

/** What several meshes say is said once. */
function distinct(notifications: readonly Notification[]): readonly Notification[] {
  const seen = new Set<string>();
  return notifications.filter((notification) => {
    const key = JSON.stringify(notification);
    return !seen.has(key) && seen.add(key);
  });
}
