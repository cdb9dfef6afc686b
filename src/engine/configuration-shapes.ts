import { closest } from '../rule/closest.ts';
import type { Path, Value } from '../yaml/value.ts';
import { isList, isObject } from './ours.ts';

/** What is wrong at a path of the configuration. */
export interface ConfigurationProblem {
  readonly path: Path;
  readonly part: 'key' | 'value';
  /** One clause, no full stop. */
  readonly message: string;
}

/** Checks a value and reports what is wrong with it; what it returns is right only where nothing was reported. */
export type Shape = (value: Value, path: Path, report: (problem: ConfigurationProblem) => void) => void;

/** Longer texts are nowhere meant. */
export const longest = 1000;

/** A name in double quotes: nothing in it moves a cursor or turns the text around, and it is not endless. */
export function shown(name: string): string {
  const clipped = name.length > 100 ? `${name.slice(0, 100)}…` : name;
  return JSON.stringify(clipped).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

export function didYouMean(word: string, names: Iterable<string>): string {
  const guess = word.length > 100 ? undefined : closest(word, names);
  return guess === undefined ? '' : `; did you mean "${guess}"?`;
}

export const flag: Shape = (value, path, report) => {
  if (typeof value !== 'boolean') report({ path, part: 'value', message: `${nameAt(path)} is true or false` });
};

export function oneOf(names: readonly string[]): Shape {
  return (value, path, report) => {
    if (typeof value === 'string' && names.includes(value)) return;
    const guess = typeof value === 'string' ? didYouMean(value, names) : '';
    report({ path, part: 'value', message: `${nameAt(path)} is ${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}${guess}` });
  };
}

/** A text that a pattern fits; `what` says which that is. */
export function text(what = 'a text', pattern = /[^]/): Shape {
  return (value, path, report) => {
    if (typeof value !== 'string') report({ path, part: 'value', message: `${nameAt(path)} is ${what}${needsQuotes(value)}` });
    else if (value === '') report({ path, part: 'value', message: `${nameAt(path)} is empty` });
    else if (value.length > longest || /\p{Cc}/u.test(value) || !pattern.test(value))
      report({ path, part: 'value', message: `${nameAt(path)} is ${what}, which ${shown(value)} is not` });
  };
}

function needsQuotes(value: Value): string {
  return typeof value === 'number' || typeof value === 'boolean' ? '; write it in quotes' : '';
}

export function listOf(item: Shape): Shape {
  return (value, path, report) => {
    if (isList(value)) for (const [i, each] of value.entries()) item(each, [...path, i], report);
    else report({ path, part: 'value', message: `${nameAt(path)} is a list` });
  };
}

/** A mapping with these keys and no others. */
export function mapping(fields: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape {
  return (value, path, report) => {
    if (!isObject(value)) {
      report({ path, part: 'value', message: `${nameAt(path)} is a mapping` });
      return;
    }
    for (const [key, each] of Object.entries(value)) {
      const shape = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (shape !== undefined) shape(each, [...path, key], report);
      else
        report({
          path: [...path, key],
          part: 'key',
          message: `there is no setting ${shown(key)}${path.length === 0 ? '' : ` in ${nameAt(path)}`}${didYouMean(key, Object.keys(fields))}`,
        });
    }
    for (const key of required) {
      if (!Object.hasOwn(value, key)) report({ path, part: 'value', message: `${nameAt(path)} needs "${key}"` });
    }
  };
}

/** A mapping whose keys are looked at one by one. */
export function each(look: (key: string, value: Value, path: Path, report: (problem: ConfigurationProblem) => void) => void): Shape {
  return (value, path, report) => {
    if (isObject(value)) for (const [key, inner] of Object.entries(value)) look(key, inner, [...path, key], report);
    else report({ path, part: 'value', message: `${nameAt(path)} is a mapping` });
  };
}

/** A mapping, or what is not one. */
export function mappingOr(inside: Shape, otherwise: Shape): Shape {
  return (value, path, report) => (isObject(value) ? inside : otherwise)(value, path, report);
}

function nameAt(path: Path): string {
  const key = path.findLast((step) => typeof step === 'string');
  if (key === undefined) return 'the configuration';
  return typeof path.at(-1) === 'number' ? `an item of ${shown(key)}` : shown(key);
}
