import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceText } from '../model/place.ts';
import type { Resource } from '../model/resource.ts';
import { clashingGroups, createVariants, sameContent } from './variants.ts';

const texts = new Map<string, SourceText>();
function textOf(path: string): SourceText {
  const known = texts.get(path) ?? { source: { path, read: () => '' }, hash: 0, context: false };
  texts.set(path, known);
  return known;
}

function service(path: string, name: string, content: number): Resource {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop', labels: { content: String(content) }, annotations: {} },
    spec: {},
    origin: { text: textOf(path), document: 0, item: [] },
    leftOut: [],
  };
}

const coexist = (resources: readonly Resource[], a: string, b: string): boolean =>
  createVariants(clashingGroups(resources)).coexist(textOf(a), textOf(b));

describe('variants', () => {
  it('are files that define a resource in different ways', () => {
    const resources = [service('a.yaml', 'web', 1), service('b.yaml', 'web', 2), service('c.yaml', 'web', 1), service('d.yaml', 'api', 1)];
    expect(coexist(resources, 'a.yaml', 'b.yaml')).toBe(false);
    expect(coexist(resources, 'a.yaml', 'c.yaml')).toBe(true);
    expect(coexist(resources, 'b.yaml', 'd.yaml')).toBe(true);
    expect(coexist(resources, 'a.yaml', 'a.yaml')).toBe(true);
  });

  it('are all files of two folders that hold files of one name which are', () => {
    const resources = [service('envs/dev/shop/web.yaml', 'web', 1), service('envs/prod/shop/web.yaml', 'web', 2)];
    expect(coexist(resources, 'envs/dev/other.yaml', 'envs/prod/more/other.yaml')).toBe(false);
    expect(coexist(resources, 'envs/dev/other.yaml', 'envs/dev/more.yaml')).toBe(true);
    expect(coexist(resources, 'envs/dev/other.yaml', 'envs/test/more.yaml')).toBe(true);
    expect(coexist(resources, 'envs/common.yaml', 'envs/prod/more.yaml')).toBe(true);
    expect(coexist(resources, 'dev/other.yaml', 'prod/more.yaml')).toBe(true);
  });

  it('are no folders whose files only happen to have a resource in common', () => {
    const resources = [service('apps/namespace.yaml', 'web', 1), service('infra/namespaces.yaml', 'web', 2)];
    expect(coexist(resources, 'apps/namespace.yaml', 'infra/namespaces.yaml')).toBe(false);
    expect(coexist(resources, 'apps/other.yaml', 'infra/other.yaml')).toBe(true);
  });

  it('are the same by index and by looking at each two files', () => {
    const step = fc.constantFrom('a', 'b', 'c');
    const path = fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => steps.join('/'));
    const resource = fc.tuple(path, fc.constantFrom('web', 'api'), fc.integer({ min: 1, max: 2 }));
    fc.assert(
      fc.property(fc.uniqueArray(resource, { maxLength: 8, selector: ([file, name]) => `${file} ${name}` }), path, path, (specs, a, b) => {
        const resources = specs.map(([file, name, content]) => service(file, name, content));
        expect(coexist(resources, a, b)).toBe(slowly(specs, a, b));
        expect(coexist([...resources].reverse(), b, a)).toBe(slowly(specs, a, b));
      }),
      { numRuns: 2000 },
    );
  });
});

type Spec = readonly [path: string, name: string, content: number];

/** The docstrings read literally. */
function slowly(specs: readonly Spec[], a: string, b: string): boolean {
  if (a === b) return true;
  const clash = (one: string, other: string): boolean =>
    specs.some(
      ([path, name, content]) =>
        path === one && specs.some(([path2, name2, content2]) => path2 === other && name === name2 && content !== content2),
    );
  if (clash(a, b)) return false;
  const stepsOfA = a.split('/');
  const stepsOfB = b.split('/');
  const apart = stepsOfA.findIndex((step, i) => step !== stepsOfB[i]);
  if (apart === -1) return true;
  const parent = stepsOfA.slice(0, apart).join('/');
  // Folders in which files of one name have a resource in common, of which not all are alike.
  const groups = new Map<string, { names: Set<string>; contents: Set<number> }>();
  for (const [path, name, content] of specs) {
    const steps = path.split('/');
    if (steps.length < apart + 2 || steps.slice(0, apart).join('/') !== parent) continue;
    const key = `${name} ${steps.slice(apart + 1).join('/')}`;
    const group = groups.get(key) ?? { names: new Set(), contents: new Set() };
    groups.set(key, group);
    group.names.add(steps[apart] ?? '');
    group.contents.add(content);
  }
  const variants = new Set(
    [...groups.values()].filter(({ names, contents }) => names.size > 1 && contents.size > 1).flatMap(({ names }) => [...names]),
  );
  return !(variants.has(stepsOfA[apart] ?? '') && variants.has(stepsOfB[apart] ?? ''));
}

describe('sameContent', () => {
  it('does not look at where a resource was read', () => {
    expect(sameContent(service('a.yaml', 'web', 1), service('b.yaml', 'web', 1))).toBe(true);
    expect(sameContent(service('a.yaml', 'web', 1), service('a.yaml', 'web', 2))).toBe(false);
  });
});
