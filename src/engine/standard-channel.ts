import type { DocumentProblem } from '../graph/subjects.ts';
import { type Kind, kindRow } from '../model/kinds.ts';
import type { Place, Placeable } from '../model/place.ts';
import { type ChannelDifference, standardChannel } from '../model/standard-channel.ts';
import type { SchemaProblem } from '../model/validate.ts';
import type { Path, Value } from '../yaml/value.ts';
import { isList, isObject, stringOf } from './ours.ts';

/** What of a resource is not there where only the standard channel of the Gateway API is installed. */
export interface Channel {
  /** In the order of the fields; what is written as null is nothing. */
  problemsOf(row: Kind, value: Value, resource: Placeable): readonly DocumentProblem[];
  /** Whether a fault against the schema, of the experimental channel, is one in this channel too. */
  objects(row: Kind, problem: SchemaProblem): boolean;
}

export const channel: Channel = {
  problemsOf(row, value, resource) {
    const difference = standardChannel[row.kind];
    return difference === undefined ? [] : [...problemsIn(row, difference, value, resource)];
  },
  objects({ kind }, { path, keyword }) {
    const anyText = standardChannel[kind]?.anyText ?? [];
    return keyword !== 'pattern' || !anyText.some((pattern) => matches(pattern, path));
  },
};

function* problemsIn(row: Kind, difference: ChannelDifference, value: Value, resource: Placeable): Iterable<DocumentProblem> {
  const at = (path: Path, part: 'key' | 'value'): Place => ({ kind: 'node', resource, path, part });
  const written = stringOf(value, 'apiVersion') ?? '';
  const version = written.slice(written.indexOf('/') + 1);
  const { versions = [], fields = [], values = [] } = difference;
  if (versions.includes(version)) {
    const only = kindRow(row.kind).versions.every((one) => versions.includes(one));
    const message = only
      ? `the API server knows no "${row.written}": it is of the experimental channel of the Gateway API only`
      : `the API server does not serve "${version}" of "${row.written}": it is of the experimental channel of the Gateway API only`;
    yield { kind: 'channel', message, at: at([only ? 'kind' : 'apiVersion'], 'value') };
    // What is not taken at all is not judged field by field.
    return;
  }
  for (const pattern of fields) {
    for (const path of found(value, pattern)) {
      const name = String(path.at(-1));
      const message = `pruned by the API server: "${name}" is a field of the experimental channel of the Gateway API only`;
      yield { kind: 'channel', message, at: at(path, 'key') };
    }
  }
  for (const { path: pattern, value: unknown } of values) {
    for (const path of found(value, pattern)) {
      if (valueAt(value, path) !== unknown) continue;
      const message = `refused by the API server: "${unknown}" is a value of the experimental channel of the Gateway API only`;
      yield { kind: 'channel', message, at: at(path, 'value') };
    }
  }
}

/** The paths of a pattern that lead to something. */
function* found(value: Value | undefined, [step, ...rest]: readonly string[], above: Path = []): Iterable<Path> {
  if (value === undefined || value === null) return;
  if (step === undefined) yield above;
  else if (step === '*') {
    if (isList(value)) for (const [i, item] of value.entries()) yield* found(item, rest, [...above, i]);
  } else if (isObject(value) && Object.hasOwn(value, step)) yield* found(value[step], rest, [...above, step]);
}

function valueAt(value: Value, path: Path): Value | undefined {
  return path.reduce<Value | undefined>((inner, step) => {
    if (isList(inner)) return inner[Number(step)];
    return isObject(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined;
  }, value);
}

function matches(pattern: readonly string[], path: Path): boolean {
  return pattern.length === path.length && pattern.every((step, i) => step === path[i] || (step === '*' && typeof path[i] === 'number'));
}
