/** From the JSON Schemas of schemas/ to the source of src/model/types.ts. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';
import { format } from 'prettier';
import ts from 'typescript';

const schemas = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../schemas');
const folders = ['kubernetes', 'istio', 'gateway-api'];

const header = `// Generated from schemas/ by src/model/types.test.ts: do not edit, run vitest with -u.
import type { ValueObject } from '../yaml/value.ts';

`;

const read = async (name) => JSON.parse(await readFile(path.join(schemas, `${name}.schema.json`), 'utf8'));

/**
 * All definitions under one roof, as far as they matter to types: bounds and patterns are gone, what has a default is optional, objects are closed.
 * Scalars that are defined once for their bounds are put in place.
 */
function createBundle() {
  const definitions = {};
  const sources = new Map();

  function define(name, schema, source) {
    if (sources.has(name) && sources.get(name) !== source) throw new Error(`"${name}" is defined in ${sources.get(name)} and in ${source}`);
    sources.set(name, source);
    definitions[name] = schema;
  }

  function simplify(schema, scope) {
    if (schema.$ref !== undefined) {
      const [file, pointer] = schema.$ref.split('#');
      const name = pointer.replace('/definitions/', '');
      const target = file === '' ? scope : { ...scope, local: scope.files.get(path.basename(path.dirname(path.join(scope.folder, file)))) };
      const definition = target.local[name];
      const isNamed = definition.properties !== undefined || definition.enum !== undefined;
      return isNamed ? { $ref: `#/definitions/${name}` } : simplify(definition, target);
    }
    if (schema['x-kubernetes-preserve-unknown-fields']) return { tsType: 'ValueObject' };
    if (schema.const !== undefined) return { const: schema.const };
    if (schema.enum !== undefined) return { enum: schema.enum };
    if (schema.properties !== undefined) {
      const properties = Object.entries(schema.properties);
      return {
        type: 'object',
        additionalProperties: false,
        required: (schema.required ?? []).filter((name) => schema.properties[name].default === undefined),
        properties: Object.fromEntries(properties.map(([key, property]) => [key, simplify(property, scope)])),
      };
    }
    if (schema.additionalProperties !== undefined)
      return { type: 'object', additionalProperties: simplify(schema.additionalProperties, scope) };
    if (schema.items !== undefined) return { type: 'array', items: simplify(schema.items, scope) };
    return { type: schema.type };
  }

  return { definitions, define, simplify };
}

/** `kinds`: the table of src/model/kinds.ts, `{ kind, schema }`. */
export async function typesModule(kinds) {
  const { definitions, define, simplify } = createBundle();
  const files = new Map(await Promise.all(folders.map(async (folder) => [folder, (await read(`${folder}/definitions`)).definitions])));
  for (const [folder, shared] of files) {
    for (const [name, schema] of Object.entries(shared)) {
      if (schema.properties !== undefined || schema.enum !== undefined)
        define(name, simplify(schema, { folder, files, local: shared }), folder);
    }
  }

  const specs = [];
  for (const { kind, schema } of kinds) {
    const folder = path.dirname(schema);
    const { definitions: own = {}, ...document } = await read(schema);
    const scope = { folder, files, local: own };
    for (const [name, definition] of Object.entries(own)) define(name, simplify(definition, scope), schema);
    const { spec } = document.properties;
    const simple = simplify(document, scope);
    simple.required = ['apiVersion', 'kind', ...simple.required];
    if (spec !== undefined) {
      const name = simple.properties.spec.$ref?.replace('#/definitions/', '') ?? `${kind}Spec`;
      if (simple.properties.spec.$ref === undefined) define(name, simple.properties.spec, schema);
      simple.properties.spec = { $ref: `#/definitions/${name}` };
      specs.push([kind, name]);
    }
    define(kind, simple, schema);
  }

  const roof = {
    type: 'object',
    additionalProperties: false,
    required: kinds.map(({ kind }) => kind),
    properties: Object.fromEntries(kinds.map(({ kind }) => [kind, { $ref: `#/definitions/${kind}` }])),
    definitions,
  };
  const source = await compile(roof, 'ResourceDocuments', {
    additionalProperties: false,
    bannerComment: '',
    format: false,
    ignoreMinAndMaxItems: true,
    strictIndexSignatures: false,
    unreachableDefinitions: true,
  });
  const specMap = `/** The \`spec\` of each kind that has one. */\nexport interface ResourceSpecs {${specs.map(([kind, name]) => `readonly ${kind}: ${name};`).join('\n')}}\n`;
  return format(`${header}${readonly(source)}\n${specMap}`, { parser: 'typescript', printWidth: 140, singleQuote: true });
}

/** Properties, index signatures and arrays become readonly; comments go. */
function readonly(source) {
  const { factory } = ts;
  const modifiers = [factory.createModifier(ts.SyntaxKind.ReadonlyKeyword)];
  const transformer = (context) => {
    const visit = (node) => {
      const inner = ts.visitEachChild(node, visit, context);
      if (ts.isPropertySignature(inner))
        return factory.updatePropertySignature(inner, modifiers, inner.name, inner.questionToken, inner.type);
      if (ts.isIndexSignatureDeclaration(inner)) return factory.updateIndexSignature(inner, modifiers, inner.parameters, inner.type);
      if (ts.isArrayTypeNode(inner)) return factory.createTypeOperatorNode(ts.SyntaxKind.ReadonlyKeyword, inner);
      return inner;
    };
    return (file) => ts.visitNode(file, visit);
  };
  const file = ts.createSourceFile('types.ts', source, ts.ScriptTarget.ESNext, false);
  const printer = ts.createPrinter({ removeComments: true });
  return ts
    .transform(file, [transformer])
    .transformed[0].statements.map((statement) => printer.printNode(ts.EmitHint.Unspecified, statement, file))
    .join('\n\n');
}
