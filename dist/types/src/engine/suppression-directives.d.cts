import type { Place, SourceText } from '../model/place.cjs';
import { type Library } from '../yaml/read.cjs';
import type { Path } from '../yaml/value.cjs';
/** What a comment or annotation asks for. */
export interface Directive {
    /** As it is written: `meshlint-disable-line`, or the annotation's key. */
    readonly name: string;
    /** Where it holds: a line of the source, a document of it, or a resource. */
    readonly scope: {
        readonly kind: 'line';
        readonly line: number;
    } | {
        readonly kind: 'document';
        readonly document: number;
    } | {
        readonly kind: 'resource';
        readonly document: number;
        readonly item: string;
    };
    /** Rules, or codes of the other tool. */
    readonly ids: readonly {
        readonly id: string;
        readonly at: Place;
    }[];
    /** Everything that the other tool says. */
    readonly all: boolean;
    readonly reason: string | undefined;
    /** Whose codes the ids are; undefined for rules of our own. */
    readonly tool: 'istioctl' | 'kiali' | undefined;
    readonly at: Place;
    readonly document: number;
}
export interface DirectiveKinds {
    readonly inline: boolean;
    readonly annotations: boolean;
    readonly foreign: boolean;
}
/** One string for the path of an item inside of a document. */
export declare function itemKey(item: Path): string;
/** All that a text asks to suppress, document by document. */
export declare function directivesIn(text: string, source: SourceText, kinds: DirectiveKinds, library: () => Promise<Library>): Promise<readonly Directive[]>;
