import type { ModelKind } from '../model/kinds.cjs';
import type { Place, SourceText } from '../model/place.cjs';
import type { ResourceOf } from '../model/resource.cjs';
import type { HostSubject } from './claims.cjs';
import type { Mesh } from './mesh.cjs';
import type { Workload, WorkloadPort } from './workloads.cjs';
/** Something wrong with a document as such, found while it was read. */
export interface DocumentProblem {
    /**
     * `yaml`: its text does not parse, or is beyond the limits. `shape`: it is no resource of its kind. `channel`: something in it is not in the
     * installed channel of the Gateway API.
     */
    readonly kind: 'yaml' | 'shape' | 'channel';
    readonly message: string;
    readonly at: Place;
}
/** A document that has problems. */
export interface ReadDocument {
    readonly text: SourceText;
    /** Index in its source. */
    readonly index: number;
    readonly problems: readonly DocumentProblem[];
}
/** What the graph derives and enumerates, besides the resources themselves. */
export interface DerivedSubjects {
    /** Each document that has problems of its own. */
    readonly document: ReadDocument;
    /** Each host that a VirtualService claims, as its clients see it. */
    readonly host: HostSubject;
    readonly workload: Workload;
    readonly 'workload-port': WorkloadPort;
    readonly mesh: Mesh;
}
export type SubjectName = ModelKind | keyof DerivedSubjects;
export type SubjectOf<S extends SubjectName> = S extends keyof DerivedSubjects ? DerivedSubjects[S] : S extends ModelKind ? ResourceOf<S> : never;
