import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../engine/options.ts';
import { closestName } from '../node/closest.ts';
import { quote } from '../node/messages.ts';
import { writeReport } from '../node/output.ts';
import { type DescribedRule, noDocs } from '../report/described.ts';
import { oneOf, type OtherCommand } from './arguments.ts';
import { wantsColor } from './color.ts';
import { refuseAmbiguous } from './command-or-path.ts';
import { colorModes, commandNames, findOption, matcherTools, type OptionName } from './option-table.ts';
import type { Environment } from './environment.ts';

interface Descriptor {
  /** What it has besides --help and --version. */
  readonly options: readonly OptionName[];
  readonly operand?: string;
  /** How to get the command where its name is also that of a file or folder. */
  readonly instead: string;
  /** Gives what belongs on standard output. */
  readonly print: (call: Call, environment: Environment) => Promise<string>;
}

interface Call {
  readonly operand: string;
  readonly last: (name: OptionName) => string | undefined;
  readonly color: (environment: Environment) => boolean;
}

type PrintCommand = OtherCommand & { readonly name: Exclude<OtherCommand['name'], 'baseline'> };

const commands: Readonly<Record<PrintCommand['name'], Descriptor>> = {
  init: { options: ['dry-run', 'force'], instead: 'for the command say --dry-run or --force', print: runInit },
  rules: { options: ['format', 'color', 'equivalent', 'plugin'], instead: 'for the command go to another folder', print: printRules },
  explain: { options: ['color', 'plugin'], operand: 'RULE', instead: 'for the command name a rule', print: printRule },
  'problem-matcher': { options: ['for'], instead: 'for the command say --for vscode or --for github', print: printMatcher },
  completion: { options: ['plugin'], operand: 'SHELL', instead: 'for the command name a shell', print: printCompletion },
};

/** Runs a command that is over when it has printed something. Throws a UsageError. */
export async function runCommand({ name, operands, given }: PrintCommand, environment: Environment): Promise<void> {
  const { options, operand, instead, print } = commands[name];
  const foreign = [...given.keys()].find((option) => !options.includes(option));
  if (foreign !== undefined) throw new UsageError(`${name} takes no --${foreign}`, `meshlint ${name} --help lists what it takes`);
  const own = [...given.keys()].some((option) => findOption(`--${option}`)?.command === name);
  if (operands.length === 0 && !own) refuseAmbiguous(name, environment.cwd, instead);
  const [first, ...more] = operands;
  if (operand !== undefined && first === undefined) throw new UsageError(`${name} needs a ${operand}: meshlint ${name} ${operand}`);
  const extra = operand === undefined ? first : more[0];
  if (extra !== undefined) throw new UsageError(`${name} does not take ${quote(extra)}`, 'paths are given to lint: meshlint lint PATH');

  const last = (option: OptionName): string | undefined => given.get(option)?.at(-1);
  const color = ({ env, stdout }: Environment): boolean => {
    return wantsColor(oneOf('color', last('color') ?? 'auto', colorModes), env, () => stdout.isTerminal());
  };
  await writeReport(environment.stdout, [await print({ operand: first ?? '', last, color }, environment)]);
}

/** What to throw for a path that is not there, when its name is almost that of a command. */
export function mistypedCommand(word: string, cwd: string, error: UsageError): UsageError {
  if (!/^[a-z-]+$/i.test(word) || existsSync(resolve(cwd, word))) return error;
  const near = closestName(word, commandNames);
  if (near === undefined) return error;
  const command = `did you mean the command ${near}?`;
  return new UsageError(error.message, error.hint === undefined ? command : `${error.hint} Or ${command}`);
}

async function runInit({ last }: Call, environment: Environment): Promise<string> {
  const { init } = await import('./init.ts');
  return await init({ force: last('force') !== undefined, dryRun: last('dry-run') !== undefined }, environment);
}

async function printRules({ last, color }: Call, environment: Environment): Promise<string> {
  const format = oneOf('format', last('format') ?? 'text', ['text', 'json']);
  const code = last('equivalent');
  const all = await environment.loadRules();
  const rules = code === undefined ? all : equivalentTo(code, all);
  const { ruleListJson, ruleTable } = await import('../report/rule-list.ts');
  return format === 'json' ? ruleListJson(rules) : ruleTable(rules, { color: color(environment) });
}

function equivalentTo(code: string, rules: readonly DescribedRule[]): readonly DescribedRule[] {
  const found = rules.filter(({ equivalents = [] }) => equivalents.some((equivalent) => sameCode(equivalent.code, code)));
  if (found.length > 0) return found;
  const near = closestName(code.toUpperCase(), [
    ...new Set(rules.flatMap(({ equivalents = [] }) => equivalents.map((known) => known.code))),
  ]);
  throw new UsageError(`no rule is equivalent to ${quote(code)}`, near === undefined ? undefined : `did you mean ${near}?`);
}

function sameCode(a: string, b: string): boolean {
  return a.toUpperCase() === b.toUpperCase();
}

async function printRule({ operand, color }: Call, environment: Environment): Promise<string> {
  const rules = await environment.loadRules();
  const rule = rules.find(({ id, aliases = [] }) => id === operand || aliases.includes(operand));
  if (rule === undefined) throw unknownRule(operand, rules);
  const docs = await environment.loadDocs();
  const { explain } = await import('../report/explain.ts');
  return explain(rule, docs.get(rule.id) ?? noDocs, { color: color(environment) });
}

function unknownRule(name: string, rules: readonly DescribedRule[]): UsageError {
  const message = `there is no rule ${quote(name)}`;
  const same = rules.filter(({ equivalents = [] }) => equivalents.some(({ code }) => sameCode(code, name)));
  if (same.length === 1) return new UsageError(message, `the rule for that code is ${same[0]?.id ?? ''}`);
  if (same.length > 1) return new UsageError(message, `for the rules of that code: meshlint rules --equivalent ${name.toUpperCase()}`);
  const near = closestName(
    name,
    rules.map(({ id }) => id),
  );
  return new UsageError(message, near === undefined ? 'meshlint rules lists them' : `did you mean ${near}?`);
}

async function printMatcher({ last }: Call): Promise<string> {
  const tool = last('for');
  if (tool === undefined) throw new UsageError('problem-matcher needs --for vscode or --for github');
  const { problemMatcher } = await import('../report/problem-matchers.ts');
  return problemMatcher(oneOf('for', tool, matcherTools));
}

async function printCompletion({ operand }: Call, environment: Environment): Promise<string> {
  const { completionScript, shells } = await import('./completion.ts');
  const shell = shells.find((known) => known === operand);
  if (shell === undefined)
    throw new UsageError(
      `there is no completion for ${quote(operand)}`,
      `there is one for ${shells.slice(0, -1).join(', ')} and ${shells.at(-1) ?? ''}`,
    );
  const { helpText } = await import('./help.ts');
  const ids = (await environment.loadRules()).map(({ id }) => id);
  return completionScript(shell, ids, helpText('meshlint'));
}
