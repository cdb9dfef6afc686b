import type { Place, SourceText } from '../model/place.cjs';
import { type Location } from '../rule/finding.cjs';
import { type Library } from '../yaml/read.cjs';
/** Where a place is in its text. */
export interface Located {
    readonly location: Location;
    /** Where the aliased value itself stands, if the place was reached through an alias. */
    readonly anchor?: Location;
    /** What the value begins with as it is written: tells its quotes. Absent where the place is not in the text. */
    readonly first?: string;
}
export interface LocateOptions {
    readonly lineHashes: boolean;
    readonly library: () => Promise<Library>;
    readonly memory?: LocateMemory | undefined;
}
/** What was found in texts that are still the same. */
export interface LocateMemory {
    of(text: SourceText): KnownPlaces | undefined;
}
/** By the place itself, and by what it asks for. */
export interface KnownPlaces {
    readonly byPlace: WeakMap<Place, Located>;
    readonly byQuestion: Map<string, Located>;
}
export interface LocatedPlaces {
    readonly places: ReadonlyMap<Place, Located>;
    /** Paths of sources that were not what they had been: their places are approximate. */
    readonly changed: readonly string[];
}
/** Finds places in their texts, by a second pass over just the documents that are concerned, one source at a time. */
export declare function locate(places: Iterable<Place>, options: LocateOptions): Promise<LocatedPlaces>;
