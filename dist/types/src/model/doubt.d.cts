import type { Path } from '../yaml/value.cjs';
import type { Resource } from './resource.cjs';
/** Why something that stands in a manifest is not known. These texts are what the summary counts. */
export declare const doubtReasons: {
    readonly shape: "a field does not have its type";
    readonly placeholder: "a value is a placeholder";
    readonly kustomize: "Kustomize changes a value";
    readonly identity: "a name or namespace is not known";
    readonly variant: "files define a resource in different ways, and which is real is not known";
};
export type DoubtReason = (typeof doubtReasons)[keyof typeof doubtReasons];
/** A part of a resource that is written, but is not what will be in the cluster: a placeholder, what a Kustomize patch changes. */
export interface Doubt {
    /** To a value, or to a key that is itself a placeholder. */
    readonly path: Path;
    readonly reason: DoubtReason;
}
/**
 * Of a resource whose name or namespace is not known. `metadata` then holds texts that no name can be, since they have braces:
 * `{dev,prod}`, `{prod-}web`, `${NAME}`; so it is found by no real name, and `hasPlaceholder` knows them.
 */
export interface UnknownIdentity {
    /** Which namespaces it may be in; undefined: any. */
    readonly namespaces: readonly string[] | undefined;
    /** Which names it may have; undefined: any. */
    readonly names: readonly string[] | undefined;
    /** As they stand in the manifest; empty where nothing does. */
    readonly written: {
        readonly name: string;
        readonly namespace: string;
    };
}
/**
 * Whether a name, namespace, host, subset or label holds a placeholder of any template language, or stands for several (`{dev,prod}`).
 * No such name can have a brace, so this is all that look-ups need to ask. Of free text placeholdersIn (src/engine) knows more.
 */
export declare function hasPlaceholder(name: string): boolean;
/**
 * Why the value at a path (or something above or below it) is not known; undefined where it is what it says. `*` stands for any step:
 * `doubtAt(rule, 'spec', 'subsets', '*', 'name')`.
 */
export declare function doubtAt(resource: Resource, ...path: readonly (string | number)[]): DoubtReason | undefined;
