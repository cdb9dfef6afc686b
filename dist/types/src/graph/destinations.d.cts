import { type Place } from '../model/place.cjs';
import type { ResourceOf } from '../model/resource.cjs';
/** Where a VirtualService sends requests, connections or copies of requests. */
export interface Destination {
    readonly use: 'http' | 'tcp' | 'tls' | 'mirror';
    /** Index of its route in `spec.http`, `spec.tls` or `spec.tcp`. */
    readonly route: number;
    /** As written. */
    readonly host: string;
    /** As Istio reads it in the namespace of the VirtualService. */
    readonly fqdn: string;
    readonly subset: string | undefined;
    readonly port: number | undefined;
    readonly weight: number | undefined;
    /** The whole destination. */
    readonly at: Place;
    readonly hostAt: Place;
    /** The subset's name; the destination's place where none is written. */
    readonly subsetAt: Place;
}
type VirtualService = ResourceOf<'VirtualService'>;
type HttpRoute = NonNullable<VirtualService['spec']['http']>[number];
type WrittenDestination = NonNullable<HttpRoute['mirror']>;
/** Takes note of a destination as it is written: its use, the index of its route and its own (none for `mirror`), and its weight. */
type Visit = (written: WrittenDestination, use: Destination['use'], route: number, index: number | undefined, weight: number | undefined) => void;
/** All destinations of a VirtualService in the order of the text: http with its mirrors, tls, tcp. */
export declare function eachDestination({ spec }: VirtualService, visit: Visit): void;
/** The same, with their full names and places. */
export declare function destinationsOf(virtualService: VirtualService, domain: string): readonly Destination[];
export {};
