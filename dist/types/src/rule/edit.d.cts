import type { Place } from '../model/place.cjs';
import type { Value } from '../yaml/value.cjs';
/** One change of a document's tree; comments and layout of everything else stay. */
export type Edit = {
    readonly op: 'replace';
    readonly at: Place;
    readonly value: Value;
} | {
    readonly op: 'insert';
    readonly at: Place;
    readonly key?: string;
    readonly value: Value;
} | {
    readonly op: 'remove';
    readonly at: Place;
} | {
    readonly op: 'rename-key';
    readonly at: Place;
    readonly key: string;
} | {
    readonly op: 'move';
    readonly at: Place;
    readonly to: Place;
};
/** `safe` keeps what the mesh does or is the only thing that can have been meant; `suggestion` wants a person's eye. */
export interface Fix {
    readonly title: string;
    readonly safety: 'safe' | 'suggestion';
    readonly edits: readonly Edit[];
}
