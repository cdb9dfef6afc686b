import { describe, expect, it } from 'vitest';
import { at, below, keyAt, missingAt, type Place, spanAt } from './place.ts';
import type { ResourceOf } from './resource.ts';

const policy: ResourceOf<'PeerAuthentication'> = {
  apiVersion: 'security.istio.io/v1',
  kind: 'PeerAuthentication',
  metadata: { name: 'default', namespace: 'shop', labels: {}, annotations: {} },
  spec: { mtls: { mode: 'STRICT' } },
  origin: { text: { source: { path: 'a.yaml', read: () => '' }, hash: 0, context: false }, document: 0, item: [] },
  leftOut: [],
};

describe('a place', () => {
  it('is a resource and a path, and a misspelt path does not compile', () => {
    expect(at(policy, 'spec', 'mtls', 'mode')).toEqual({ kind: 'node', resource: policy, path: ['spec', 'mtls', 'mode'], part: 'value' });
    // @ts-expect-error there is no such field
    at(policy, 'spec', 'mtls', 'mod');
    // @ts-expect-error there is no such field
    at(policy, 'spek');
  });

  it('can be the key, something below, a part of a scalar, or what is not there', () => {
    const mtls = at(policy, 'spec', 'mtls');
    expect(keyAt(mtls)).toMatchObject({ part: 'key', path: ['spec', 'mtls'] });
    expect(below(mtls, 'mode')).toEqual(at(policy, 'spec', 'mtls', 'mode'));
    expect(missingAt(below(mtls, 'mode'))).toEqual({ kind: 'missing', resource: policy, path: ['spec', 'mtls', 'mode'] });
    expect(spanAt(at(policy, 'spec', 'mtls', 'mode'), 0, 3)).toMatchObject({ span: { start: 0, end: 3 } });
  });

  it('stays what it is where these make no sense', () => {
    const text: Place = { kind: 'text', text: policy.origin.text, range: { start: 0, end: 1 } };
    expect([keyAt(text), below(text, 'x'), missingAt(text), spanAt(text, 0, 1)]).toEqual([text, text, text, text]);
  });
});
