import {
  anyCharacter,
  type CharacterSet,
  characterSet,
  complement,
  folded,
  lastCodePoint,
  perlClasses,
  posixClasses,
  union,
} from './character-sets.ts';

/** A regular expression, reduced to what says which texts it matches. */
export type Expression =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly kind: 'choice'; readonly parts: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly part: Expression; readonly min: number; readonly max: number };

export function textOf(text: string, ignoreCase = false): Expression {
  return {
    kind: 'sequence',
    parts: [...text].map((character) => ({ kind: 'set', set: characterSet(character.codePointAt(0) ?? 0, ignoreCase) })),
  };
}

const escapes: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** RE2 refuses more. */
const mostRepetitions = 1000;

/** Thrown inside only: an expression of which we do not say what it matches. */
class Unsupported extends Error {}

/**
 * What an RE2 expression matches as a whole; undefined for what is not modelled (word boundaries, Unicode classes, anchors in the middle)
 * or is no RE2. Source of the syntax: https://github.com/google/re2/wiki/Syntax.
 */
export function parseRegex(source: string): Expression | undefined {
  try {
    return new Parser(source).parse();
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

/** Whether a regular expression plainly matches the empty text. */
export function matchesEmptyText(source: string): boolean {
  const expression = parseRegex(source);
  return expression !== undefined && nullable(expression);
}

function nullable(expression: Expression): boolean {
  switch (expression.kind) {
    case 'empty':
      return true;
    case 'set':
      return false;
    case 'sequence':
      return expression.parts.every(nullable);
    case 'choice':
      return expression.parts.some(nullable);
    case 'repeat':
      return expression.min === 0 || nullable(expression.part);
  }
}

interface Flags {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
}

class Parser {
  readonly #characters: readonly string[];
  #at = 0;
  #depth = 0;
  #flags: Flags = { ignoreCase: false, dotAll: false };

  constructor(source: string) {
    this.#characters = [...source];
  }

  parse(): Expression {
    const expression = this.#choice();
    if (this.#at < this.#characters.length) throw new Unsupported('an unmatched )');
    return expression;
  }

  #peek(ahead = 0): string | undefined {
    return this.#characters[this.#at + ahead];
  }

  #take(): string {
    const character = this.#characters[this.#at];
    if (character === undefined) throw new Unsupported('unexpected end');
    this.#at += 1;
    return character;
  }

  #choice(): Expression {
    this.#depth += 1;
    if (this.#depth > 100) throw new Unsupported('nested too deeply');
    const flags = this.#flags;
    const parts = [this.#sequence()];
    while (this.#peek() === '|') {
      this.#at += 1;
      parts.push(this.#sequence());
    }
    this.#flags = flags;
    this.#depth -= 1;
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'choice', parts };
  }

  #sequence(): Expression {
    const parts: Expression[] = [];
    for (let next = this.#peek(); next !== undefined && next !== '|' && next !== ')'; next = this.#peek()) {
      const atom = this.#atom(parts.length === 0);
      if (atom !== undefined) parts.push(this.#repeated(atom));
    }
    return parts.length === 0 ? { kind: 'empty' } : { kind: 'sequence', parts };
  }

  #atom(first: boolean): Expression | undefined {
    const character = this.#take();
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return this.#set(this.#class());
      case '.':
        return { kind: 'set', set: this.#flags.dotAll ? anyCharacter : complement([[10, 10]]) };
      case '^':
        // In a full match these two say nothing at the ends of the whole expression, and anywhere else something odd.
        if (first && this.#depth === 1) return undefined;
        throw new Unsupported('^ in the middle');
      case '$':
        if (this.#depth === 1 && (this.#peek() === undefined || this.#peek() === '|')) return undefined;
        throw new Unsupported('$ in the middle');
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        throw new Unsupported('nothing to repeat');
      default:
        return this.#set([[character.codePointAt(0) ?? 0, character.codePointAt(0) ?? 0]]);
    }
  }

  #set(set: CharacterSet): Expression {
    return { kind: 'set', set: this.#flags.ignoreCase ? folded(set) : set };
  }

  #group(): Expression | undefined {
    if (this.#peek() !== '?') return this.#closed();
    this.#at += 1;
    if (this.#peek() === 'P' || this.#peek() === '<') {
      if (this.#peek() === 'P') this.#at += 1;
      if (this.#take() !== '<') throw new Unsupported('a group that is none');
      while (this.#take() !== '>');
      return this.#closed();
    }
    let { ignoreCase, dotAll } = this.#flags;
    let on = true;
    for (;;) {
      const flag = this.#take();
      if (flag === '-' && on) on = false;
      else if (flag === 'i') ignoreCase = on;
      else if (flag === 's') dotAll = on;
      else if (flag === 'U') continue;
      else if (flag === ':') {
        const before = this.#flags;
        this.#flags = { ignoreCase, dotAll };
        const inner = this.#closed();
        this.#flags = before;
        return inner;
      } else if (flag === ')') {
        this.#flags = { ignoreCase, dotAll };
        return undefined;
      } else throw new Unsupported(`flag ${flag}`);
    }
  }

  #closed(): Expression {
    const inner = this.#choice();
    if (this.#take() !== ')') throw new Unsupported('a missing )');
    return inner;
  }

  #escape(): Expression | undefined {
    const character = this.#take();
    const named = Object.hasOwn(perlClasses, character) ? perlClasses[character] : undefined;
    if (named !== undefined) return this.#set(named);
    if (character === 'A' || character === 'z') throw new Unsupported('an anchor');
    if (character === 'Q') {
      const parts: Expression[] = [];
      while (this.#peek() !== undefined && !(this.#peek() === '\\' && this.#peek(1) === 'E'))
        parts.push(...[textOf(this.#take(), this.#flags.ignoreCase)]);
      this.#at += 2;
      return { kind: 'sequence', parts };
    }
    const code = this.#escapedCode(character);
    return this.#set([[code, code]]);
  }

  #escapedCode(character: string): number {
    const control = Object.hasOwn(escapes, character) ? escapes[character] : undefined;
    if (control !== undefined) return control;
    if (character === 'x') {
      let hex = '';
      if (this.#peek() === '{') {
        this.#at += 1;
        for (let next = this.#take(); next !== '}'; next = this.#take()) hex += next;
      } else hex = this.#take() + this.#take();
      if (!/^[0-9a-fA-F]{1,6}$/.test(hex) || parseInt(hex, 16) > lastCodePoint) throw new Unsupported('an escape that is none');
      return parseInt(hex, 16);
    }
    if (/[A-Za-z0-9]/.test(character)) throw new Unsupported(`\\${character}`);
    return character.codePointAt(0) ?? 0;
  }

  #class(): CharacterSet {
    const negated = this.#peek() === '^';
    if (negated) this.#at += 1;
    const sets: CharacterSet[] = [];
    for (let first = true; ; first = false) {
      const character = this.#take();
      if (character === ']' && !first) break;
      if (character === '[' && this.#peek() === ':') {
        sets.push(this.#posixClass());
        continue;
      }
      let from: number;
      if (character === '\\') {
        const escaped = this.#take();
        const named = Object.hasOwn(perlClasses, escaped) ? perlClasses[escaped] : undefined;
        if (named !== undefined) {
          sets.push(named);
          continue;
        }
        from = this.#escapedCode(escaped);
      } else from = character.codePointAt(0) ?? 0;
      let to = from;
      if (this.#peek() === '-' && this.#peek(1) !== ']' && this.#peek(1) !== undefined) {
        this.#at += 1;
        const end = this.#take();
        to = end === '\\' ? this.#escapedCode(this.#take()) : (end.codePointAt(0) ?? 0);
        if (to < from) throw new Unsupported('a range that runs backwards');
      }
      sets.push([[from, to]]);
    }
    const all = this.#flags.ignoreCase ? folded(union(...sets)) : union(...sets);
    return negated ? complement(all) : all;
  }

  #posixClass(): CharacterSet {
    this.#at += 1;
    let name = '';
    while (this.#peek() !== ':') name += this.#take();
    this.#at += 1;
    if (this.#take() !== ']') throw new Unsupported('a class that is none');
    const negated = name.startsWith('^');
    const set = posixClasses[negated ? name.slice(1) : name];
    if (set === undefined) throw new Unsupported(`class ${name}`);
    return negated ? complement(set) : set;
  }

  #repeated(atom: Expression): Expression {
    let result = atom;
    for (;;) {
      const range = this.#repetition();
      if (range === undefined) return result;
      if (this.#peek() === '?') this.#at += 1;
      else if (this.#peek() === '+' || this.#peek() === '*') throw new Unsupported('a repetition of a repetition');
      result = { kind: 'repeat', part: result, min: range[0], max: range[1] };
    }
  }

  #repetition(): readonly [number, number] | undefined {
    const character = this.#peek();
    if (character === '*' || character === '+' || character === '?') {
      this.#at += 1;
      return character === '*' ? [0, Infinity] : character === '+' ? [1, Infinity] : [0, 1];
    }
    if (character !== '{') return undefined;
    const rest = this.#characters.slice(this.#at, this.#at + 12).join('');
    const [all, min, comma, max] = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(rest) ?? [];
    // A brace that is no repetition is an ordinary character.
    if (all === undefined || min === undefined) return undefined;
    this.#at += all.length;
    const least = Number(min);
    const most = comma === undefined ? least : max === undefined || max === '' ? Infinity : Number(max);
    if (least > mostRepetitions || most < least || (most !== Infinity && most > mostRepetitions))
      throw new Unsupported('a repetition beyond the limit');
    return [least, most];
  }
}
