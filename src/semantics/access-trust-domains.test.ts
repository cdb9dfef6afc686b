import { describe, expect, it } from 'vitest';
import { expandedTrustDomains, rewrittenPrincipals } from './access-trust-domains.ts';

const mesh = ['td1', 'old-td'];

describe('a principal in a mesh with trust domain td1 and alias old-td', () => {
  it.each([
    ['cluster.local/ns/a/sa/b', ['td1/ns/a/sa/b', 'old-td/ns/a/sa/b']],
    ['old-td/ns/a/sa/b', ['td1/ns/a/sa/b', 'old-td/ns/a/sa/b']],
    ['cluster.local/ns/a/sa/*', ['td1/ns/a/sa/*', 'old-td/ns/a/sa/*']],
    ['foreign/ns/a/sa/b', ['foreign/ns/a/sa/b']],
    ['*/ns/a/sa/b', ['*/ns/a/sa/b']],
    ['*-td/ns/a/sa/b', ['td1/ns/a/sa/b', '*-td/ns/a/sa/b']],
    ['*local/ns/a/sa/b', ['*local/ns/a/sa/b']],
    ['cluster.local/ns/a/*', ['cluster.local/ns/a/*']],
    ['cluster.local/*', ['cluster.local/*']],
    ['*', ['*']],
  ])('%s stands for %j', (principal, principals) => {
    expect(rewrittenPrincipals(principal, mesh)).toEqual(principals);
  });

  it('has no pointer among trustDomains', () => {
    expect(expandedTrustDomains('old-td', mesh)).toEqual(mesh);
    expect(expandedTrustDomains('cluster.local', mesh)).toEqual(['cluster.local']);
  });
});
