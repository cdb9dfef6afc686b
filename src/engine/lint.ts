import { createMesh, type Mesh, type MeshInput } from '../graph/mesh.ts';
import type { Place } from '../model/place.ts';
import type { LintResult, Notification, Summary } from '../rule/finding.ts';
import type { Rule } from '../rule/rule.ts';
import type { Source } from '../text/source.ts';
import type { CheckMemory } from './check-memory.ts';
import { type FindingMemory, finish, placesOf } from './findings.ts';
import { ingestMeshes } from './ingest.ts';
import { loadersFor, type RunLoaders } from './loaders.ts';
import { locate, type Located, type LocateMemory } from './locate.ts';
import type { MeshBuilder } from './mesh-builder.ts';
import { type MeshSettings, meshSettings } from './mesh-settings.ts';
import type { LintOptions } from './options.ts';
import { type Plan, planOf } from './plan.ts';
import { type Checked, type Recall, runRules, saidOf } from './run-rules.ts';
import type { ActiveRule } from './select.ts';
import { Reading, type SourceStore } from './source-store.ts';
import type { Stopwatch } from './stopwatch.ts';
import { SuppressionWatch } from './suppression-watch.ts';
import type { DirectiveMemory } from './suppressions.ts';

/** What a run works with; what is kept from one run to the next is here too. */
export interface RunContext {
  readonly store: SourceStore;
  readonly loaders: RunLoaders;
  /** Sources that may hold suppressions; asked for when the places of all findings have been looked up. */
  readonly marked: () => ReadonlySet<Source>;
  readonly located?: LocateMemory;
  readonly directives?: DirectiveMemory;
  readonly finished?: FindingMemory;
  /** By the number of the mesh. */
  readonly checks?: (mesh: number) => CheckMemory;
}

export interface Ran {
  readonly result: LintResult;
  /** In the order of the options. */
  readonly meshes: readonly Mesh[];
}

/** Reads the sources, builds the meshes, asks the rules, finds the places. Throws a UsageError for options that name nothing. */
export async function runLint(
  sources: Iterable<Source>,
  options: LintOptions,
  rules: readonly Rule[],
  loaders: RunLoaders,
): Promise<LintResult> {
  const plan = planOf(options, rules);
  const loaded = loadersFor(options, loaders);
  const watch = plan.suppressions === 'none' ? undefined : new SuppressionWatch(plan.suppressions === 'everywhere');
  const watched = watch === undefined ? sources : Array.from(sources, (source) => watch.watch(source));
  const { result } = await run(plan, watched, { store: new Reading(loaded), loaders: loaded, marked: () => watch?.marked ?? new Set() });
  return result;
}

/** One analysis, whether it is the only one or one of many. */
export async function run(plan: Plan, sources: Iterable<Source>, context: RunContext): Promise<Ran> {
  const { options, specs, selected, active, overrides } = plan;
  const { store, loaders } = context;
  const { stopwatch } = options;
  const { tally } = store;
  stopwatch?.phase('parse');
  const builders = await ingestMeshes(sources, specs, store);
  stopwatch?.phase('mesh');
  const settings: MeshSettings[] = [];
  for (const builder of builders) {
    settings.push(await meshSettings(builder.spec, builder.read(), builder.operators, (text) => store.readText(text)));
  }

  const meshes: Mesh[] = [];
  const checked: Checked[] = [];
  for (const [i, builder] of builders.entries()) {
    const own = settings[i];
    if (own === undefined) continue;
    const input = meshInput(builder, own);
    const memory = context.checks?.(i);
    stopwatch?.phase('mesh');
    const mesh = memory?.mesh(input) ?? createMesh(input);
    meshes.push(mesh);
    stopwatch?.phase('rules');
    checked.push(runRules(active[i] ?? [], mesh, plan.isWanted, stopwatch ? timed(stopwatch, memory?.recall) : memory?.recall));
  }
  const all = checked.map((each, i) => overrides?.apply(each.findings, isAmong(selected[i] ?? [])) ?? each.findings);
  const findings = all.flat();
  const crashes = checked.flatMap((each) => each.notifications);
  const locating = { lineHashes: options.lineHashes ?? false, library: loaders.library, memory: context.located };
  stopwatch?.phase('locate');
  // Most runs find nothing, and need not load what finds places.
  const located = findings.length === 0 ? { places: new Map<Place, Located>(), changed: [] } : await locate(placesOf(findings), locating);
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
  stopwatch?.phase('suppress');
  const marked = context.marked();
  const suppressions =
    marked.size === 0
      ? undefined
      : await (
          await loaders.suppressions()
        )({
          findings,
          places: located.places,
          marked,
          resources: builders.flatMap((builder) => builder.read()),
          rules: plan.rules,
          active: active.flat(),
          // What is not looked at, or not known, may well be what is suppressed.
          unsure:
            complete && options.namespaces === undefined ? new Set([...Object.keys(unknown), ...(overrides?.rules ?? [])]) : undefined,
          options: options.suppressions ?? {},
          library: loaders.library,
          memory: context.directives,
        });
  const complaints = suppressions?.findings ?? [];
  const more = overrides?.apply(complaints, isAmong(selected.flat())) ?? complaints;
  stopwatch?.phase('locate');
  const asked = [...(suppressions?.suppressed.values() ?? [])].map(({ at }) => at);
  const places =
    more.length + asked.length === 0
      ? located.places
      : new Map([...located.places, ...(await locate([...placesOf(more), ...asked], locating)).places]);
  const raw = [...findings, ...more];
  const finished = raw.length === 0 ? { findings: [], suppressed: [] } : finish(raw, places, suppressions?.suppressed, context.finished);
  const { files, resources, skipped } = tally;
  return {
    result: {
      findings: finished.findings,
      suppressed: finished.suppressed,
      summary: { files, resources, skipped, unknown, suppressed: finished.suppressed.length },
      notifications: distinct(notifications),
      complete,
    },
    meshes,
  };
}

function timed(stopwatch: Stopwatch, recall: Recall | undefined): Recall {
  return (name, subject, rules, check) => {
    const timedCheck: typeof check = (active) => stopwatch.rule(active.rule.id, () => check(active));
    return recall === undefined ? saidOf(rules.map(timedCheck)) : recall(name, subject, rules, timedCheck);
  };
}

function isAmong(selected: readonly ActiveRule[]): (rule: Rule) => boolean {
  const rules = new Set(selected.map(({ rule }) => rule));
  return (rule) => rules.has(rule);
}

function meshInput(builder: MeshBuilder, { config, networks, documents }: MeshSettings): MeshInput {
  const { spec, kustomize } = builder;
  return {
    resources: builder.whole(config.rootNamespace),
    documents: [...builder.documents, ...documents],
    complete: spec.complete,
    config,
    networks,
    domain: spec.clusterDomain,
    assume: spec.assume,
    unread: builder.unread,
    ...(kustomize === undefined ? {} : { apart: kustomize.apart }),
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
