/** Istio versions, both ends included. */
export interface VersionRange {
    readonly from: number;
    readonly to: number;
}
/** `1.26` or `1.26-1.28`; a patch version is looked over. Throws a UsageError. */
export declare function parseVersions(text: string): VersionRange;
/** Whether something that holds from one version to another (both included) holds for any of these. */
export declare function holdsFor({ since, until }: {
    readonly since?: string;
    readonly until?: string;
}, versions: VersionRange): boolean;
