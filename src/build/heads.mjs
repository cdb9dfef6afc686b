/**
 * rules/index.ts as each run loads it: what is to be known of a rule before anyone asks it (the "head"), as JSON, which V8 reads faster than the
 * files that it comes from; and a `check` that loads the real one when it is first called. Checks are loaded in groups, by the folder of their rules
 * and the first subject: what a mesh does not have is not asked about, and its checks stay on the disk.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { exportOf, nameOf, parse, ruleObjects, withoutProse } from './rule-files.mjs';

/** What a literal stands for. */
function valueOf(node, fail) {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return valueOf(node.expression, fail);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map((element) => valueOf(element, fail));
  if (!ts.isObjectLiteralExpression(node)) return fail(node, 'what is known of a rule beside its check is written as literals');
  return Object.fromEntries(
    node.properties.map((property) => {
      const name = nameOf(property);
      if (name === undefined || !ts.isPropertyAssignment(property)) return fail(property, 'a rule has plain properties');
      return [name, valueOf(property.initializer, fail)];
    }),
  );
}

/**
 * The head of the rule that a file defines, and the name under which it exports the rule.
 * @param {string} text
 * @param {string} fileName for errors
 */
export function headOf(text, fileName) {
  const short = withoutProse(text, fileName);
  const [{ call, properties, fail }, other] = ruleObjects(parse(short, fileName), false);
  const name = exportOf(call);
  if (name === undefined) return fail(call, 'a rule is an exported constant');
  if (other !== undefined) return fail(other.call, 'a file has one rule');
  const facts = [...properties].flatMap(([key, property]) => {
    if (key === 'check') return [];
    if (!ts.isPropertyAssignment(property)) return fail(property, 'a rule has plain properties');
    return [[key, valueOf(property.initializer, fail)]];
  });
  return { name, head: Object.fromEntries(facts) };
}

const kebab = (name) => name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();

/** The files that the registry imports, in the order of its list. */
function filesOf(index) {
  const file = parse(index, 'rules/index.ts');
  const from = new Map();
  let list = [];
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) {
      for (const { name } of statement.importClause?.namedBindings?.elements ?? []) from.set(name.text, statement.moduleSpecifier.text);
    }
    if (ts.isVariableStatement(statement)) {
      const [{ initializer }] = statement.declarationList.declarations;
      if (ts.isArrayLiteralExpression(initializer)) list = initializer.elements.map((element) => from.get(element.text));
    }
  }
  return list;
}

/**
 * `text`: the registry; `groups`: the modules that it loads, by their names, which begin with `checks:`.
 * @param {string} index the path of rules/index.ts
 */
export async function registry(index) {
  const groups = new Map();
  const rows = await Promise.all(
    filesOf(await readFile(index, 'utf8')).map(async (specifier) => {
      const { name, head } = headOf(await readFile(path.resolve(path.dirname(index), specifier), 'utf8'), `rules/${specifier.slice(2)}`);
      const [subject] = head.subjects;
      const group = `checks:rules-${specifier.split('/')[1]}${subject === undefined ? '' : `-${kebab(subject)}`}`;
      return { group, name, head, specifier };
    }),
  );
  for (const { group, name, specifier } of rows)
    groups.set(group, `${groups.get(group) ?? ''}export { ${name} } from ${JSON.stringify(specifier)};\n`);
  const names = [...groups.keys()];
  const json = JSON.stringify(rows.map(({ group, name, head }) => [names.indexOf(group), name, head]));
  const text = `const groups = [${names.map((group) => `() => loadAtOnce(import(${JSON.stringify(group)}))`).join(', ')}];
export const rules = JSON.parse(${JSON.stringify(json)}).map(([group, name, rule]) => {
  let whole;
  rule.check = (subject, context) => (whole ??= groups[group]()[name]).check(subject, context);
  return rule;
});
`;
  return { text, groups };
}
