import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { kinds } from './kinds.ts';

interface Schema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

interface Crd {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

/** Path of a field → what is demanded of it. `[]` stands for items, `{}` for the values of a map. */
type Fields = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

const schemas = path.resolve(import.meta.dirname, '../../schemas');
const crds = path.resolve(import.meta.dirname, '../../../shared/crds');

const demands = [
  'type',
  'format',
  'enum',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'default',
  'x-kubernetes-preserve-unknown-fields',
];

const schemaFiles = new Map<string, Schema>();
function readSchema(file: string): Schema {
  const known = schemaFiles.get(file) ?? (JSON.parse(readFileSync(file, 'utf8')) as Schema);
  schemaFiles.set(file, known);
  return known;
}

function fieldsOf(schema: Schema, file?: string): Fields {
  const fields = new Map<string, Record<string, unknown>>();
  const visit = (written: Schema, at: string, from: string | undefined): void => {
    let node = written;
    let source = from;
    if (written.$ref !== undefined && from !== undefined) {
      const [target = '', pointer = ''] = written.$ref.split('#');
      source = target === '' ? from : path.resolve(path.dirname(from), target);
      const definition = readSchema(source).definitions?.[pointer.replace('/definitions/', '')];
      if (definition === undefined) throw new Error(`${written.$ref} leads nowhere in ${from}`);
      const { $ref: _, ...own } = written;
      node = { ...definition, ...own };
    }
    const facts = Object.fromEntries(demands.flatMap((keyword) => (node[keyword] === undefined ? [] : [[keyword, node[keyword]]])));
    fields.set(at, { ...facts, required: [...(node.required ?? [])].sort() });
    for (const [name, property] of Object.entries(node.properties ?? {})) visit(property, `${at}.${name}`, source);
    if (node.items !== undefined) visit(node.items, `${at}[]`, source);
    if (typeof node.additionalProperties === 'object') visit(node.additionalProperties, `${at}{}`, source);
  };
  visit(schema, 'spec', file);
  return fields;
}

/** Where versions of a kind differ, the schema takes what any of them takes, so that no version gets a false alarm. */
const widened: Readonly<Record<string, readonly string[]>> = {
  'TCPRoute v1': ['spec.rules'],
  'UDPRoute v1': ['spec.rules'],
  'TLSRoute v1': ['spec', 'spec.rules', 'spec.hostnames'],
  'TLSRoute v1alpha3': ['spec', 'spec.rules', 'spec.hostnames'],
};

/** The same language, without the nested repetition that takes exponential time in JavaScript. */
const rewrittenPatterns: Readonly<Record<string, string>> = { '^[!-~]+([\\t ]?[!-~]+)*$': '^[!-~]+([\\t ][!-~]+)*$' };

/** Istio's admission refuses these without a spec, although their CRD does not. */
const specNeededBeyondCrd = ['VirtualService', 'DestinationRule', 'Gateway'];

function crdsOf(file: string): readonly Crd[] {
  const documents = loadAll(readFileSync(path.join(crds, file), 'utf8')) as readonly (Crd | null)[];
  return documents.filter((document) => document?.kind === 'CustomResourceDefinition').filter((crd) => crd !== null);
}

function compare(file: string): { readonly differences: readonly string[]; readonly paths: number; readonly kinds: number } {
  const differences: string[] = [];
  let paths = 0;
  let count = 0;
  for (const crd of crdsOf(file)) {
    const { group, names, scope, versions } = crd.spec;
    const row = kinds.find((kind) => kind.group === group && kind.written === names.kind);
    if (row === undefined) {
      differences.push(`${group}/${names.kind} is not in the table`);
      continue;
    }
    count += 1;
    if (row.scope !== scope.toLowerCase()) differences.push(`${row.kind}: scope`);
    const file = path.join(schemas, `${row.schema}.schema.json`);
    const document = readSchema(file);
    const ours = fieldsOf(document.properties?.['spec'] ?? {}, file);
    const known = new Set<string>();
    for (const version of versions) {
      const label = `${row.kind} ${version.name}`;
      if (!row.versions.includes(version.name)) differences.push(`${label} is not in the table`);
      const root = version.schema.openAPIV3Schema;
      const needsSpec = (root.required ?? []).includes('spec') || specNeededBeyondCrd.includes(row.kind);
      if ((document.required ?? []).includes('spec') !== needsSpec)
        differences.push(`${label}: spec is ${needsSpec ? '' : 'not '}required`);
      for (const [at, theirs] of fieldsOf(root.properties?.['spec'] ?? {})) {
        known.add(at);
        const own = ours.get(at);
        if (own === undefined) differences.push(`${label}: ${at} is missing`);
        const pattern = theirs['pattern'];
        const wanted = typeof pattern === 'string' ? { ...theirs, pattern: rewrittenPatterns[pattern] ?? pattern } : theirs;
        if (own === undefined || widened[label]?.includes(at)) continue;
        if (JSON.stringify(own) !== JSON.stringify(wanted))
          differences.push(`${label}: ${at} is ${JSON.stringify(own)}, not ${JSON.stringify(wanted)}`);
      }
    }
    paths += known.size;
    for (const at of ours.keys()) if (!known.has(at)) differences.push(`${row.kind}: ${at} is in no version`);
    for (const version of row.versions) {
      if (!versions.some(({ name }) => name === version)) differences.push(`${row.kind} ${version} is in the table only`);
    }
  }
  return { differences, paths, kinds: count };
}

describe.skipIf(!existsSync(crds))('the schemas against the CRDs (skipped where ../shared/crds is not there)', () => {
  it.each([
    ['istio.yaml', 'Istio', 15],
    ['gateway-api-experimental.yaml', 'Gateway API', 13],
  ])('%s: names, types, enums, bounds, patterns and required fields are the same', (file, name, count) => {
    const { differences, paths, kinds: compared } = compare(file);
    expect(differences).toEqual([]);
    expect(compared).toBe(count);
    console.log(`${paths.toLocaleString('en')} field paths of ${compared} ${name} kinds agree`);
  });
});

describe.skipIf(!existsSync(crds))('the standard channel (skipped where ../shared/crds is not there)', () => {
  it('has no field that the schemas, of the experimental one, lack', () => {
    for (const crd of crdsOf('gateway-api-standard.yaml')) {
      const { schema = '' } = kinds.find(({ group, written }) => group === crd.spec.group && written === crd.spec.names.kind) ?? {};
      const file = path.join(schemas, `${schema}.schema.json`);
      const ours = fieldsOf(readSchema(file).properties?.['spec'] ?? {}, file);
      const theirs = crd.spec.versions.flatMap((version) => [
        ...fieldsOf(version.schema.openAPIV3Schema.properties?.['spec'] ?? {}).keys(),
      ]);
      expect(theirs.filter((at) => !ours.has(at))).toEqual([]);
    }
  });
});

describe('schemas/', () => {
  const files = ['istio', 'gateway-api', 'kubernetes'].flatMap((folder) =>
    readdirSync(path.join(schemas, folder)).map((file) => `${folder}/${file}`),
  );

  it('has one file for each kind and one of shared definitions in each folder', () => {
    const expected = [...kinds.map(({ schema }) => schema), 'istio/definitions', 'gateway-api/definitions', 'kubernetes/definitions'];
    expect(files.toSorted()).toEqual(expected.map((schema) => `${schema}.schema.json`).toSorted());
  });

  it.each(kinds)('says which kind it is: $kind', ({ kind, written, schema }) => {
    const { title, required, properties } = readSchema(path.join(schemas, `${schema}.schema.json`));
    expect({ title, kind: properties?.['kind'], needsMetadata: required?.includes('metadata') }).toEqual({
      title: kind,
      kind: { const: written },
      needsMetadata: true,
    });
    expect(properties?.['metadata']?.$ref).toMatch(/definitions\.schema\.json#\/definitions\/Metadata$/);
  });

  it('uses each definition', () => {
    const references = new Set<string>();
    for (const file of files) {
      for (const [, target = '', name = ''] of readFileSync(path.join(schemas, file), 'utf8').matchAll(
        /"\$ref": "([^"#]*)#\/definitions\/(\w+)"/g,
      )) {
        references.add(`${target === '' ? file : path.posix.join(path.posix.dirname(file), target)} ${name}`);
      }
    }
    const defined = files.flatMap((file) =>
      Object.keys(readSchema(path.join(schemas, file)).definitions ?? {}).map((name) => `${file} ${name}`),
    );
    expect(defined.filter((name) => !references.has(name))).toEqual([]);
  });

  it('has no prose', () => {
    for (const file of files)
      expect(readFileSync(path.join(schemas, file), 'utf8')).not.toMatch(/"(description|\$comment|examples)": ["[]/);
  });
});
