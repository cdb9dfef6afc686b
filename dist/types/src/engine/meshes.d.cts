import type { Assumptions } from '../graph/assumptions.cjs';
import type { Completeness } from '../graph/completeness.cjs';
import { type ConfigInput, type LintOptions } from './options.cjs';
import { type VersionRange } from './versions.cjs';
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
export declare function meshSpecs(options: LintOptions): readonly MeshSpec[];
