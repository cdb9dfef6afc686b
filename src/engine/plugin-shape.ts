import type { DerivedSubjects } from '../graph/subjects.ts';
import { kinds } from '../model/kinds.ts';
import type { Category, OptionValue, RuleDocs } from '../rule/rule.ts';
import { didYouMean, shown } from './configuration-shapes.ts';

/** Derived subjects; the record makes the compiler see that none is forgotten. */
const derived = { document: true, host: true, workload: true, 'workload-port': true, mesh: true } satisfies Record<
  keyof DerivedSubjects,
  true
>;
const subjects: ReadonlySet<string> = new Set([...Object.keys(derived), ...kinds.map(({ kind }) => kind)]);

const categories = ['validity', 'reference', 'traffic', 'security', 'gateway', 'ambient', 'hygiene'] as const satisfies readonly Category[];
const severities = ['error', 'warning', 'info'];
const presets = ['recommended', 'strict'];
const docFields = ['why', 'help', 'evidence', 'bad', 'good'] as const satisfies readonly (keyof RuleDocs)[];
const idPattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

type Fields = Readonly<Record<string, unknown>>;
type Look = (value: unknown, rule: Fields) => string | undefined;

/** What each field of a rule must be; the answer says what is wrong with it, behind the field's name. */
const fields: Readonly<Record<string, Look>> = {
  id: (value) =>
    typeof value === 'string' && idPattern.test(value) && value.length <= 100
      ? undefined
      : 'is lower case words with "-" between them, such as "team-label"',
  title: (value) => (isLine(value) ? undefined : 'is a text of one line'),
  category: oneOf(categories),
  severity: oneOf(severities),
  presets: listOf(oneOf(presets), 'is a list of "recommended" and "strict", or []'),
  subjects: (value) => (isList(value) && value.length > 0 ? first(value, subjectFault) : 'is a list of kinds, such as ["VirtualService"]'),
  check: (value) => (typeof value === 'function' ? undefined : 'is a generator function: *check(subject, { mesh, options }) { … }'),
  since: optional((value) => (typeof value === 'string' ? undefined : 'is a text')),
  url: optional((value) => (value === '' || (isLine(value) && /^https?:\/\/\S+$/.test(value)) ? undefined : 'is the address of a page')),
  preview: optional((value) => (typeof value === 'boolean' ? undefined : 'is true or false')),
  securitySeverity: (value, { category }) => securityFault(value, category === 'security'),
  aliases: optional(
    listOf((value) => (typeof value === 'string' && idPattern.test(value) ? undefined : 'is no id'), 'is a list of former ids'),
  ),
  equivalents: optional(listOf(equivalentFault, 'is a list of { tool, code }')),
  istio: optional((value) =>
    isObject(value) && [value.since, value.until].every(isAbsentOrText) ? undefined : 'is { since?, until? }, such as { since: "1.22" }',
  ),
  options: optional(optionsFault),
  docs: optional(docsFault),
};

/** What keeps a value from being a rule, as one clause about "it"; undefined where nothing does. */
export function ruleFault(value: unknown): string | undefined {
  if (!isObject(value)) return `is ${nameOf(value)}, and no rule`;
  for (const [name, look] of Object.entries(fields)) {
    const fault = look(value[name], value);
    if (fault !== undefined) return value[name] === undefined ? `has no "${name}", which ${fault}` : `has a wrong "${name}": it ${fault}`;
  }
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
  return unknown === undefined ? undefined : `has ${shown(unknown)}, which no rule has${didYouMean(unknown, Object.keys(fields))}`;
}

/** What a value is, for who expected something else. */
export function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (isList(value)) return 'a list';
  return { object: 'an object', function: 'a function', string: 'a text' }[typeof value as string] ?? `a ${typeof value}`;
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !isList(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isLine(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 1000 && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value);
}

function isAbsentOrText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function first(values: readonly unknown[], look: (value: unknown) => string | undefined): string | undefined {
  for (const value of values) {
    const fault = look(value);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function optional(look: Look): Look {
  return (value, rule) => (value === undefined ? undefined : look(value, rule));
}

function oneOf(names: readonly string[]): (value: unknown) => string | undefined {
  return (value) => {
    if (typeof value === 'string' && names.includes(value)) return undefined;
    return `is ${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}${typeof value === 'string' ? `, not ${shown(value)}` : ''}`;
  };
}

function listOf(look: (value: unknown) => string | undefined, what: string): (value: unknown) => string | undefined {
  return (value) => (isList(value) && first(value, look) === undefined ? undefined : what);
}

function subjectFault(value: unknown): string | undefined {
  if (typeof value === 'string' && subjects.has(value)) return undefined;
  return typeof value === 'string' ? `names ${shown(value)}, which is no subject${didYouMean(value, subjects)}` : 'is a list of texts';
}

/** Source: code scanning's own bounds; exactly 9.0 lies between two of its classes. */
function securityFault(value: unknown, wanted: boolean): string | undefined {
  if (value === undefined) return wanted ? 'is a text from "0.1" to "8.9" or "9.1" to "10.0", in the category "security"' : undefined;
  if (!wanted) return 'is for the category "security" only';
  const score = typeof value === 'string' && /^\d{1,2}\.\d$/.test(value) ? Number(value) : 0;
  return score >= 0.1 && score <= 10 && score !== 9 ? undefined : 'is a text from "0.1" to "8.9" or "9.1" to "10.0"';
}

function equivalentFault(value: unknown): string | undefined {
  return isObject(value) && (value.tool === 'istioctl' || value.tool === 'kiali') && isLine(value.code) ? undefined : 'is no code';
}

function optionsFault(value: unknown): string | undefined {
  if (!isObject(value)) return 'is an object of { description, default } by name';
  for (const [name, option] of Object.entries(value)) {
    if (name === 'severity') return 'has "severity", which every rule has';
    if (!isObject(option) || typeof option.description !== 'string' || !isOptionValue(option.default))
      return `has ${shown(name)}, which needs a description, and as its default a text, a number, a boolean or a list of texts`;
  }
  return undefined;
}

function isOptionValue(value: unknown): value is OptionValue {
  return isList(value) ? value.every((item) => typeof item === 'string') : ['string', 'number', 'boolean'].includes(typeof value);
}

function docsFault(value: unknown): string | undefined {
  if (!isObject(value)) return `is an object with ${docFields.join(', ')} and references`;
  const missing = docFields.find((name) => typeof value[name] !== 'string');
  if (missing !== undefined) return `needs the text "${missing}"`;
  return isList(value.references) && value.references.every((item) => typeof item === 'string')
    ? undefined
    : 'needs "references", a list of addresses';
}
