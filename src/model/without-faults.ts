import type { Path, Value } from '../yaml/value.ts';
import { leaveOut, outermost } from './leave-out.ts';
import { messageOf, valueAt } from './schema-messages.ts';
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

/** What is wrong with a document that its validator has just refused, and the document without it (undefined: nothing is left). */
export function withoutFaults(
  document: Value,
  check: ValidatorModule['validate'],
): {
  readonly problems: readonly SchemaProblem[];
  readonly more: number;
  readonly value: Value | undefined;
  readonly leftOut: readonly Path[];
} {
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
    if (check(rest)) return { problems, more, value: rest, leftOut: outermost(leftOut) };
    faults = faultsOf(rest, check.errors ?? []);
  } while (faults.toLeaveOut.length > 0);
  throw new Error('a validator refuses a document without saying why');
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
