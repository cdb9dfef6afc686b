import type { ModelKind } from '../model/kinds.cjs';
/** What exists although the input does not define it. Names are `namespace/name`; each part may be `*`. */
export interface Assumptions {
    readonly gateways?: readonly string[];
    /** `namespace/name`, or hosts: full names and wildcards. */
    readonly services?: readonly string[];
    readonly secrets?: readonly string[];
    /** Names. */
    readonly namespaces?: readonly string[];
}
export interface Assumed {
    /** Whether a resource of that kind and name is assumed to exist. */
    has(kind: ModelKind, namespace: string, name: string): boolean;
    /** Whether a service with that host (a full name) is. */
    hasHost(fqdn: string): boolean;
}
export declare function assumedBy({ gateways, services, secrets, namespaces }: Assumptions, domain: string): Assumed;
