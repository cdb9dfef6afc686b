import type { Attached, RequestAuthentication } from '../graph/authorization.ts';
import type { Place } from '../model/place.ts';
import type { Claims, HttpRequest } from './access-call.ts';

/** What the proxy makes of a request's token. */
export type TokenResult =
  /** No token, or nobody looks for one: the request goes on without claims. */
  | { readonly kind: 'none' }
  | { readonly kind: 'accepted'; readonly claims: Claims; readonly spaceDelimited: ReadonlySet<string>; readonly at: readonly Place[] }
  /** 401 or 403; `at` are the rules that it does not satisfy. */
  | { readonly kind: 'rejected'; readonly at: readonly Place[] };

/** Claims that are lists of words without being asked for. */
const alwaysSpaceDelimited: readonly string[] = ['scope', 'permission'];

/**
 * A token that is valid by itself, against all RequestAuthentications of a workload together: one rule with its issuer and an audience of it is
 * enough. A request without a token passes, and so does a preflight request, whose token is not looked at.
 * Source: pilot/pkg/security/authn/policy_applier.go, convertToEnvoyJwtConfig.
 */
export function verifyToken(policies: readonly Attached<RequestAuthentication>[], request: HttpRequest): TokenResult {
  const rules = policies.flatMap(({ policy }) =>
    (policy.spec?.jwtRules ?? []).map((rule, i) => {
      const at: Place = { kind: 'node', resource: policy, path: ['spec', 'jwtRules', i], part: 'value' };
      return { rule, at };
    }),
  );
  const { jwt: claims } = request;
  if (claims === undefined || rules.length === 0 || isPreflight(request)) return { kind: 'none' };
  const issuer = claims['iss'];
  const ofIssuer = rules.filter(({ rule }) => rule.issuer === undefined || rule.issuer === '' || rule.issuer === issuer);
  const satisfied = ofIssuer.filter(({ rule: { audiences = [] } }) => audiences.length === 0 || hasAudience(claims, audiences));
  if (satisfied.length === 0) return { kind: 'rejected', at: (ofIssuer.length === 0 ? rules : ofIssuer).map(({ at }) => at) };
  const spaceDelimited = new Set([...alwaysSpaceDelimited, ...satisfied.flatMap(({ rule }) => rule.spaceDelimitedClaims ?? [])]);
  return { kind: 'accepted', claims, spaceDelimited, at: satisfied.map(({ at }) => at) };
}

function hasAudience({ aud }: Claims, audiences: readonly string[]): boolean {
  const wanted = new Set(audiences.map(comparable));
  const given: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return given.some((audience) => typeof audience === 'string' && wanted.has(comparable(audience)));
}

/** An audience that is a URL counts without scheme and last slash. Source: Envoy's jwt_verify_lib, check_audience.cc. */
function comparable(audience: string): string {
  return audience.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

function isPreflight({ method, headers = {} }: HttpRequest): boolean {
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  return method === 'OPTIONS' && names.has('origin') && names.has('access-control-request-method');
}
