import { doubtAt } from '../model/doubt.ts';
import type { Place } from '../model/place.ts';
import type { ResourceOf } from '../model/resource.ts';
import { resolveGateway } from './claims.ts';
import { resolveHost } from './hosts.ts';
import {
  anyRequest,
  fieldMatches,
  type RouteEntry,
  type RouteMatch,
  type RouteRedirect,
  type RouteTarget,
  textMatch,
} from './route-config.ts';

export type VirtualService = ResourceOf<'VirtualService'>;
export type WrittenHttpRoute = NonNullable<VirtualService['spec']['http']>[number];
type WrittenMatch = NonNullable<WrittenHttpRoute['match']>[number];
type WrittenDestination = NonNullable<WrittenHttpRoute['mirror']>;

const none: readonly never[] = [];
const noLabels: Readonly<Record<string, string>> = {};

/** Some route of it leaves to another VirtualService what becomes of its requests. */
export function hasDelegates({ spec }: VirtualService): boolean {
  return spec.http?.some(({ delegate }) => delegate !== undefined) ?? false;
}

/** Reads the http routes of one VirtualService, with names resolved in its namespace and the place of everything. */
export class VirtualServiceRoutes {
  readonly #resource: VirtualService;
  readonly #domain: string;

  constructor(resource: VirtualService, domain: string) {
    this.#resource = resource;
    this.#domain = domain;
  }

  /** Source: pilot/pkg/model/virtualservice.go, resolveVirtualServiceShortnames. */
  http(written: WrittenHttpRoute, index: number): RouteEntry {
    const path = ['spec', 'http', index] as const;
    const { route = none, mirrors = none, directResponse, rewrite } = written;
    const targets = route.map(({ destination, weight, headers }, i) =>
      this.target(destination, ['spec', 'http', index, 'route', i, 'destination'], weight ?? 0, authorityOf(headers?.request)),
    );
    return {
      name: written.name ?? '',
      matches: this.#matches(written.match ?? none, ['spec', 'http', index, 'match']),
      targets,
      mirror: written.mirror === undefined ? undefined : this.target(written.mirror, [...path, 'mirror'], 0, undefined),
      mirrorPercent: percentOf(written),
      mirrors: mirrors.map(({ destination, percentage }, i) => ({
        target: this.target(destination, [...path, 'mirrors', i, 'destination'], 0, undefined),
        percent: percentage === undefined ? 100 : (percentage.value ?? 0),
      })),
      redirect: written.redirect === undefined ? undefined : this.#redirect(written.redirect, [...path, 'redirect']),
      directResponse:
        directResponse === undefined ? undefined : { status: directResponse.status, at: this.#at([...path, 'directResponse', 'status']) },
      rewrite:
        rewrite === undefined
          ? undefined
          : {
              prefix: rewrite.uriRegexRewrite === undefined ? nonEmpty(rewrite.uri) : undefined,
              regex:
                rewrite.uriRegexRewrite === undefined
                  ? undefined
                  : { pattern: rewrite.uriRegexRewrite.match ?? '', substitution: rewrite.uriRegexRewrite.rewrite ?? '' },
              host: nonEmpty(rewrite.authority),
            },
      headers: written.headers === undefined ? undefined : { host: authorityOf(written.headers.request) },
      rank: index,
      resource: this.#resource,
      unknown: doubtAt(this.#resource, ...path),
      at: this.#at(path),
      delegatedBy: undefined,
    };
  }

  #at(path: readonly (string | number)[]): Place {
    return { kind: 'node', resource: this.#resource, path, part: 'value' };
  }

  #gateways(written: readonly string[] | undefined): readonly string[] {
    return (written ?? none).map((gateway) => resolveGateway(gateway, this.#resource.metadata.namespace));
  }

  #matches(written: readonly WrittenMatch[], path: readonly (string | number)[]): readonly RouteMatch[] {
    // Matches that are written and yet not here are some that nothing is known of.
    if (written.length === 0 && doubtAt(this.#resource, ...path) !== undefined) return [{ ...anyRequest(this.#at(path)), doubtful: true }];
    return written.map((match, i) => this.#match(match, [...path, i]));
  }

  #match(written: WrittenMatch, path: readonly (string | number)[]): RouteMatch {
    const optional = (match: WrittenMatch['uri']) => (match === undefined ? undefined : textMatch(match));
    return {
      name: nonEmpty(written.name),
      uri: optional(written.uri),
      bySegment: false,
      ignoreUriCase: written.ignoreUriCase ?? false,
      headers: fieldMatches(written.headers),
      withoutHeaders: fieldMatches(written.withoutHeaders),
      queryParams: fieldMatches(written.queryParams),
      method: optional(written.method),
      authority: optional(written.authority),
      scheme: optional(written.scheme),
      port: portOf(written.port),
      sourceLabels: written.sourceLabels ?? noLabels,
      sourceNamespace: nonEmpty(written.sourceNamespace),
      gateways: this.#gateways(written.gateways),
      doubtful: doubtAt(this.#resource, ...path) !== undefined,
      at: this.#at(path),
    };
  }

  /** `path`: of the whole destination. */
  target(written: WrittenDestination, path: readonly (string | number)[], weight: number, hostRewrite: string | undefined): RouteTarget {
    return {
      host: resolveHost(written.host, this.#resource.metadata.namespace, this.#domain),
      subset: nonEmpty(written.subset),
      port: portOf(written.port?.number),
      weight,
      hostRewrite,
      at: this.#at(path),
    };
  }

  /** Source: pilot/pkg/networking/core/route/route.go, ApplyRedirect. */
  #redirect(written: NonNullable<WrittenHttpRoute['redirect']>, path: readonly (string | number)[]): RouteRedirect {
    return {
      host: nonEmpty(written.authority),
      path: nonEmpty(written.uri),
      prefix: nonEmpty(written.prefixRewrite),
      scheme: nonEmpty(written.scheme),
      port: written.derivePort === 'FROM_REQUEST_PORT' ? 'request' : portOf(written.port),
      status: written.redirectCode === undefined || written.redirectCode === 0 ? 301 : written.redirectCode,
      at: this.#at(path),
    };
  }
}

/** `mirrorPercentage` stands over the older `mirrorPercent`; undefined: neither is written, which means all. */
function percentOf({ mirrorPercentage, mirrorPercent, mirror_percent }: WrittenHttpRoute): number | undefined {
  return mirrorPercentage === undefined ? (mirrorPercent ?? mirror_percent) : (mirrorPercentage.value ?? 0);
}

/** The Host header that header operations set: `set` stands over `add`. Source: route.go, TranslateHeadersOperations. */
function authorityOf(
  operations: { readonly set?: Readonly<Record<string, string>>; readonly add?: Readonly<Record<string, string>> } | undefined,
): string | undefined {
  if (operations === undefined) return undefined;
  for (const headers of [operations.set, operations.add]) {
    const entry = Object.entries(headers ?? {}).find(([name, value]) => value !== '' && /^(host|:authority)$/i.test(name));
    if (entry !== undefined) return entry[1];
  }
  return undefined;
}

export function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** Port 0 is as if none were written. */
export function portOf(port: number | undefined): number | undefined {
  return port === 0 ? undefined : port;
}
