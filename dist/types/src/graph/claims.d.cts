import { type Place } from '../model/place.cjs';
import type { ResourceOf } from '../model/resource.cjs';
type VirtualService = ResourceOf<'VirtualService'>;
/** One VirtualService that lists a host. */
export interface HostClaim {
    readonly virtualService: VirtualService;
    /** The host as written. */
    readonly at: Place;
    /** `mesh` or `namespace/name`. */
    readonly gateways: readonly string[];
}
/** A host that VirtualServices claim. */
export interface HostSubject {
    /** As Istio reads it: a full name, a wildcard, or an address. */
    readonly host: string;
    /** In the order of the sources; at least one. */
    readonly claims: readonly HostClaim[];
}
/**
 * A reference to a gateway as Istio reads it in a VirtualService: `gw` and `./gw` are of its own namespace, `ns/gw` is itself,
 * and a dotted name without a slash is the old form `gw.ns`. Source: pilot/pkg/model/config.go, ResolveGatewayName... lines 245-270.
 */
export declare function resolveGateway(written: string, namespace: string): string;
/** The gateways of a VirtualService; none written means the mesh itself. */
export declare function gatewaysOf(virtualService: VirtualService): readonly string[];
export declare function claimedHosts(all: readonly VirtualService[], domain: string): readonly HostSubject[];
export {};
