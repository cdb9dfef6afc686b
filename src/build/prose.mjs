/**
 * A rule's file holds its check and its texts. The built files hold them apart, so that a run without findings never reads the texts:
 * rules/index.ts gets each rule without `docs` and without the descriptions of its options; rules/docs.ts, which is loaded when texts are wanted,
 * gets each rule without its `check`, and without what only the check needs.
 */
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

/** The object literals that are given to `defineRule` in a file. Anything else could not be taken apart, and fails the build. */
function ruleObjects(file) {
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
      if (docs === undefined || !ts.isPropertyAssignment(docs)) return fail(node, 'docs are written in the object of defineRule');
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
 * For esbuild. `root` is the folder that holds rules/ and src/.
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
export function esbuildProse(root) {
  const rules = `${path.join(root, 'rules')}${path.sep}`;
  const docs = path.join(rules, 'docs.ts');
  return {
    name: 'prose',
    setup(plugin) {
      // Nothing of ours does anything by being imported, so that whatever is not used can go.
      plugin.onResolve({ filter: /^\..*\.ts$/ }, ({ path: specifier, importer, namespace, resolveDir }) => {
        const file = path.resolve(resolveDir, specifier);
        const isProse = (namespace === 'prose' || importer === docs) && file.startsWith(rules);
        return { path: file, namespace: isProse ? 'prose' : 'file', sideEffects: false };
      });
      const load = async (file, transform) => ({
        contents: transform(await readFile(file, 'utf8'), path.relative(root, file)),
        loader: 'ts',
        resolveDir: path.dirname(file),
      });
      plugin.onLoad({ filter: /.*/, namespace: 'prose' }, ({ path: file }) => load(file, withoutCheck));
      plugin.onLoad({ filter: /\.ts$/ }, ({ path: file }) => (file.startsWith(rules) ? load(file, withoutProse) : undefined));
    },
  };
}
