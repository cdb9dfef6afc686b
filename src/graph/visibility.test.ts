import { describe, expect, it } from 'vitest';
import { isPrivate, isVisible, nearnessOf, visibilityOf } from './visibility.ts';

describe('exportTo', () => {
  it.each([
    ['a star, whatever else', ['~', '*'], ['shop', 'pay', 'ops']],
    ['a tilde, whatever names', ['~', 'pay'], []],
    ['a dot', ['.'], ['shop']],
    ['names', ['pay', 'ops'], ['pay', 'ops']],
    ['nothing', [], ['shop', 'pay', 'ops']],
  ])('with %s', (_, exportTo, seeing) => {
    const visibility = visibilityOf(exportTo, 'shop');
    expect(['shop', 'pay', 'ops'].filter((namespace) => isVisible(visibility, namespace))).toEqual(seeing);
  });

  it('has of the defaults of the mesh only the dot and the star', () => {
    expect(isPrivate(visibilityOf(undefined, 'shop', ['.', '*']), 'shop')).toBe(true);
    expect(isVisible(visibilityOf(undefined, 'shop', ['pay']), 'pay')).toBe(false);
    expect(isVisible(visibilityOf(['pay'], 'shop', ['.']), 'pay')).toBe(true);
  });

  it('is the nearer, the fewer it names', () => {
    const nearness = (exportTo: readonly string[], client: string): number | undefined =>
      nearnessOf(visibilityOf(exportTo, 'shop'), 'shop', client);
    expect([nearness(['.'], 'shop'), nearness(['pay'], 'pay'), nearness(['*'], 'pay'), nearness(['.'], 'pay')]).toEqual([
      0,
      1,
      2,
      undefined,
    ]);
  });
});
