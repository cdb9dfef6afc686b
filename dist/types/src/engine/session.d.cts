import type { Mesh } from '../graph/mesh.cjs';
import type { LintResult } from '../rule/finding.cjs';
import type { Source } from '../text/source.cjs';
import { type RunLoaders } from './loaders.cjs';
import type { Plan } from './plan.cjs';
/** What is different since the last time. */
export interface SourceChanges {
    /** Sources that are new or may have another text. Each takes the place of the one with its path; context is told apart from what is linted. */
    readonly changed?: Iterable<Source> | undefined;
    /** The paths of sources that are gone; a path that is not known does no harm. In one change what is removed goes first. */
    readonly removed?: Iterable<string> | undefined;
}
/** Sources that are linted again and again, and all that is known of them. */
export declare class Session {
    #private;
    /** The meshes of the last run, in the order of the options. */
    meshes: readonly Mesh[];
    constructor(plan: Plan, loaders: RunLoaders);
    /** Reads what is new or has changed, each source once. */
    apply(all: readonly SourceChanges[]): void;
    lint(): Promise<LintResult>;
}
