/**
 * From a JSON Schema of schemas/ to the source of the module that validates documents against it, for the bundle and for tests.
 * The module exports `validate` and, for kinds of which only the fields in the schema are kept, `shape` (both typed in src/model/validators.ts).
 * Most documents are valid: `validate` first finds out whether, and only then loads the code that says what is wrong.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { validatorCode, withoutErrors } from './validator-vocabulary.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const schemas = path.resolve(here, '../../schemas');
const query = '?validator';

/** The schema and, transitively, the files to which it refers, by their paths from schemas/. */
async function readSchemas(file, known = new Map()) {
  const name = path.relative(schemas, file).split(path.sep).join('/');
  if (known.has(name)) return known;
  const schema = JSON.parse(await readFile(file, 'utf8'));
  delete schema.$schema;
  known.set(name, schema);
  for (const reference of referencesOf(schema)) {
    const [target] = reference.split('#');
    if (target !== '') await readSchemas(path.resolve(path.dirname(file), target), known);
  }
  return known;
}

function referencesOf(schema) {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => (key === '$ref' && typeof value === 'string' ? [value] : referencesOf(value)));
}

/**
 * The fields of a schema as a tree: an object of its properties, `[items]` for lists whose items have properties, 0 for what is kept as it is,
 * 1 for maps of which only the keys are kept.
 */
function shapeOf(schema, name, known) {
  if (schema.$ref !== undefined) {
    const [target, pointer] = schema.$ref.split('#');
    const file = target === '' ? name : path.posix.join(path.posix.dirname(name), target);
    return shapeOf(known.get(file).definitions[pointer.replace('/definitions/', '')], file, known);
  }
  if (schema['x-keys-only']) return 1;
  if (schema.properties !== undefined) {
    return Object.fromEntries(Object.entries(schema.properties).map(([key, property]) => [key, shapeOf(property, name, known)]));
  }
  if (schema.items === undefined) return 0;
  const items = shapeOf(schema.items, name, known);
  return items === 0 ? 0 : [items];
}

/** Kubernetes' own kinds have fields by the hundred that mean nothing to a mesh. */
const isProjected = (name) => name.startsWith('kubernetes/');

const runtime = `import { addError, addNulls, characters, escape, hasNull, isBase64, join } from './validator-runtime.mjs';`;
/** What the two modules of a validator know each other by. */
const errorsOf = 'validator-errors:';

/** The source of the module that says what is wrong with a document: its `validate` leaves errors on itself. */
async function errorsModule(file) {
  const known = await readSchemas(path.resolve(file));
  const [name] = known.keys();
  return small(`${runtime}\n${validatorCode(known, name)}`);
}

async function quickModule(file, load) {
  const known = await readSchemas(path.resolve(file));
  const [name] = known.keys();
  const shape = isProjected(name) ? JSON.stringify(shapeOf(known.get(name), name, known)) : 'undefined';
  const quick = withoutErrors(validatorCode(known, name)).replace('export const validate =', 'const isValid =');
  return `${runtime}
${quick}
${load}
export const shape = ${shape};
export function validate(data) {
  if (isValid(data)) {
    validate.errors = null;
    return true;
  }
  const thorough = load();
  const valid = thorough(data);
  validate.errors = thorough.errors;
  return valid;
}`;
}

/** `modules`: what the code imports beside the runtime, by the specifiers; others stay imports. */
async function small(contents, modules = new Map()) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: here, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'node20',
    minify: true,
    treeShaking: true,
    plugins: [
      {
        name: 'parts',
        setup(plugin) {
          plugin.onResolve({ filter: /^validator-errors:/ }, ({ path: specifier }) =>
            modules.has(specifier) ? { path: specifier, namespace: 'part' } : { path: specifier, external: true },
          );
          plugin.onLoad({ filter: /.*/, namespace: 'part' }, ({ path: specifier }) => ({ contents: modules.get(specifier) }));
        },
      },
    ],
  });
  return outputFiles[0].text;
}

/** The source of a self-contained ES module for the schema in a file under schemas/. */
export async function validatorModule(file) {
  const load = `import { validate as thorough } from ${JSON.stringify(errorsOf)};\nconst load = () => thorough;`;
  return small(await quickModule(file, load), new Map([[errorsOf, await errorsModule(file)]]));
}

/** The schema and the files to which it refers. */
async function filesOf(file) {
  return [...(await readSchemas(file)).keys()].map((name) => path.join(schemas, name));
}

/** Serves `import('….schema.json?validator')` to esbuild; with `splitting`, each becomes a chunk of its own, and so does what says what is wrong. */
export function esbuildValidators() {
  return {
    name: 'validators',
    setup(plugin) {
      plugin.onResolve({ filter: /\.schema\.json\?validator$/ }, ({ path: specifier, resolveDir }) => ({
        path: path.resolve(resolveDir, specifier.slice(0, -query.length)),
        namespace: 'validator',
      }));
      plugin.onResolve({ filter: /^validator-errors:/ }, ({ path: specifier }) => ({
        path: specifier.slice(errorsOf.length),
        namespace: 'validator-errors',
      }));
      plugin.onLoad({ filter: /.*/, namespace: 'validator' }, async ({ path: file }) => {
        const load = `const load = () => loadAtOnce(import(${JSON.stringify(errorsOf + file)})).validate;`;
        return { contents: await small(await quickModule(file, load)), loader: 'js', watchFiles: await filesOf(file) };
      });
      plugin.onLoad({ filter: /.*/, namespace: 'validator-errors' }, async ({ path: file }) => ({
        contents: await errorsModule(file),
        loader: 'js',
      }));
    },
  };
}

/** Serves the same imports to vite, and so to vitest. The identifier does not end in `.json`, since vite would then read it as JSON. */
export function viteValidators() {
  const prefix = '\0validator:';
  return {
    name: 'validators',
    enforce: 'pre',
    resolveId(specifier, importer) {
      if (!specifier.endsWith(`.schema.json${query}`)) return undefined;
      const file = specifier.slice(0, -query.length);
      return `${prefix}${path.resolve(importer === undefined ? '.' : path.dirname(importer), file).replace(/\.json$/, '')}`;
    },
    async load(id) {
      if (!id.startsWith(prefix)) return undefined;
      const file = `${id.slice(prefix.length)}.json`;
      for (const source of await filesOf(file)) this.addWatchFile(source);
      return validatorModule(file);
    },
  };
}
