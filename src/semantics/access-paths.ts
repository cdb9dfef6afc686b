import type { MeshConfig } from '../graph/mesh-config.ts';
import { matchesItems, type PatternItem } from './access-strings.ts';

/**
 * The target of a request as the server's proxy sees it before any policy does: without its fragment, escaped slashes unescaped, dot segments
 * resolved, slashes merged, as far as the mesh configuration asks for it. The query stays as it is.
 * Source: pilot/pkg/networking/core/listener_builder.go (buildHTTPConnectionManager); Envoy's path_utility.cc and conn_manager_utility.cc.
 */
export function normalizedTarget(target: string, normalization: MeshConfig['pathNormalization']): string {
  const hash = target.indexOf('#');
  const request = hash === -1 ? target : target.slice(0, hash);
  // `OPTIONS *` has no path.
  if (normalization === 'NONE' || !request.startsWith('/')) return request;
  const question = request.indexOf('?');
  const query = question === -1 ? '' : request.slice(question);
  let path = question === -1 ? request : request.slice(0, question);
  if (normalization === 'DECODE_AND_MERGE_SLASHES') path = path.replace(/%2f/gi, '/').replace(/%5c/gi, '\\');
  path = withoutDotSegments(canonicalCharacters(path));
  if (normalization === 'MERGE_SLASHES' || normalization === 'DECODE_AND_MERGE_SLASHES') path = path.replace(/\/{2,}/g, '/');
  return path + query;
}

/** What `paths` are compared with: the target up to its query. */
export function pathOf(target: string): string {
  const end = target.search(/[?#]/);
  return end === -1 ? target : target.slice(0, end);
}

/** Escapes of letters, digits, `-`, `.`, `_` and `~` become the characters; what may not stand in a path becomes an escape. */
function canonicalCharacters(path: string): string {
  const unescaped = path.replace(/%([0-9a-f]{2})/gi, (escape, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return /[a-z0-9\-._~]/i.test(char) ? char : escape;
  });
  return unescaped.replace(/[\u0000-\u0020"<>^`{|}\u007f]|[^\u0000-\u007f]+/g, (text) =>
    encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd')),
  );
}

function withoutDotSegments(path: string): string {
  const segments: string[] = [];
  const written = path.replaceAll('\\', '/').split('/').slice(1);
  for (const [i, segment] of written.entries()) {
    const last = i === written.length - 1;
    if (segment !== '.' && segment !== '..') {
      segments.push(segment);
      continue;
    }
    if (segment === '..') segments.pop();
    if (last) segments.push('');
  }
  return `/${segments.join('/')}`;
}

/** `paths` with one of these are URI templates. Source: pkg/config/security/security.go, ContainsPathTemplate. */
export function isPathTemplate(value: string): boolean {
  return value.includes('{*}') || value.includes('{**}');
}

/** What a URI template takes besides slashes; a star is not among it. */
const segmentCharacter = /[a-zA-Z0-9\-._~%!$&'()+,;:@=]/;

/**
 * `{*}` is one segment or a part of one, never empty; `{**}` is any number of segments, none among them, so that `/a/{**}` takes `/a/` and not `/a`.
 * Source: pilot/pkg/security/authz/matcher/template.go; Envoy's uri_template_internal.cc.
 */
export function matchesTemplate(template: string, path: string): boolean {
  // A star in it acts as the template that it stands for.
  const tokens =
    template
      .replaceAll('{*}', '*')
      .replaceAll('{**}', '**')
      .match(/\*\*|\*|[^*]/g) ?? [];
  const items = tokens.map((token): PatternItem => {
    if (token === '*') return { takes: (char) => segmentCharacter.test(char), least: 1, repeats: true };
    if (token === '**') return { takes: (char) => char === '/' || segmentCharacter.test(char), least: 0, repeats: true };
    return { takes: (char) => char === token, least: 1, repeats: false };
  });
  return matchesItems(items, path);
}
