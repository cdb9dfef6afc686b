import type { DocumentProblem } from '../graph/subjects.cjs';
import { type Kind } from '../model/kinds.cjs';
import type { Placeable } from '../model/place.cjs';
import type { SchemaProblem } from '../model/validate.cjs';
import type { Value } from '../yaml/value.cjs';
/** What of a resource is not there where only the standard channel of the Gateway API is installed. */
export interface Channel {
    /** In the order of the fields; what is written as null is nothing. */
    problemsOf(row: Kind, value: Value, resource: Placeable): readonly DocumentProblem[];
    /** Whether a fault against the schema, of the experimental channel, is one in this channel too. */
    objects(row: Kind, problem: SchemaProblem): boolean;
}
export declare const channel: Channel;
