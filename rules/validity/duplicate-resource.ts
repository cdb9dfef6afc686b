import { at } from '../../src/model/place.ts';
import { nameOf } from '../../src/model/resource.ts';
import { defineRule } from '../../src/rule/rule.ts';

export const duplicateResource = defineRule({
  id: 'duplicate-resource',
  title: 'The same resource twice in one file',
  category: 'hygiene',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  subjects: ['mesh'],
  docs: {
    why: 'kubectl applies the documents of a file one after the other, and the later one replaces the earlier one. What only the earlier one says never holds.',
    help: 'Merge the two documents, or give one of them another name or namespace.',
    evidence:
      'Two documents of one file have the same kind, namespace and name. The same resource in two files may be two variants of it (overlays), and is not reported.',
    bad: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default # warning: PeerAuthentication "shop/default" is already in this file
        namespace: shop
      `,
    good: `
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: pay
      `,
    references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/names/'],
  },

  *check(mesh) {
    for (const [first, ...others] of mesh.repeatedInSource()) {
      for (const resource of others) {
        if (resource.origin.text.context) continue;
        yield {
          at: at(resource, 'metadata', 'name'),
          message: `${mesh.writtenKind(resource)} "${nameOf(resource)}" is already in this file`,
          related: [{ at: at(first, 'metadata', 'name'), message: 'the first one is here' }],
        };
      }
    }
  },
});
