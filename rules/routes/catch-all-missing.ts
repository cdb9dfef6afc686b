import { missingCatchAll } from '../../src/semantics/missing-catch-all.ts';
import { at } from '../../src/model/place.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { requestWords } from '../../src/semantics/request-words.ts';

export const catchAllMissing = defineRule({
  id: 'catch-all-missing',
  title: 'VirtualService that leaves some requests without a route',
  category: 'traffic',
  severity: 'info',
  presets: [],
  since: '0.1.0',
  subjects: ['VirtualService'],
  docs: {
    why: 'A VirtualService takes over all requests for its hosts. Those that none of its http routes matches get 404, and do not go to the service as they would without it.',
    help: 'Add a last route without match if these requests are meant to be served, or leave it if 404 is the right answer.',
    evidence:
      'The http routes of a VirtualService together do not match every request: all fields of a match are compared, regular expressions as languages, and the message has a request that no route takes. Who calls, and through which gateway or port, is left aside; at a gateway the VirtualServices of a host are merged, and seen together. Silent for delegates, and where a match can not be compared.',
    bad: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http: # info(http): no route takes a request for path "/other", which gets 404
          - match:
              - uri:
                  prefix: /reviews
            route:
              - destination:
                  host: reviews
      `,
    good: `
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - match:
              - uri:
                  prefix: /reviews
            route:
              - destination:
                  host: reviews
          - route:
              - destination:
                  host: reviews-rest
      `,
    references: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute'],
  },

  *check(virtualService, { mesh }) {
    const left = missingCatchAll(mesh, virtualService);
    if (left === undefined) return;
    const place = at(virtualService, 'spec', 'http');
    const request = requestWords(left);
    yield {
      at: place.kind === 'node' ? { ...place, part: 'key' } : place,
      message:
        request === undefined
          ? 'no route takes a request that has none of what they ask for, which gets 404'
          : `no route takes a request for ${request}, which gets 404`,
    };
  },
});
