import { doubtAt } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { Resource, ResourceOf } from '../model/resource.ts';
import { labelAt, type Workload } from './workloads.ts';

type Labels = Readonly<Record<string, string>>;
export type WaypointService = ResourceOf<'Service'> | ResourceOf<'ServiceEntry'>;

/** What may carry the labels: a service, the pods of a workload, or a Namespace for what lies in it. */
export interface Labelled {
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly resource: Resource;
  /** Of a label. */
  at(key: string): Place;
  /** Why a label is not known. */
  doubt(key: string): string | undefined;
}

export function fromResource(resource: WaypointService | ResourceOf<'Namespace'>): Labelled {
  const path = (key: string): readonly string[] => ['metadata', 'labels', key];
  return {
    // A Namespace speaks for what lies in it.
    namespace: resource.kind === 'Namespace' ? resource.metadata.name : resource.metadata.namespace,
    labels: resource.metadata.labels,
    annotations: resource.metadata.annotations,
    resource,
    at: (key) => ({ kind: 'node', resource, path: path(key), part: 'value' }),
    doubt: (key) => doubtAt(resource, ...path(key)),
  };
}

export function fromWorkload(workload: Workload): Labelled {
  const { namespace, labels, annotations, resource } = workload;
  const at = (key: string): Place => labelAt(workload, key);
  return {
    namespace,
    labels,
    annotations,
    resource,
    at,
    doubt: (key) => {
      const place = at(key);
      return place.kind === 'text' ? undefined : doubtAt(resource, ...place.path);
    },
  };
}

/** A label or an annotation, by its own key. */
export function label(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
