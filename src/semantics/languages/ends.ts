import { type Expression, parseRegex } from './syntax.ts';

/** What every text begins and ends with that an expression matches. */
export interface Ends {
  readonly head: string;
  readonly tail: string;
}

const unknown: Ends = { head: '', tail: '' };

/** Of a regular expression; of one that is not modelled, nothing. */
export function endsOf(source: string): Ends {
  const expression = parseRegex(source);
  return expression === undefined ? unknown : { head: end(expression, false).text, tail: end(expression, true).text };
}

export function headOf(source: string): string {
  const expression = parseRegex(source);
  return expression === undefined ? '' : end(expression, false).text;
}

/** The letters that come first, or last. `isAll`: there are no others. */
function end(expression: Expression, last: boolean): { readonly text: string; readonly isAll: boolean } {
  switch (expression.kind) {
    case 'empty':
      return { text: '', isAll: true };
    case 'set': {
      const [range, other] = expression.set;
      return range !== undefined && other === undefined && range[0] === range[1]
        ? { text: String.fromCodePoint(range[0]), isAll: true }
        : { text: '', isAll: false };
    }
    case 'sequence': {
      const texts: string[] = [];
      let isAll = true;
      for (let i = 0; isAll && i < expression.parts.length; i += 1) {
        const part = expression.parts[last ? expression.parts.length - 1 - i : i];
        if (part === undefined) break;
        const own = end(part, last);
        texts.push(own.text);
        ({ isAll } = own);
      }
      return { text: (last ? texts.reverse() : texts).join(''), isAll };
    }
    case 'choice':
      return { text: '', isAll: false };
    case 'repeat': {
      const own = expression.min === 0 ? { text: '', isAll: expression.max === 0 } : end(expression.part, last);
      return { text: own.text, isAll: own.isAll && expression.min === 1 && expression.max === 1 };
    }
  }
}
