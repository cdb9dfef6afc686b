import { type DoubtReason } from '../model/doubt.cjs';
import type { Place } from '../model/place.cjs';
import type { ResourceOf } from '../model/resource.cjs';
/** Kinds that make pods, or are one. */
export declare const workloadKinds: readonly ["Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "Rollout"];
export type WorkloadKind = (typeof workloadKinds)[number];
export type WorkloadResource = ResourceOf<WorkloadKind>;
/** Pods as their template describes them. */
export interface Workload {
    readonly resource: WorkloadResource;
    readonly namespace: string;
    readonly name: string;
    /** Of the pods. */
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly serviceAccount: string;
    readonly hostNetwork: boolean;
    readonly ports: readonly WorkloadPort[];
}
/** A port that a container declares. */
export interface WorkloadPort {
    readonly workload: Workload;
    /** The container's port, which is what policies mean. */
    readonly number: number;
    readonly name: string | undefined;
    readonly at: Place;
}
export declare function workloadOf(resource: WorkloadResource): Workload;
/** A container's TCP port by its name: the first of that name, as Kubernetes finds it. */
export declare function portNamed(workload: Workload, name: string): number | undefined;
/** Why the labels of a workload's pods are not known; undefined where they are. */
export declare function labelsInDoubt({ resource }: Pick<Workload, 'resource'>): DoubtReason | undefined;
/** Where a label of a workload's pods stands. */
export declare function labelAt({ resource }: Workload, key: string): Place;
export type Membership = 'sidecar' | 'ambient' | 'none';
/**
 * How pods of a workload are part of the mesh; undefined when their Namespace decides it and is not known.
 * Source: pkg/kube/inject/inject.go (injectRequired), the chart's mutating webhook, and the ambient enrolment labels.
 */
export declare function membershipOf(workload: Workload, namespaceLabels: Readonly<Record<string, string>> | undefined): Membership | undefined;
