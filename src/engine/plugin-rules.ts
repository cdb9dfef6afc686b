import type { Place } from '../model/place.ts';
import type { Fault, Rule, Unknown } from '../rule/rule.ts';
import { shown } from './configuration-shapes.ts';
import { UsageError } from './options.ts';
import { isList, isObject, nameOf, ruleFault } from './plugin-shape.ts';

/**
 * The built-in rules and a user's own, sorted by id. An own one takes the place of a built-in one with its id. Throws a UsageError for what
 * is no rule.
 */
export function withOwnRules(builtIn: readonly Rule[], own: readonly Rule[]): readonly Rule[] {
  const known = new Set(builtIn.map(({ id }) => id));
  const ids = new Set<string>();
  const guarded = own.map((rule) => {
    const replaces = isObject(rule) && known.has(rule.id);
    const fault = replaces ? undefined : ruleFault(rule);
    if (fault !== undefined) throw new UsageError(`a rule of a plugin ${fault}`);
    if (ids.has(rule.id)) throw new UsageError(`two rules of plugins have the id "${rule.id}"`);
    ids.add(rule.id);
    return replaces ? rule : guard(rule);
  });
  return [...builtIn.filter(({ id }) => !ids.has(id)), ...guarded].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The rule, without a page of ours, and with a look at what it reports: the rest of the engine relies on types that nobody has checked. */
function guard(rule: Rule): Rule {
  return {
    ...rule,
    url: rule.url ?? '',
    *check(subject, context) {
      const reports: unknown = rule.check(subject, context);
      if (!isIterable(reports)) throw new Error(`its check returns ${nameOf(reports)}; it is a generator that yields what it finds`);
      for (const report of reports) yield checked(report);
    },
  };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';
}

function checked(report: unknown): Fault | Unknown {
  const fault = reportFault(report);
  if (fault !== undefined) throw new Error(`it yields ${fault}`);
  return report as Fault | Unknown;
}

function reportFault(report: unknown): string | undefined {
  if (!isObject(report)) return `${nameOf(report)}; a fault is { at, message }`;
  if (!isPlace(report.at)) return 'a fault whose "at" is no place; places come from at(resource, …) and from the mesh';
  if ('reason' in report) return isText(report.reason) ? undefined : 'an unknown whose "reason" is no text';
  if (!isText(report.message)) return 'a fault without a "message"';
  const { related, fix, cause, reports, reference } = report;
  if (related !== undefined && !(isList(related) && related.every((each) => isObject(each) && isPlace(each.at) && isText(each.message))))
    return 'a fault whose "related" is no list of { at, message }';
  if (![cause, reports, reference].every((key) => key === undefined || isText(key))) return 'a fault whose key is no text';
  return fix === undefined || isFix(fix) ? undefined : 'a fault whose "fix" is no { title, safety, edits }';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isPlace(value: unknown): value is Place {
  if (!isObject(value)) return false;
  if (value.kind === 'text') {
    const { text, range } = value;
    return isObject(text) && isObject(text.source) && isObject(range) && isRange(range);
  }
  if (value.kind !== 'node' && value.kind !== 'missing') return false;
  const { resource, path, span } = value;
  const isStep = (step: unknown): boolean => typeof step === 'string' || Number.isSafeInteger(step);
  return (
    isObject(resource) &&
    isObject(resource.origin) &&
    isObject(resource.origin.text) &&
    isList(path) &&
    path.every(isStep) &&
    (span === undefined || (isObject(span) && isRange(span)))
  );
}

function isRange({ start, end }: Readonly<Record<string, unknown>>): boolean {
  return Number.isSafeInteger(start) && Number.isSafeInteger(end) && (start as number) >= 0 && (start as number) <= (end as number);
}

const operations: ReadonlySet<unknown> = new Set(['replace', 'insert', 'remove', 'rename-key', 'move']);

function isFix(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { title, safety, edits } = value;
  return (
    isText(title) &&
    (safety === 'safe' || safety === 'suggestion') &&
    isList(edits) &&
    edits.every((edit) => isObject(edit) && operations.has(edit.op) && isPlace(edit.at) && (edit.op !== 'move' || isPlace(edit.to)))
  );
}

/** Ids that two rules would have. `own` are of plugins, with the file that each comes from. */
export function clashOf(
  builtIn: readonly Pick<Rule, 'id' | 'aliases'>[],
  own: readonly (readonly [rule: Rule, file: string])[],
): string | undefined {
  const owners = new Map<string, string>();
  for (const { id, aliases = [] } of builtIn) for (const name of [id, ...aliases]) owners.set(name, 'meshlint itself');
  for (const [{ id, aliases = [] }, file] of own) {
    for (const name of new Set([id, ...aliases])) {
      const owner = owners.get(name);
      if (owner !== undefined) return `${shown(file)} has a rule "${name}", and so has ${owner}`;
      owners.set(name, shown(file));
    }
  }
  return undefined;
}
