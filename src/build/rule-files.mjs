/** Takes the files of rules apart. */
import ts from 'typescript';

/** What is cut out of a text: `[start, end, replacement]`. */
export function cut(text, cuts) {
  let rest = text;
  for (const [start, end, replacement] of cuts.toSorted((a, b) => b[0] - a[0])) rest = rest.slice(0, start) + replacement + rest.slice(end);
  return rest;
}

export const nameOf = (property) =>
  property.name !== undefined && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) ? property.name.text : undefined;

/** The name under which a file exports what is given to a call of `defineRule`. */
export function exportOf(call) {
  const declaration = call.parent;
  const isExported =
    ts.isVariableDeclaration(declaration) &&
    ts.isIdentifier(declaration.name) &&
    (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;
  return isExported ? declaration.name.text : undefined;
}

/** The object literals that are given to `defineRule` in a file. Anything else could not be taken apart, and fails the build. */
export function ruleObjects(file, withDocs = true) {
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

export const parse = (text, fileName) => ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);

/** The property with the comma behind it; comments before it go as well. */
export function removal(property, text) {
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
