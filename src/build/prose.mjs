/**
 * A rule's file holds its check and its texts. The built files hold them apart, so that a run reads neither the texts of rules that find nothing
 * nor the checks of rules that have nothing to look at. Each rule is there three times:
 *
 * - rules/index.ts gets it without `docs` and without the descriptions of its options, and with a `check` that loads the real one when it is first
 *   asked, and calls it ("head");
 * - what is loaded then is the file as it is, without texts;
 * - rules/docs.ts, which is loaded when texts are wanted, gets it without `check` and without what only the check needs ("prose").
 */
import { transform } from 'esbuild';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

/** What is cut out of a text: `[start, end, replacement]`. */
function cut(text, cuts) {
  let rest = text;
  for (const [start, end, replacement] of cuts.toSorted((a, b) => b[0] - a[0])) rest = rest.slice(0, start) + replacement + rest.slice(end);
  return rest;
}

const nameOf = (property) =>
  property.name !== undefined && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) ? property.name.text : undefined;

/** The name under which a file exports what is given to a call of `defineRule`. */
function exportOf(call) {
  const declaration = call.parent;
  const isExported =
    ts.isVariableDeclaration(declaration) &&
    ts.isIdentifier(declaration.name) &&
    (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;
  return isExported ? declaration.name.text : undefined;
}

/** The object literals that are given to `defineRule` in a file. Anything else could not be taken apart, and fails the build. */
function ruleObjects(file, withDocs = true) {
  const objects = [];
  const fail = (node, why) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    throw new Error(`${file.fileName}:${line + 1}: ${why}, since the build keeps texts and checks apart`);
  };
  const visit = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'defineRule') {
      const [object] = node.arguments;
      if (object === undefined || !ts.isObjectLiteralExpression(object)) return fail(node, 'defineRule takes an object literal');
      const properties = new Map(object.properties.map((property) => [nameOf(property), property]));
      const docs = properties.get('docs');
      if (withDocs && (docs === undefined || !ts.isPropertyAssignment(docs)))
        return fail(node, 'docs are written in the object of defineRule');
      if (!properties.has('check')) return fail(node, 'the check is written in the object of defineRule');
      objects.push({ call: node, object, properties, fail });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return objects;
}

const parse = (text, fileName) => ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);

/** The property with the comma behind it; comments before it go as well. */
function removal(property, text) {
  const comma = /^\s*,/.exec(text.slice(property.end));
  return [property.getFullStart(), property.end + (comma?.[0].length ?? 0), ''];
}

/**
 * A rule's file without its texts.
 * @param {string} text
 * @param {string} fileName for errors
 * @returns {string}
 */
export function withoutProse(text, fileName) {
  const cuts = ruleObjects(parse(text, fileName)).flatMap(({ properties, fail }) => {
    const options = properties.get('options');
    if (options === undefined) return [removal(properties.get('docs'), text)];
    if (!ts.isPropertyAssignment(options) || !ts.isObjectLiteralExpression(options.initializer))
      return fail(options, 'options are an object literal');
    const descriptions = options.initializer.properties.map((option) => {
      const object = ts.isPropertyAssignment(option) && ts.isObjectLiteralExpression(option.initializer) ? option.initializer : undefined;
      const description = object?.properties.find((property) => nameOf(property) === 'description');
      if (description === undefined || !ts.isPropertyAssignment(description))
        return fail(option, 'the description of an option is written in its object');
      return [description.initializer.getStart(), description.initializer.end, "''"];
    });
    return [removal(properties.get('docs'), text), ...descriptions];
  });
  return cut(text, cuts);
}

/**
 * A rule's file without its check; what only the check used is left to the bundler, which drops it.
 * @param {string} text
 * @param {string} fileName for errors
 * @returns {string}
 */
export function withoutCheck(text, fileName) {
  const cuts = ruleObjects(parse(text, fileName)).flatMap(({ call, object, properties }) => [
    [call.getStart(), object.getStart(), '('],
    removal(properties.get('check'), text),
  ]);
  return cut(text, cuts);
}

/**
 * What each run loads of a rule: neither texts nor check, but a `check` that loads the file. `loadAtOnce(import(…))` is made a `require` in link.mjs.
 * @param {string} text
 * @param {string} fileName for errors, and to import it
 * @returns {string}
 */
export function headOnly(text, fileName) {
  const short = withoutProse(text, fileName);
  const cuts = ruleObjects(parse(short, fileName), false).map(({ call, properties, fail }) => {
    const name = exportOf(call);
    if (name === undefined) return fail(call, 'a rule is an exported constant');
    const check = properties.get('check');
    const file = JSON.stringify(`./${path.basename(fileName)}`);
    return [check.getStart(), check.end, `check(...given) { return (${name}$ ??= loadAtOnce(import(${file})).${name}).check(...given); }`];
  });
  const names = ruleObjects(parse(short, fileName), false).map(({ call }) => `let ${exportOf(call)}$;\n`);
  return names.join('') + cut(short, cuts);
}

/**
 * A module without the functions that nobody calls, and then without the imports that only they used: esbuild follows every import that it sees
 * when it decides what is loaded with what.
 */
async function pruned(text) {
  const options = { loader: 'ts', format: 'esm', treeShaking: true, tsconfigRaw: {} };
  const { code } = await transform(text, options);
  return (await transform(code, options)).code;
}

/**
 * For esbuild. `root` is the folder that holds rules/ and src/.
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
export function esbuildProse(root) {
  const rules = `${path.join(root, 'rules')}${path.sep}`;
  const index = path.join(rules, 'index.ts');
  const docs = path.join(rules, 'docs.ts');
  return {
    name: 'prose',
    setup(plugin) {
      // Nothing of ours does anything by being imported, so that whatever is not used can go.
      plugin.onResolve({ filter: /^\..*\.ts$/ }, ({ path: specifier, importer, namespace, resolveDir }) => {
        const file = path.resolve(resolveDir, specifier);
        const isRule = file.startsWith(rules) && path.dirname(file) !== path.dirname(index);
        const isProse = (namespace === 'prose' || importer === docs) && file.startsWith(rules);
        const isHead = importer === index && namespace === 'file' && isRule;
        return { path: file, namespace: isProse ? 'prose' : isHead ? 'head' : 'file', sideEffects: false };
      });
      const load = async (file, change) => ({
        contents: await change(await readFile(file, 'utf8'), path.relative(root, file)),
        loader: 'ts',
        resolveDir: path.dirname(file),
      });
      const loadPruned = (file, change) => load(file, (...given) => pruned(change(...given)));
      plugin.onLoad({ filter: /.*/, namespace: 'head' }, ({ path: file }) => loadPruned(file, headOnly));
      plugin.onLoad({ filter: /.*/, namespace: 'prose' }, ({ path: file }) => loadPruned(file, withoutCheck));
      plugin.onLoad({ filter: /\.ts$/ }, ({ path: file }) => (file.startsWith(rules) ? load(file, withoutProse) : undefined));
    },
  };
}
