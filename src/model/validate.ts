import type { Path, Value } from '../yaml/value.ts';
import type { ModelKind } from './kinds.ts';
import { isObject, leaveOut, outermost } from './leave-out.ts';
import { messageOf, valueAt } from './schema-messages.ts';
import type { ResourceDocuments } from './types.ts';
import type { ValidatorError, ValidatorModule } from './validators.ts';

/** One fault of a document against the schema of its kind. */
export interface SchemaProblem {
  /** To the value that is wrong; for `missing` to the field that is not there, whose name is the last step. */
  readonly path: Path;
  readonly part: 'key' | 'value' | 'missing';
  /** One clause, lower case, no full stop; the user's names in double quotes. */
  readonly message: string;
  /** The keyword of JSON Schema that says so: `type`, `enum`, `required`, `maximum` … */
  readonly keyword: string;
}

export interface Validated<K extends ModelKind> {
  /** At most 101. */
  readonly problems: readonly SchemaProblem[];
  /** How many problems there are beyond these; where a document has thousands, not all are counted. */
  readonly more: number;
  /** The document without what is wrong; undefined when the rest would mean nothing (no name, no spec where one must be). */
  readonly value: ResourceDocuments[K] | undefined;
  /**
   * What `value` lacks because it was wrong, or because something without which it means nothing was: never an item of a list, but the list.
   * Properties that are null are absent as well, and not listed: they say nothing.
   */
  readonly leftOut: readonly Path[];
}

const mostProblems = 100;

/** The validators stop to collect here (src/build/validator-runtime.mjs); nothing of such a document is used. */
const mostErrors = 10_000;

const tooMany: SchemaProblem = {
  path: [],
  part: 'value',
  message: `the document has ${mostErrors} faults and null values or more, it is left out as a whole`,
  keyword: 'limit',
};

interface Faults {
  readonly problems: readonly SchemaProblem[];
  readonly toLeaveOut: readonly { readonly path: Path; readonly silent: boolean }[];
}

/**
 * Holds a document against the schema of its kind, and leaves out what is wrong, so that the rest has the type. `value` is never changed;
 * where nothing is wrong it is what comes back. A property that is null is the same as an absent one, as the API server removes it.
 * A resource that has only `generateName` gets that as its name: there is no other by which it could be called.
 */
export function validate<K extends ModelKind>(_kind: K, value: Value, { validate: check }: ValidatorModule): Validated<K> {
  // The types are made from the schema that the validator was made from.
  const typed = (valid: Value): ResourceDocuments[K] => valid as unknown as ResourceDocuments[K];
  const document = withName(value);
  if (check(document)) return { problems: [], more: 0, value: typed(document), leftOut: [] };

  const errors = check.errors ?? [];
  const first = faultsOf(document, errors);
  const problems = first.problems.slice(0, mostProblems);
  const more = first.problems.length - problems.length;
  if (errors.length >= mostErrors) return { problems: [tooMany, ...problems], more, value: undefined, leftOut: [[]] };

  // Where something goes an object may now lack what it must have; then it goes too, until the validator has nothing left to say.
  const leftOut: Path[] = [];
  let rest: Value = document;
  let faults = first;
  do {
    const cut = leaveOut(rest, faults.toLeaveOut);
    if (cut === undefined) return { problems, more, value: undefined, leftOut: [[]] };
    leftOut.push(...cut.leftOut);
    rest = cut.value;
    if (check(rest)) return { problems, more, value: typed(rest), leftOut: outermost(leftOut) };
    faults = faultsOf(rest, check.errors ?? []);
  } while (faults.toLeaveOut.length > 0);
  throw new Error('a validator refuses a document without saying why');
}

function withName(value: Value): Value {
  if (!isObject(value) || !Object.hasOwn(value, 'metadata')) return value;
  const { metadata } = value;
  if (!isObject(metadata) || (Object.hasOwn(metadata, 'name') && metadata['name'] !== null)) return value;
  const prefix = Object.hasOwn(metadata, 'generateName') ? metadata['generateName'] : undefined;
  return typeof prefix === 'string' && prefix !== '' ? { ...value, metadata: { ...metadata, name: prefix } } : value;
}

/** The faults that the errors speak of: one for each place, the one that explains the others. */
function faultsOf(document: Value, errors: readonly ValidatorError[]): Faults {
  const problems = new Map<string, SchemaProblem>();
  const toLeaveOut: { path: Path; silent: boolean }[] = [];
  for (const error of errors) {
    const path = pathOf(document, error.instancePath);
    toLeaveOut.push({ path, silent: error.keyword === 'null' });
    if (error.keyword === 'null') continue;
    const { missing } = error.params;
    const place = missing === undefined ? error.instancePath : `${error.instancePath}/${missing}`;
    // A wrong type explains all else that is wrong with a value; errors of one value come in a row with that of the type last.
    if (problems.has(place) && error.keyword !== 'type') continue;
    const problemPath = missing === undefined ? path : [...path, missing];
    problems.set(place, {
      path: problemPath,
      part: missing === undefined ? 'value' : 'missing',
      message: messageOf(error, problemPath, valueAt(document, path)),
      keyword: error.keyword,
    });
  }
  return { problems: [...problems.values()], toLeaveOut };
}

/** A JSON pointer as a path: whether a step is a key or an index shows in the value. */
function pathOf(document: Value, pointer: string): Path {
  const path: (string | number)[] = [];
  let value: Value | undefined = document;
  for (const escaped of pointer.split('/').slice(1)) {
    const step: string | number = Array.isArray(value) ? Number(escaped) : escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(step);
    value = valueAt(value, [step]);
  }
  return path;
}
