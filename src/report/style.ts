import type { Severity } from '../rule/rule.ts';

/** How the parts of a report for people are told apart; without colour every function returns what it is given. */
export interface Style {
  readonly severity: (severity: Severity, text: string) => string;
  /** What a reader should see first. */
  readonly strong: (text: string) => string;
  /** Line numbers and the bars beside them, related places. */
  readonly gutter: (text: string) => string;
  readonly good: (text: string) => string;
}

const codes: Readonly<Record<Severity, string>> = { error: '1;31', warning: '1;33', info: '1;36' };

export function createStyle(color: boolean): Style {
  const sgr = (code: string, text: string): string => (color && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    severity: (severity, text) => sgr(codes[severity], text),
    strong: (text) => sgr('1', text),
    gutter: (text) => sgr('1;34', text),
    good: (text) => sgr('1;32', text),
  };
}
