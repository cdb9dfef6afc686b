import type { SourceText } from '../model/place.ts';

/** Where what Istio brings itself was read: nowhere. It has no place that could be shown. */
export const builtInText: SourceText = { source: { path: 'istio', read: () => '' }, hash: 0, context: true };
