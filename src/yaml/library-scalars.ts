import type { Scalar as YamlScalar } from 'yaml';
import type { Range } from '../text/range.ts';
import { type BlockScalar, readBlockScalar } from './block-scalar.ts';
import type { Parsed } from './library-places.ts';
import { tabProblem } from './library-problems.ts';
import { quoted, resolveTagged } from './library-tags.ts';
import type { Scalar } from './scalar.ts';
import { Refusal } from './scan-state.ts';
import { copyOf } from './strings.ts';
import type { YamlProblem } from './value.ts';

/** Thrown at the first thing that has no JSON form; caught by whoever called `convert`. */
export class Unconvertible extends Error {
  readonly problem: YamlProblem;
  constructor(problem: YamlProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** go-yaml takes `?` and a leading colon between brackets for indicators wherever they stand; the package does not. */
export function checkPlainInBrackets(text: string, range: Range): void {
  const written = text.slice(range.start, range.end);
  if (written.startsWith(':') || written.includes('?')) {
    const what = written.includes('?') ? 'has a "?" in it' : 'begins with a colon';
    throw new Unconvertible({ message: `${quoted(written)} ${what} and stands between brackets without quotes`, range });
  }
}

/** A scalar's value by its tag. */
export function tagged(scalar: YamlScalar, text: string, range: Range): Scalar {
  const result = resolveTagged(text, scalar.type === 'PLAIN', scalar.tag);
  if ('problem' in result) throw new Unconvertible({ message: result.problem, range });
  return typeof result.value === 'string' ? copyOf(result.value, 0, result.value.length) : result.value;
}

/** The block scalar at `start` of what was parsed. */
export function blockScalarOf({ source, offset }: Parsed, start: number, parent: number): BlockScalar {
  try {
    return readBlockScalar(source, start, source.length, parent);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Everything else that is refused there is an error to the package too.
    const tab = offset + Math.max(start, source.indexOf('\t', start));
    throw new Unconvertible(tabProblem({ start: tab, end: tab + 1 }));
  }
}
