import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Ajv, { type ErrorObject } from 'ajv';
import { describe, expect, it } from 'vitest';
import { kinds } from '../model/kinds.ts';
import { validatorChunks } from '../validator-chunks.ts';
import { compact } from './validator-vocabulary.mjs';
import { validatorModule } from './validators.mjs';

async function checkOf(schema: object): Promise<(value: unknown) => unknown> {
  const folder = await mkdtemp(path.join(tmpdir(), 'validators-'));
  try {
    await writeFile(path.join(folder, 'a.schema.json'), JSON.stringify(schema));
    const source = await validatorModule(path.join(folder, 'a.schema.json'));
    const { validate } = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`)) as {
      validate: { (value: unknown): boolean; readonly errors: unknown };
    };
    return (value): unknown => (validate(value) ? [] : validate.errors);
  } finally {
    await rm(folder, { recursive: true });
  }
}

it('takes a property that is null as absent, and an item that is null as wrong', async () => {
  const check = await checkOf({
    type: 'object',
    required: ['a'],
    properties: {
      a: { type: 'string' },
      b: { type: 'array', items: { type: 'string' } },
      c: { type: 'object', additionalProperties: { type: 'string' } },
    },
  });
  expect(check({ a: 'x' })).toEqual([]);
  expect(check({ a: null })).toEqual([
    { instancePath: '/a', keyword: 'null', params: {} },
    { instancePath: '', keyword: 'required', params: { missing: 'a' } },
  ]);
  expect(check({ a: 'x', b: [null], c: { 'k/~': null } })).toEqual([
    { instancePath: '/b/0', keyword: 'type', params: { type: 'string' } },
    { instancePath: '/c/k~1~0', keyword: 'type', params: { type: 'string' } },
  ]);
});

it('does not miss what has a default', async () => {
  const check = await checkOf({
    type: 'object',
    required: ['a', 'b'],
    properties: { a: { type: 'string', default: 'x' }, b: { type: 'string' } },
  });
  expect(check({})).toEqual([{ instancePath: '', keyword: 'required', params: { missing: 'b' } }]);
});

it('knows the formats', async () => {
  const check = await checkOf({
    type: 'object',
    properties: { i: { type: 'integer', format: 'int32' }, d: { type: 'number', format: 'double' }, b: { type: 'string', format: 'byte' } },
  });
  expect(check({ i: 2 ** 31 - 1, d: 1e300, b: 'YWJj\nZA==\n' })).toEqual([]);
  expect(check({ i: -(2 ** 31) - 1, b: 'YWJjZ' })).toEqual([
    { instancePath: '/i', keyword: 'format', params: { format: 'int32' } },
    { instancePath: '/b', keyword: 'format', params: { format: 'byte' } },
  ]);
  await expect(checkOf({ type: 'string', format: 'date' })).rejects.toThrow('format "date" has no meaning here yet');
});

it('counts characters, not code units', async () => {
  const check = await checkOf({ type: 'string', minLength: 2, maxLength: 2 });
  expect(check('😀😀')).toEqual([]);
  expect(check('😀')).toHaveLength(1);
});

it('does not try a pattern on a text that is too long', async () => {
  const check = await checkOf({ type: 'string', maxLength: 20, pattern: '^([a-z]+)+$' });
  const started = performance.now();
  expect(check(`${'a'.repeat(200)}!`)).toEqual([{ instancePath: '', keyword: 'maxLength', params: { limit: 20 } }]);
  expect(performance.now() - started).toBeLessThan(1000);
});

it('collects no more than ten thousand errors', async () => {
  const check = await checkOf({
    definitions: { a: { type: 'object', required: ['x', 'y', 'z'] } },
    type: 'array',
    items: { $ref: '#/definitions/a' },
  });
  expect(check(Array.from({ length: 5000 }, () => ({})))).toHaveLength(10_000);
});

it('refuses code that it does not know', () => {
  expect((): unknown => compact('const e = {instancePath,schemaPath:"#/type"};')).toThrow('ajv writes other code');
});

it('refuses parts that may fail without the whole', async () => {
  await expect(checkOf({ anyOf: [{ type: 'string' }, { type: 'integer' }] })).rejects.toThrow('parts that may fail');
});

it('finds out whether a document is valid before it says what is wrong, and says the same each time', async () => {
  const check = await checkOf({ type: 'object', properties: { a: { type: 'object', additionalProperties: { type: 'string' } } } });
  const wrong = [{ instancePath: '/a/b', keyword: 'type', params: { type: 'string' } }];
  expect([check({ a: { b: 1 } }), check({ a: { b: 'x' } }), check({ a: { b: 1 } })]).toEqual([wrong, [], wrong]);
});

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
}

const schemas = path.resolve(import.meta.dirname, '../../schemas');
const readSchema = (name: string): Schema & { readonly definitions?: Readonly<Record<string, Schema>> } =>
  JSON.parse(readFileSync(path.join(schemas, `${name}.schema.json`), 'utf8')) as Schema;

/** For each field of a schema: documents that hold nothing but it, with values of all sorts. */
function* probes(schema: Schema, file: string, wrap: (value: unknown) => unknown): Generator {
  if (schema.$ref !== undefined) {
    const [target = '', pointer = ''] = schema.$ref.split('#');
    const source = target === '' ? file : path.posix.join(path.posix.dirname(file), target.replace('.schema.json', ''));
    const definition = readSchema(source).definitions?.[pointer.replace('/definitions/', '')];
    if (definition !== undefined) yield* probes(definition, source, wrap);
    return;
  }
  // Longer ones keep ajv itself busy for seconds with patterns that are not anchored.
  const long = 'a'.repeat(5000);
  const values = [
    '',
    'a',
    'A B',
    '10s',
    long,
    0,
    -1,
    1.5,
    70_000,
    2 ** 33,
    true,
    {},
    { a: 1, b: 'c' },
    [],
    [1, 'a', {}],
    Array.from({ length: 70 }, () => 'a'),
  ];
  for (const value of values) yield wrap(value);
  for (const [name, property] of Object.entries(schema.properties ?? {})) yield* probes(property, file, (value) => wrap({ [name]: value }));
  if (schema.items !== undefined) yield* probes(schema.items, file, (value) => wrap([value, value]));
  if (schema.additionalProperties !== undefined) yield* probes(schema.additionalProperties, file, (value) => wrap({ 'a/b~c': value }));
}

/** What ajv itself says, but for the enumeration of a value that has a wrong type anyway, and the pattern of one that is too long. */
function errorsOf(errors: readonly Pick<ErrorObject, 'instancePath' | 'keyword' | 'params'>[]): readonly string[] {
  const has = (keyword: string, at: string): boolean => errors.some((error) => error.keyword === keyword && error.instancePath === at);
  return errors
    .filter(
      ({ keyword, instancePath }) =>
        !(keyword === 'enum' && has('type', instancePath)) && !(keyword === 'pattern' && has('maxLength', instancePath)),
    )
    .map(
      ({ keyword, instancePath, params }) => `${instancePath} ${keyword} ${String(params['missingProperty'] ?? params['missing'] ?? '')}`,
    )
    .toSorted();
}

describe('a validator says the same as ajv with its own vocabulary', () => {
  it.each(kinds)('$kind', async ({ kind, schema }) => {
    const ajv = new Ajv.default({ strict: false, allErrors: true, validateFormats: true });
    ajv.addFormat('int32', { type: 'number', validate: (value: number) => value >= -(2 ** 31) && value < 2 ** 31 });
    ajv.addFormat('double', { type: 'number', validate: () => true });
    ajv.addFormat('byte', (value) => Buffer.from(value, 'base64').toString('base64') === value);
    for (const name of ['istio/definitions', 'gateway-api/definitions', 'kubernetes/definitions', schema])
      ajv.addSchema(readSchema(name), `${name}.schema.json`);
    const theirs = ajv.getSchema(`${schema}.schema.json`);
    const { validate: ours } = await validatorChunks[kind]();
    const differences: string[] = [];
    let count = 0;
    for (const probe of probes(readSchema(schema), schema, (value) => value)) {
      count += 1;
      const mine = ours(probe) ? [] : errorsOf(ours.errors as unknown as readonly ErrorObject[]);
      const reference = theirs?.(probe) === true ? [] : errorsOf(theirs?.errors ?? []);
      if (JSON.stringify(mine) !== JSON.stringify(reference))
        differences.push(`${JSON.stringify(probe).slice(0, 200)}: ${mine.join()} / ${reference.join()}`);
    }
    expect(differences.slice(0, 5)).toEqual([]);
    expect(count).toBeGreaterThan(100);
  });
});
