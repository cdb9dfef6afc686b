import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clause } from './authorization-rules.ts';
import { identitiesOf, oneTaken, takesEveryone, takesNobody, twoNamespacesOf } from './identities.ts';
import { areEveryone, crossNamespaces, exampleOf, isNobody } from './identity-patterns.ts';

const nowhere = {
  kind: 'text',
  text: { source: { path: '', read: () => '' }, hash: 0, context: false },
  range: { start: 0, end: 0 },
} as const;
const clause = (field: Clause['field'], values: readonly string[], notValues: readonly string[] = []): Clause => ({
  field,
  names: [],
  malformed: false,
  values,
  notValues,
  valuesAt: nowhere,
  notValuesAt: nowhere,
});

/** Principals, and what people make of them: pieces of an identity, with stars anywhere. */
const piece = fc.constantFrom(
  'cluster.local',
  'ns',
  'sa',
  'shop',
  'web',
  'team-a',
  'n',
  's',
  'Web',
  '',
  '*',
  'sh*',
  '*op',
  'team-*',
  '.',
  'a.b',
  '*a',
  '*sa',
  '*a*',
  '*s*',
  's*',
);
const value = fc.oneof(
  fc.array(piece, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/')),
  fc
    .tuple(fc.constantFrom('cluster.local/ns/', 'cluster.local/ns/shop/', '*/sa/', '*/ns/shop/sa/', '*', ''), piece)
    .map((parts) => parts.join('')),
);
const field = fc.constantFrom<Clause['field']>('principals', 'namespaces', 'serviceAccounts', 'trustDomains');

describe('the answers by a look', () => {
  it.each([
    '*',
    'cluster.local/*',
    'cluster.local/ns/*',
    'cluster.local/ns/shop*',
    'cluster.local/ns/shop/*',
    '*/sa/web',
    '*/web',
    '*web',
    'cluster.local/ns/*/sa/web',
    '*/ns/shop/*',
    'shop/web*',
  ])('agree about %s', (written) => {
    const region = identitiesOf([clause('principals', [written])], 'shop');
    expect(isNobody(written)).toBe(takesNobody(region));
    expect(areEveryone([clause('principals', [written])], 'shop')).toBe(takesEveryone(region));
    expect(crossNamespaces([clause('principals', [written])], written, 'shop')).toBe(twoNamespacesOf(region) !== undefined);
  });

  it('agree with the comparison of languages, for whatever is written', () => {
    fc.assert(
      fc.property(value, (written) => {
        const region = identitiesOf([clause('principals', [written])], 'shop');
        expect(isNobody(written)).toBe(takesNobody(region));
        if (written.includes('*'))
          expect(crossNamespaces([clause('principals', [written])], written, 'shop')).toBe(twoNamespacesOf(region) !== undefined);
      }),
      { numRuns: 300 },
    );
  });

  it('agree about everyone, and give examples that are taken', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(field, fc.array(value, { minLength: 1, maxLength: 2 })), { minLength: 1, maxLength: 2 }), (written) => {
        const clauses = written.map(([name, values]) => clause(name, values));
        const region = identitiesOf(clauses, 'shop');
        expect(areEveryone(clauses, 'shop')).toBe(takesEveryone(region));
        const example = exampleOf(clauses, 'shop');
        expect(example === undefined).toBe(oneTaken(region) === undefined);
        if (example !== undefined) expect(takesNobody([...region, ...identitiesOf([clause('principals', [example])], 'shop')])).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
