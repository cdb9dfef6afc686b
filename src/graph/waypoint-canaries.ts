import { doubtAt, doubtReasons } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import { type Answer, found, outcomes, unknown } from './answer.ts';
import type { Mesh } from './mesh.ts';
import { namedGateway, type Waypoint } from './waypoint-gateways.ts';
import { label, type Labelled } from './waypoint-labels.ts';

/** A second waypoint of a service, which takes a share of what is sent to it. */
export interface CanaryWaypoint {
  readonly waypoint: Waypoint;
  /** The label by which it is used. */
  readonly label: Place;
  /** Its share, 0 to 100; the first one takes the rest. */
  readonly weight: number;
}

const canaryLabel = 'istio.io/use-waypoint-canary';
const namespaceLabel = 'istio.io/use-waypoint-canary-namespace';
const weightAnnotation = 'istio.io/use-waypoint-canary-weight';

/**
 * The canary beside the waypoint of a service; undefined: there is none, or it can't be used, and the waypoint takes everything. Its label and weight
 * are the service's own, and those of the Namespace (the second of `levels`) where the waypoint comes from there too.
 * Source: pilot/pkg/serviceregistry/ambient/waypoints.go, buildWeightedWaypoints.
 */
export function canaryOf(mesh: Mesh, primary: Waypoint, levels: readonly Labelled[]): Answer<CanaryWaypoint | undefined> {
  const doubt = levels.map((level) => level.doubt(canaryLabel)).find((reason) => reason !== undefined);
  if (doubt !== undefined) return unknown(doubt);
  const [own] = levels;
  const from = levels.find(({ labels }) => label(labels, canaryLabel) !== undefined);
  const written = from === undefined ? undefined : label(from.labels, canaryLabel);
  if (own === undefined || from === undefined || written === undefined || written === '' || written === 'none') return found(undefined);
  const inDoubt =
    from.doubt(namespaceLabel) ??
    levels.map(({ resource }) => doubtAt(resource, 'metadata', 'annotations', weightAnnotation)).find((reason) => reason !== undefined);
  if (inDoubt !== undefined) return unknown(inDoubt);
  const owner = label(from.labels, namespaceLabel) ?? own.namespace;
  const weight = weightOf(levels);
  if (`${owner}/${written}` === primary.name || weight === undefined) return found(undefined);
  const answer = mesh.lookup('KubernetesGateway', owner, written, from.resource);
  if (answer.kind === 'missing') return found(undefined);
  if (answer.kind === 'unknown') return answer;
  const [gateway, ...others] = outcomes(answer);
  if (gateway === undefined || others.length > 0) return unknown(doubtReasons.variant);
  const named = namedGateway(mesh, gateway, own.namespace, 'service');
  if (named.kind !== 'found') return named.kind === 'unknown' ? named : unknown(doubtReasons.variant);
  if (named.value.kind !== 'waypoint') return found(undefined);
  return found({ waypoint: named.value.waypoint, label: from.at(canaryLabel), weight });
}

/** 0 where none is written; undefined: it is not one. */
function weightOf(levels: readonly Labelled[]): number | undefined {
  const written = levels.map(({ annotations }) => label(annotations, weightAnnotation)).find((value) => value !== undefined) ?? '0';
  const weight = /^[+-]?\d+$/.test(written) ? Number(written) : -1;
  return weight >= 0 && weight <= 100 ? weight : undefined;
}
