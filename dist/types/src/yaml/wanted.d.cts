/** Of which values nodes are made: most of a document is nothing that anybody asks about. */
export interface Wanted {
    /** What is wanted of the value below a key or at an index; undefined: nothing. */
    below(step: string | number): Wanted | undefined;
}
/** Every value. */
export declare const everything: Wanted;
/** Just the value itself. */
export declare const itself: Wanted;
