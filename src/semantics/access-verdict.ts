import type { KubernetesGateway } from '../graph/gateway-api.ts';
import type { InboundPort } from '../graph/inbound-ports.ts';
import type { WaypointService } from '../graph/waypoint-labels.ts';
import type { Workload } from '../graph/workloads.ts';
import type { Place } from '../model/place.ts';
import type { Caller, HttpRequest } from './access-call.ts';
import type { Regexes } from './access-strings.ts';
import type { TokenResult } from './access-tokens.ts';
import type { Decision } from './authorization-decision.ts';
import type { MtlsDecision } from './mtls-modes.ts';

/** What a caller connects to: the address of the pod, or a service by one of its ports. */
export type CalledAddress = 'pod' | { readonly service: WaypointService; readonly port: number };

/** May this caller do this? */
export interface AccessQuestion {
  readonly from: Caller;
  readonly to: Workload;
  /** Of the container, declared or not. */
  readonly port: number;
  /** Where the caller's connection goes to. Not given: not known, and then every way that may be taken must come to the same. */
  readonly address?: CalledAddress | undefined;
  /** Absent: a connection of bytes that are not HTTP. */
  readonly http?: HttpRequest | undefined;
  /** Server name and address, where known. */
  readonly sni?: string | undefined;
  readonly destinationIp?: string | undefined;
}

/** `no-connection`: plaintext where only mutual TLS is taken. `protocol-error`: bytes where only HTTP is. */
export type AccessOutcome = 'allow' | 'deny' | 'no-connection' | 'protocol-error';

/**
 * Why.
 * - `no-proxy`, `not-captured`: nothing of the mesh stands between the caller and the application.
 * - `strict-mtls`, `http-only`: no policy was asked.
 * - `token`: a token that no RequestAuthentication accepts.
 * - the others: see `Decision`.
 */
export type AccessReason = 'no-proxy' | 'not-captured' | 'strict-mtls' | 'http-only' | 'token' | Decision['reason'];

/** One way to an outcome: what held on it, and what decided. */
export interface AccessWay {
  readonly reason: AccessReason;
  /** What decides whether mutual TLS is taken; each may be what holds, depending on creation. Empty where there is no proxy. */
  readonly mtls: readonly MtlsDecision[];
  /** The port as the sidecar opens it, likewise. */
  readonly ports: readonly InboundPort[];
  /** The caller comes with mutual TLS, and so with its identity. */
  readonly mutual: boolean;
  /** The caller's trust domain is none of the mesh's: the handshake fails unless certificates of that domain are trusted. */
  readonly foreignTrustDomain: boolean;
  readonly token?: TokenResult;
  readonly decision?: Decision;
  /** Of an ambient mesh, which the call comes through. It decides where it does not let the call through, else what stands behind it. */
  readonly waypoint?: WaypointPassage;
  /** All that decided, the most important first. */
  readonly places: readonly Place[];
}

/** An outcome with all ways to it: several where it is the same whichever resource is the oldest. */
export interface Verdict {
  readonly outcome: AccessOutcome;
  readonly ways: readonly [AccessWay, ...AccessWay[]];
}

/** A waypoint on the way of a call. */
export interface WaypointPassage {
  readonly gateway: KubernetesGateway;
  /** The label by which it is used. */
  readonly label: Place;
  /** What its policies say; undefined where they were not asked. */
  readonly decision?: Decision;
}

export interface AccessOptions {
  /** For values that act as regular expressions beyond stars and dots; without it they make the answer unknown. */
  readonly regexes?: Regexes | undefined;
}
