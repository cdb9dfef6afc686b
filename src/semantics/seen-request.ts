import type { Mesh } from '../graph/mesh.ts';
import type { HttpRequest, SeenRequest } from './access-call.ts';
import { normalizedTarget } from './access-paths.ts';
import type { TokenResult } from './access-tokens.ts';

/** A request as the server's proxy sees it, once its token is looked at. */
export function seenRequest(mesh: Mesh, http: HttpRequest, token: TokenResult): SeenRequest {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(http.headers ?? {})) {
    const key = name.toLowerCase();
    const text = typeof value === 'string' ? value : value.join(',');
    const known = headers.get(key);
    headers.set(key, known === undefined ? text : `${known},${text}`);
  }
  return {
    method: http.method,
    host: http.host,
    target: normalizedTarget(http.path, mesh.config.pathNormalization),
    headers,
    claims: token.kind === 'accepted' ? token.claims : undefined,
    spaceDelimited: token.kind === 'accepted' ? token.spaceDelimited : new Set(),
  };
}
