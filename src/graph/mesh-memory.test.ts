import { describe, expect, it } from 'vitest';
import type { Resource } from '../model/resource.ts';
import { MeshMemory } from './mesh-memory.ts';

const nobody = (): readonly Resource[] => [];

/** Counts how often something is computed. */
function counted<T>(compute: () => T): { readonly run: () => T; readonly runs: () => number } {
  let runs = 0;
  return {
    run() {
      runs += 1;
      return compute();
    },
    runs: () => runs,
  };
}

describe('MeshMemory', () => {
  it('lets an outcome hold until something changes that was asked for it', () => {
    const memory = new MeshMemory();
    const { footing } = memory.observe(() => memory.askedKind('Service'));
    memory.advance(['Gateway'], ['documents'], nobody);
    expect(memory.holds(footing)).toBe(true);
    memory.advance(['Service'], [], nobody);
    expect(memory.holds(footing)).toBe(false);
  });

  it('tells the names of a kind apart', () => {
    const memory = new MeshMemory();
    const [old, other] = [{}, {}] as unknown as [Resource, Resource];
    const { footing: one } = memory.observe(() => memory.askedName('Service', 'shop/one', [old]));
    const { footing: none } = memory.observe(() => memory.askedName('Service', 'shop/none', []));
    memory.advance(['Service'], [], (_kind, name) => (name === 'shop/one' ? [other] : []));
    expect(memory.holds(one)).toBe(false);
    expect(memory.holds(none)).toBe(true);
    memory.advance(['Service'], [], () => [other]);
    expect(memory.holds(none)).toBe(false);
  });

  it('computes again what rests on a change, and nothing else', () => {
    const memory = new MeshMemory();
    const [what, otherWhat] = [{}, {}];
    const services = counted(() => memory.askedKind('Service'));
    const gateways = counted(() => memory.askedKind('Gateway'));
    const ask = (): void => {
      memory.derive(what, services.run);
      memory.derive(otherWhat, gateways.run);
    };
    ask();
    ask();
    memory.advance(['Gateway'], [], nobody);
    ask();
    expect([services.runs(), gateways.runs()]).toEqual([1, 2]);
  });

  it('lets hold what rests on something that comes out the same', () => {
    const memory = new MeshMemory();
    let names = ['a'];
    const list = {};
    const about = {};
    const derive = (): readonly string[] =>
      memory.derive(list, () => {
        memory.askedKind('Service');
        return [...names];
      });
    const first = memory.observe(derive);
    const longest = memory.observe(() =>
      memory.deriveFor(about, 'longest', undefined, () => Math.max(...derive().map(({ length }) => length))),
    );
    memory.advance(['Service'], [], nobody);
    expect(memory.holds(first.footing)).toBe(true);
    expect(derive()).toBe(first.outcome);
    names = ['b'];
    memory.advance(['Service'], [], nobody);
    expect(memory.holds(first.footing)).toBe(false);
    expect(memory.holds(longest.footing)).toBe(true);
    names = ['longer'];
    memory.advance(['Service'], [], nobody);
    expect(memory.holds(longest.footing)).toBe(false);
  });

  it('counts as another answer what only who asks can compute', () => {
    const memory = new MeshMemory();
    const [what, thing] = [{}, {}];
    const compute = counted(() => {
      memory.askedKind('Service');
      return 1;
    });
    const { footing } = memory.observe(() => memory.remember(what, thing, 80, compute.run));
    memory.advance(['Gateway'], [], nobody);
    expect(memory.holds(footing)).toBe(true);
    memory.advance(['Service'], [], nobody);
    expect(memory.holds(footing)).toBe(false);
    expect(compute.runs()).toBe(1);
    memory.remember(what, thing, 80, compute.run);
    expect(compute.runs()).toBe(2);
  });

  it('knows on what a failure rests', () => {
    const memory = new MeshMemory();
    const what = {};
    let fails = true;
    const ask = (): string => {
      try {
        return memory.derive(what, () => {
          memory.askedKind('Service');
          if (fails) throw new Error('no');
          return 'yes';
        });
      } catch {
        return 'no';
      }
    };
    const failed = memory.observe(ask);
    expect(failed.outcome).toBe('no');
    memory.advance(['Gateway'], [], nobody);
    expect(memory.holds(failed.footing)).toBe(true);
    fails = false;
    memory.advance(['Service'], [], nobody);
    expect(memory.holds(failed.footing)).toBe(false);
    const worked = memory.observe(ask);
    expect(worked.outcome).toBe('yes');
    fails = true;
    memory.advance(['Service'], [], nobody);
    expect(memory.holds(worked.footing)).toBe(false);
    expect(memory.observe(ask).outcome).toBe('no');
  });
});
