import type { Place } from '../model/place.cjs';
import type { ResourceOf } from '../model/resource.cjs';
import type { Mesh } from './mesh.cjs';
/** What defines a Secret: itself, or something from which a controller makes it. */
export interface SecretDefinition {
    readonly resource: ResourceOf<'Secret' | 'Certificate' | 'ExternalSecret' | 'SealedSecret' | 'SecretProviderClass' | 'KubernetesGateway' | 'Ingress'>;
    /** Its name there. */
    readonly at: Place;
}
export interface Secrets {
    /** All definitions by `namespace/name`, the plainest first. */
    readonly byName: ReadonlyMap<string, readonly SecretDefinition[]>;
    /** Namespaces in which something defines a Secret without that its name is known. */
    readonly unnamed: ReadonlySet<string>;
}
/** For look-ups with completeness and assumptions use `mesh.secret`. */
export declare function secretsOf(mesh: Mesh): Secrets;
