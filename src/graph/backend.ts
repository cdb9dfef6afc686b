import type { Place } from '../model/place.ts';

/** A host that routes send traffic to, whatever the kind that says so. */
export interface Backend {
  /** As written. */
  readonly host: string;
  readonly fqdn: string;
  readonly port: number | undefined;
  readonly mirror: boolean;
  /** Namespaces whose proxies send it there. */
  readonly clients: readonly string[];
  readonly hostAt: Place;
  readonly portAt: Place;
}
