import type { Place } from '../model/place.cjs';
import type { Resource } from '../model/resource.cjs';
import type { Rule } from '../rule/rule.cjs';
import { type Source } from '../text/source.cjs';
import type { Library } from '../yaml/read.cjs';
import type { Located } from './locate.cjs';
import type { SuppressionOptions } from './options.cjs';
import type { RawFinding } from './run-rules.cjs';
import type { ActiveRule } from './select.cjs';
import { type Directive } from './suppression-directives.cjs';
export interface SuppressionInput {
    readonly findings: readonly RawFinding[];
    readonly places: ReadonlyMap<Place, Located>;
    /** Sources that may hold suppressions. */
    readonly marked: ReadonlySet<Source>;
    /** What was read; only in documents of these a suppression can be unused. */
    readonly resources: Iterable<Resource>;
    readonly rules: readonly Rule[];
    /** The rules that ran, in any mesh. */
    readonly active: readonly ActiveRule[];
    /** Rules of which it can't be said that they find nothing; undefined when that is so for all. */
    readonly unsure: ReadonlySet<string> | undefined;
    readonly options: SuppressionOptions;
    readonly library: () => Promise<Library>;
    readonly memory?: DirectiveMemory | undefined;
}
/** What sources ask for that are still the same. */
export type DirectiveMemory = Map<Source, SourceDirectives>;
/** What one text asks for. */
export interface SourceDirectives {
    readonly directives: readonly Directive[];
    /** Where each of its documents ends. */
    readonly ends: readonly number[];
}
/** What asks for it that a finding is not reported, before its place is looked up in the text. */
export interface RawSuppression {
    readonly kind: 'inSource';
    readonly justification: string | undefined;
    readonly at: Place;
}
export interface Suppressions {
    readonly suppressed: ReadonlyMap<RawFinding, RawSuppression>;
    /** What is wrong with the suppressions themselves. */
    readonly findings: readonly RawFinding[];
}
/** Finds what the manifests themselves ask to be left out of the report, and what is wrong with how they ask. */
export declare function suppress(input: SuppressionInput): Promise<Suppressions>;
