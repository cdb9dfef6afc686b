/**
 * ajv's keywords with the meaning that the API server gives them, and the code that ajv writes made small.
 *
 * - `null` for a property is the same as no property, as the API server removes it before it validates. In a list or a map it is a value of a wrong type
 *   (but for maps with `nullable`, where Kubernetes itself reads an empty string).
 * - What has a default is never missing.
 * - A pattern is not tried on a text that is too long anyway: not all are linear.
 */
import { createRequire } from 'node:module';

// ajv is CommonJS; what `import` makes of that differs between Node and vite.
const require = createRequire(import.meta.url);
const { default: Ajv } = require('ajv/dist/core.js');
const { _, Name, getProperty, nil, stringify } = require('ajv/dist/compile/codegen/index.js');
const { Type } = require('ajv/dist/compile/util.js');
const { default: standaloneCode } = require('ajv/dist/standalone/index.js');
const { usePattern } = require('ajv/dist/vocabularies/code.js');
const { default: draft7 } = require('ajv/dist/vocabularies/draft7.js');

const hasNull = new Name('hasNull');
const addNulls = new Name('addNulls');
const isBase64 = new Name('isBase64');

/** Adds one error for each property that is null, so that they can be left out; they are no faults. */
function reportNulls({ gen, data, it }) {
  const { errorPath } = it;
  const place = errorPath.str === '""' ? _`instancePath` : _`instancePath + ${errorPath}`;
  gen.if(_`${hasNull}(${data})`, () => gen.code(_`vErrors = ${addNulls}(vErrors, ${place}, ${data}); errors = vErrors.length;`));
}

const properties = {
  keyword: 'properties',
  type: 'object',
  schemaType: 'object',
  code(cxt) {
    const { gen, schema, data } = cxt;
    const valid = gen.name('valid');
    for (const name of Object.keys(schema)) {
      if (Object.keys(schema[name]).every((keyword) => keyword === 'default')) continue;
      gen.if(_`${data}${getProperty(name)} != null`, () =>
        cxt.subschema({ keyword: 'properties', schemaProp: name, dataProp: name }, valid),
      );
    }
    reportNulls(cxt);
  },
};

const additionalProperties = {
  keyword: 'additionalProperties',
  type: 'object',
  schemaType: ['object', 'boolean'],
  code(cxt) {
    const { gen, schema, data } = cxt;
    if (typeof schema === 'boolean') throw new Error('additionalProperties must be a schema: other fields are no matter of validation');
    const valid = gen.name('valid');
    gen.forIn('key', data, (key) => cxt.subschema({ keyword: 'additionalProperties', dataProp: key, dataPropType: Type.Str }, valid));
    if (schema.nullable) reportNulls(cxt);
  },
};

const required = {
  keyword: 'required',
  type: 'object',
  schemaType: 'array',
  error: { message: '', params: ({ params }) => _`{missing: ${params.missing}}` },
  code(cxt) {
    const { gen, schema, parentSchema, data } = cxt;
    for (const name of schema) {
      if (parentSchema.properties?.[name]?.default !== undefined) continue;
      gen.if(_`${data}${getProperty(name)} == null`, () => {
        cxt.setParams({ missing: name });
        cxt.error();
      });
    }
  },
};

const enumeration = {
  keyword: 'enum',
  schemaType: 'array',
  error: { message: '', params: ({ params }) => _`{allowed: ${params.allowed}}` },
  code(cxt) {
    const { gen, schema, parentSchema, data } = cxt;
    const allowed = gen.scopeValue('schema', { ref: schema, key: JSON.stringify(schema), code: stringify(schema) });
    cxt.setParams({ allowed });
    cxt.fail(_`typeof ${data} == ${parentSchema.type === 'integer' ? 'number' : parentSchema.type} && !${allowed}.includes(${data})`);
  },
};

const pattern = {
  keyword: 'pattern',
  type: 'string',
  schemaType: 'string',
  error: { message: '', params: ({ schema }) => _`{pattern: ${schema}}` },
  code(cxt) {
    const { data, schema, parentSchema } = cxt;
    const { maxLength } = parentSchema;
    const expression = usePattern(cxt, schema);
    cxt.fail(_`${maxLength === undefined ? nil : _`${data}.length <= ${2 * maxLength} && `}!${expression}.test(${data})`);
  },
};

