import type { Assumptions } from '../graph/assumptions.ts';
import type { Completeness } from '../graph/completeness.ts';
import { kinds, type ModelKind } from '../model/kinds.ts';
import { closest } from '../rule/closest.ts';
import { compileGlobIn } from './folder-glob.ts';
import { type Complete, type ConfigInput, type LintOptions, type MeshOptions, UsageError } from './options.ts';
import { parseVersions, type VersionRange } from './versions.ts';

/** One mesh of a run, with all that the options say of it. */
export interface MeshSpec {
  /** Undefined when the run has one mesh. */
  readonly name: string | undefined;
  /** Whether a source belongs to it, by its path. */
  readonly covers: (path: string) => boolean;
  readonly complete: Completeness;
  readonly defaultNamespace: string;
  readonly istioNamespace: string | undefined;
  readonly istioVersions: VersionRange | undefined;
  readonly meshConfig: ConfigInput | undefined;
  readonly meshNetworks: ConfigInput | undefined;
  readonly assume: Assumptions;
  readonly clusterDomain: string;
}

/** The meshes of a run, at least one. Throws a UsageError for names, kinds, versions that are none. */
export function meshSpecs(options: LintOptions): readonly MeshSpec[] {
  const { meshes } = options;
  if (options.assume !== undefined) checkAssumptions(options.assume);
  if (meshes === undefined) return [specOf(undefined, () => true, options, {})];
  if (meshes.length === 0) throw new UsageError('the list of meshes is empty', 'leave it out to analyse all files as one mesh');
  const names = new Set<string>();
  return meshes.map((mesh) => {
    if (names.has(mesh.name)) throw new UsageError(`there are two meshes "${mesh.name}"`);
    names.add(mesh.name);
    if (mesh.paths.length === 0) throw new UsageError(`mesh "${mesh.name}" has no paths`);
    const globs = mesh.paths.map((pattern) => compileGlobIn(options.folder ?? '', pattern, options.globFolder));
    return specOf(mesh.name, (path) => globs.some((matches) => matches(path)), options, mesh);
  });
}

function specOf(name: string | undefined, covers: MeshSpec['covers'], options: LintOptions, mesh: MeshOptions): MeshSpec {
  const istioVersion = mesh.istioVersion ?? options.istioVersion;
  return {
    name,
    covers,
    complete: completenessFrom(mesh.complete ?? options.complete ?? false),
    defaultNamespace: mesh.defaultNamespace ?? options.defaultNamespace ?? 'default',
    istioNamespace: options.istioNamespace,
    istioVersions: istioVersion === undefined ? undefined : parseVersions(istioVersion),
    meshConfig: mesh.meshConfig ?? options.meshConfig,
    meshNetworks: mesh.meshNetworks ?? options.meshNetworks,
    assume: options.assume ?? {},
    clusterDomain: options.clusterDomain ?? 'cluster.local',
  };
}

function completenessFrom(complete: Complete): Completeness {
  if (typeof complete === 'boolean') return complete;
  const { namespaces, kinds: written } = complete;
  return { ...(namespaces === undefined ? {} : { namespaces }), ...(written === undefined ? {} : { kinds: written.flatMap(kindsNamed) }) };
}

function kindsNamed(written: string): readonly ModelKind[] {
  const named = kinds.filter((row) => row.kind === written || row.written === written).map(({ kind }) => kind);
  if (named.length > 0) return named;
  const guess = closest(
    written,
    kinds.map((row) => row.written),
  );
  throw new UsageError(
    `there is no kind "${written}" that could be complete`,
    guess === undefined ? undefined : `did you mean "${guess}"?`,
  );
}

/** What is assumed must be named in a way that can be found. */
function checkAssumptions({ gateways = [], services = [], secrets = [], namespaces = [] }: Assumptions): void {
  for (const [what, names] of [
    ['gateway', gateways],
    ['secret', secrets],
  ] as const) {
    for (const name of names) {
      if (!/^[^/]+\/[^/]+$/.test(name))
        throw new UsageError(`the assumed ${what} "${name}" needs a namespace`, 'write NAMESPACE/NAME; each may be *');
    }
  }
  for (const name of services) {
    const fits = name.includes('/') ? /^[^/]+\/[^/]+$/.test(name) : name.includes('.');
    if (!fits)
      throw new UsageError(`the assumed service "${name}" needs a namespace or a domain`, 'write NAMESPACE/NAME or a full host name');
  }
  for (const name of namespaces) if (name === '' || name.includes('/')) throw new UsageError(`the assumed namespace "${name}" is no name`);
}
