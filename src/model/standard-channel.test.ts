import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { kinds } from './kinds.ts';
import { type ChannelDifference, standardChannel } from './standard-channel.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly [keyword: string]: unknown;
}

interface Crd {
  readonly kind?: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

const crds = path.resolve(import.meta.dirname, '../../../shared/crds');

function channel(name: string): ReadonlyMap<string, Crd['spec']> {
  const documents = loadAll(readFileSync(path.join(crds, `gateway-api-${name}.yaml`), 'utf8')) as readonly (Crd | null)[];
  return new Map(
    documents.flatMap((document) => {
      if (document?.kind !== 'CustomResourceDefinition') return [];
      const { group, names } = document.spec;
      return [[kinds.find((row) => row.group === group && row.written === names.kind)?.kind ?? names.kind, document.spec] as const];
    }),
  );
}

function fieldsOf(schema: Schema, at: readonly string[] = [], fields = new Map<string, Schema>()): Map<string, Schema> {
  fields.set(at.join('.'), schema);
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    if (at.length > 0 || name === 'spec') fieldsOf(inner, [...at, name], fields);
  }
  if (schema.items !== undefined) fieldsOf(schema.items, [...at, '*'], fields);
  return fields;
}

/** What has the experimental channel, and not the standard one; every other difference as it is. */
function difference(
  name: string,
  experimental: Crd['spec'],
  standard: Crd['spec'] | undefined,
): ChannelDifference & { readonly others: readonly string[] } {
  const versions: string[] = [];
  const fields = new Set<string>();
  const values = new Set<string>();
  const anyText = new Set<string>();
  const others = new Set<string>();
  for (const version of experimental.versions) {
    const beside = standard?.versions.find((one) => one.name === version.name);
    if (!version.served) continue;
    if (beside?.served !== true) versions.push(version.name);
    if (beside === undefined) continue;
    const theirs = fieldsOf(beside.schema.openAPIV3Schema);
    const all = fieldsOf(version.schema.openAPIV3Schema);
    for (const at of theirs.keys()) if (!all.has(at)) others.add(`${name} ${at} is in the standard channel only`);
    for (const [at, schema] of all) {
      const own = theirs.get(at);
      const parent = at.split('.').slice(0, -1).join('.');
      if (own === undefined) {
        if (theirs.has(parent)) fields.add(at);
        continue;
      }
      for (const value of schema.enum ?? []) if (own.enum?.includes(value) !== true) values.add(`${at} ${value}`);
      if (schema.pattern !== undefined && own.pattern === undefined) anyText.add(at);
      const rest = ({ type, format, minimum, maximum, minLength, maxLength, minItems, maxItems, required }: Schema): string =>
        JSON.stringify([type, format, minimum, maximum, minLength, maxLength, minItems, maxItems, required]);
      if (rest(own) !== rest(schema) || (own.pattern ?? schema.pattern) !== schema.pattern) others.add(`${name} ${at}`);
    }
  }
  const paths = (set: ReadonlySet<string>): readonly (readonly string[])[] => [...set].sort().map((at) => at.split('.'));
  return {
    ...(versions.length === 0 ? {} : { versions: versions.sort() }),
    ...(fields.size === 0 ? {} : { fields: paths(fields) }),
    ...(values.size === 0
      ? {}
      : { values: [...values].sort().map((one) => ({ path: (one.split(' ')[0] ?? '').split('.'), value: one.split(' ')[1] ?? '' })) }),
    ...(anyText.size === 0 ? {} : { anyText: paths(anyText) }),
    others: [...others],
  };
}

function sorted({ versions, fields, values, anyText }: ChannelDifference): ChannelDifference {
  const byPath = (a: readonly string[], b: readonly string[]): number => (a.join('.') < b.join('.') ? -1 : 1);
  return {
    ...(versions === undefined ? {} : { versions: versions.toSorted() }),
    ...(fields === undefined ? {} : { fields: fields.toSorted(byPath) }),
    ...(values === undefined ? {} : { values: values.toSorted((a, b) => byPath(a.path, b.path)) }),
    ...(anyText === undefined ? {} : { anyText: anyText.toSorted(byPath) }),
  };
}

describe.skipIf(!existsSync(crds))('the standard channel (skipped where ../shared/crds is not there)', () => {
  it('lacks what its CustomResourceDefinitions lack, path by path, and nothing else', () => {
    const [experimental, standard] = [channel('experimental'), channel('standard')];
    const computed = new Map([...experimental].map(([kind, spec]) => [kind, difference(kind, spec, standard.get(kind))]));
    expect([...computed.values()].flatMap(({ others }) => others)).toEqual([]);
    const own = Object.fromEntries(Object.entries(standardChannel).map(([kind, one]) => [kind, sorted(one)]));
    const theirs = Object.fromEntries(
      [...computed].flatMap(([kind, { others: _, ...one }]) => (Object.keys(one).length === 0 ? [] : [[kind, one]])),
    );
    expect(own).toEqual(theirs);
    expect([...standard.keys()].filter((kind) => !experimental.has(kind))).toEqual([]);
  });
});