/** The formats that the API server looks at; any other must be told here what it means. */
const format = {
  keyword: 'format',
  schemaType: 'string',
  error: { message: '', params: ({ schema }) => _`{format: ${schema}}` },
  code(cxt) {
    const { data, schema } = cxt;
    if (schema === 'double') return;
    if (schema === 'int32') cxt.fail(_`typeof ${data} == "number" && (${data} < -2147483648 || ${data} > 2147483647)`);
    else if (schema === 'byte') cxt.fail(_`typeof ${data} == "string" && !${isBase64}(${data})`);
    else throw new Error(`format "${schema}" has no meaning here yet`);
  },
};

/** An ajv with this vocabulary. */
function createAjv() {
  const ajv = new Ajv({
    strict: false,
    strictNumbers: true,
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    allErrors: true,
    messages: false,
    inlineRefs: 3,
    code: { source: true, esm: true, optimize: 2 },
  });
  for (const vocabulary of draft7) ajv.addVocabulary(vocabulary);
  for (const keyword of [properties, additionalProperties, required, enumeration, pattern, format]) {
    ajv.removeKeyword(keyword.keyword);
    ajv.addKeyword(keyword);
  }
  return ajv;
}

/**
 * The code of a function that validates against a schema, exported as `validate`.
 * `schemas` holds it under `name`, and those to which it refers under theirs: paths, against which `$ref`s are resolved.
 */
export function validatorCode(schemas, name) {
  const ajv = createAjv();
  for (const [key, schema] of schemas) ajv.addSchema(schema, key);
  return compact(standaloneCode(ajv, ajv.getSchema(name))).replace(/export default \w+;/, '');
}

const errorCode =
  /const (err\d+) = \{instancePath(?::(.*?))?,schemaPath:"(?:[^"\\]|\\.)*",keyword:("\w+"),params:(.*?)\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g;
const callCode = /\{instancePath:(.*?),parentData:\w+,parentDataProperty:(?:\w+|"(?:[^"\\]|\\.)*"),rootData\}/g;
const keyCode = /(\w+)\.replace\(\/~\/g, "~0"\)\.replace\(\/\\\/\/g, "~1"\)/g;
const joinCode = /vErrors = vErrors === null \? (validate\d+)\.errors : vErrors\.concat\(\1\.errors\);/g;

/**
 * ajv repeats the making of an error at each check, and joins the errors of parts in quadratic time; functions say both once.
 * Throws when ajv writes code that is not known here.
 */
export function compact(code) {
  const small = code
    .replace(
      errorCode,
      (_all, _name, place, keyword, params) =>
        `vErrors = addError(vErrors, ${place ?? 'instancePath'}, ${keyword}, ${params});errors = vErrors.length;`,
    )
    .replace(callCode, '$1')
    .replace(keyCode, 'escape($1)')
    .replace(joinCode, 'vErrors = join(vErrors, $1.errors);')
    .replace(/require\("ajv\/dist\/runtime\/ucs2length"\)\.default/g, 'characters')
    .replaceAll('{instancePath="", parentData, parentDataProperty, rootData=data}={}', 'instancePath=""');
  if (/schemaPath|parentData|require\(|\.concat\(/.test(small))
    throw new Error('ajv writes other code than src/build/validator-vocabulary.mjs knows');
  return small;
}

const failure = /vErrors = (?:addError|addNulls|join)\(.*?\);\s?errors = vErrors\.length;/g;
const partCall = /(validate\d+)\((data[^,()]*), (?:[^()]|\([^()]*\))*\)/g;

/**
 * The code of a validator (as `compact` leaves it) without a word on what is wrong: a third of it, which is all that most documents need.
 * Throws when something that fails is no failure of the whole, as the parts of `anyOf` are.
 */
export function withoutErrors(code) {
  const quick = code
    .replace(failure, 'return false;')
    .replaceAll('let vErrors = null;let errors = 0;', '')
    .replace(/validate\d+\.errors = vErrors;return errors === 0;/g, 'return true;')
    .replaceAll(', instancePath=""', '')
    .replace(partCall, '$1($2)');
  if (/\b(?:instancePath|vErrors|addError|errors)\b/.test(quick))
    throw new Error('a validator has parts that may fail, or code that validator-vocabulary.mjs does not know');
  return quick;
}
