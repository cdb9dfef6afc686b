import { realpathSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../engine/options.ts';
import { clashOf } from '../engine/plugin-rules.ts';
import { isList, isObject, nameOf, ruleFault } from '../engine/plugin-shape.ts';
import type { Rule } from '../rule/rule.ts';
import { codeOf, quote } from './messages.ts';
import { missingPath } from './suggest-path.ts';

/** The rules of a user's own that the command line names. */
export interface Plugins {
  readonly rules: readonly Rule[];
  /** Absolute, without links: what a configuration may ask for. */
  readonly files: ReadonlySet<string>;
}

/**
 * Loads modules that export rules: each by a name of its own, or all in a list. Their code runs with all that this process may do, so that only
 * the command line may name them. Throws a UsageError that says what is wrong with a file or with what it exports.
 */
export async function loadPlugins(
  files: readonly string[],
  cwd: string,
  builtIn: readonly Pick<Rule, 'id' | 'aliases'>[],
): Promise<Plugins> {
  const paths = new Map<string, string>();
  for (const file of files) {
    const path = pathOf(file, cwd);
    if (!paths.has(path)) paths.set(path, file);
  }
  const found = new Map<Rule, string>();
  for (const [path, file] of paths) {
    const rules = rulesIn(await load(path, file, cwd), file);
    if (rules.length === 0)
      throw new UsageError(
        `the plugin ${quote(file)} exports no rule`,
        'export const … = defineRule({ … }), or a list of rules as its default',
      );
    for (const rule of rules) if (!found.has(rule)) found.set(rule, file);
  }
  const clash = clashOf(builtIn, [...found]);
  if (clash !== undefined) throw new UsageError(clash, 'give it a name that says whose it is, such as "acme-team-label"');
  return { rules: [...found.keys()], files: new Set(paths.keys()) };
}

function pathOf(file: string, cwd: string): string {
  const path = resolve(cwd, file);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw missingPath(file, path, cwd);
  if (stats.isDirectory()) throw new UsageError(`--plugin takes a file, and ${quote(file)} is a folder`);
  return realpathSync.native(path);
}

async function load(path: string, file: string, cwd: string): Promise<Readonly<Record<string, unknown>>> {
  const { importModule } = await import('./import-module.ts');
  try {
    return await importModule(pathToFileURL(path).href);
  } catch (error) {
    throw new UsageError(`the plugin ${quote(file)} can't be loaded: ${inWords(error, cwd)}`, hintFor(error, file));
  }
}

/** The first line of what went wrong, with the line where it did if the text is no JavaScript, and with paths as the user sees them. */
function inWords(error: unknown, cwd: string): string {
  if (!(error instanceof Error)) return visible(String(error));
  const line = error instanceof SyntaxError ? /^file:\/\/\S+?:(\d+)$/m.exec(error.stack ?? '')?.[1] : undefined;
  const text = `${error.name === 'Error' ? '' : `${error.name}: `}${error.message.split('\n', 1)[0] ?? ''}`;
  return `${visible(text.replaceAll(cwd + sep, ''))}${line === undefined ? '' : ` (line ${line})`}`;
}

function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd').slice(0, 500);
}

function hintFor(error: unknown, file: string): string | undefined {
  const code = codeOf(error) ?? '';
  if (code.endsWith('MODULE_NOT_FOUND') && error instanceof Error && error.message.includes("'meshlint"))
    return 'install meshlint where the plugin lies: npm install --save-dev meshlint';
  return /\.[cm]?tsx?$/.test(file) ? 'compile it to JavaScript first, or use a Node that runs TypeScript (22.18 and later)' : undefined;
}

/** All rules that a module exports, in the order of its exports' names. */
function rulesIn(exports: Readonly<Record<string, unknown>>, file: string): readonly Rule[] {
  const { default: main } = exports;
  // What CommonJS exports comes as `default`, and parts of it by name as well.
  const named = Object.entries(exports).filter(([name, value]) => !(isObject(main) && Object.is(main[name], value)));
  const isRule = isObject(main) && ('id' in main || 'check' in main);
  const all = isObject(main) && !isRule ? [...Object.entries(main), ...named.filter(([name]) => name !== 'default')] : named;
  return all
    .filter(([name]) => name !== '__esModule' && name !== 'module.exports')
    .flatMap(([name, value]) =>
      isList(value) ? value.map((item, i) => asRule(item, `${name}[${String(i)}]`, file)) : [asRule(value, name, file)],
    );
}

function asRule(value: unknown, name: string, file: string): Rule {
  const fault = ruleFault(value);
  if (fault === undefined) return value as Rule;
  const what = isObject(value) && typeof value.id === 'string' ? `the rule ${quote(value.id)}` : `the export ${quote(name)}`;
  throw new UsageError(
    `the plugin ${quote(file)} is wrong: ${what} ${fault}`,
    isObject(value) ? undefined : `a plugin exports rules and lists of rules, and ${nameOf(value)} is neither`,
  );
}
