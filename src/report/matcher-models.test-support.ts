/**
 * How GitHub's runner reads a line (IssueMatcher and OutputManager of actions/runner): the first matcher that makes an issue of it takes
 * it; a severity that is not known makes none; colours are left in; there are no ends of ranges.
 */
export interface GithubMatcher {
  readonly owner: string;
  readonly severity?: string;
  readonly pattern: readonly GithubPattern[];
}

export interface GithubPattern {
  readonly regexp: string;
  readonly file?: number;
  readonly line?: number;
  readonly column?: number;
  readonly severity?: number;
  readonly code?: number;
  readonly message?: number;
}

export interface Issue {
  readonly type: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly code?: string;
}

const issueTypes = ['error', 'warning', 'notice'] as const;

/** Throws where the runner would refuse the file. */
export function checkGithubMatchers(matchers: readonly GithubMatcher[]): void {
  const owners = new Set(matchers.map(({ owner }) => owner.toLowerCase()));
  if (owners.size !== matchers.length || owners.has('')) throw new Error('owners must be there and differ');
  for (const { severity = '', pattern } of matchers) {
    if (!['', ...issueTypes].includes(severity.toLowerCase())) throw new Error(`default severity ${severity}`);
    const [only, ...others] = pattern;
    if (only === undefined || others.length > 0) throw new Error('these models know one pattern');
    const { regexp, message, ...groups } = only;
    if (message === undefined) throw new Error('no message');
    const count = new RegExp(`${regexp}|`).exec('')?.length ?? 0;
    for (const group of [message, ...Object.values(groups)]) if (group < 0 || group >= count) throw new Error(`group ${String(group)}`);
  }
}

export function githubIssue(line: string, matchers: readonly GithubMatcher[]): Issue | undefined {
  for (const { severity: byDefault, pattern } of matchers) {
    const [{ regexp, ...groups } = { regexp: '(?!)' }] = pattern;
    const match = new RegExp(regexp).exec(line);
    if (match === null) continue;
    const value = (group: number | undefined): string => (group === undefined ? '' : (match[group] ?? ''));
    const severity = (value(groups.severity) || (byDefault ?? '') || 'error').toLowerCase();
    const type = issueTypes.find((known) => known === severity);
    const message = value(groups.message);
    if (type === undefined || message.trim() === '') continue;
    return {
      type,
      message,
      ...(value(groups.file) === '' ? {} : { file: value(groups.file) }),
      ...(/^\d+$/.test(value(groups.line)) ? { line: Number(value(groups.line)) } : {}),
      ...(/^\d+$/.test(value(groups.column)) ? { column: Number(value(groups.column)) } : {}),
      ...(value(groups.code) === '' ? {} : { code: value(groups.code) }),
    };
  }
  return undefined;
}

export interface VscodeMatcher {
  readonly owner: string;
  readonly severity?: string;
  readonly pattern: GithubPattern & { readonly endLine?: number; readonly endColumn?: number };
}

export interface Marker {
  readonly file: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly code: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * How a task of VS Code reads a line (SingleLineMatcher of problemMatcher.ts): the end of a range counts only with both columns, a column
 * alone marks a word, a line alone is marked whole, and a severity that is not known is an error.
 */
export function vscodeMarker(line: string, { severity: byDefault = 'error', pattern }: VscodeMatcher): Marker | undefined {
  const match = new RegExp(pattern.regexp).exec(line);
  if (match === null) return undefined;
  const value = (group: number | undefined): string => (group === undefined ? '' : (match[group] ?? '').trim());
  const number = (group: number | undefined): number => Number.parseInt(value(group), 10);
  const word = value(pattern.severity).toLowerCase();
  const severities: Readonly<Record<string, Marker['severity']>> = {
    ...{ error: 'error', e: 'error', warning: 'warning', warn: 'warning', w: 'warning' },
    ...{ info: 'info', i: 'info', hint: 'info', note: 'info' },
  };
  return {
    file: value(pattern.file ?? 1),
    severity: severities[word] ?? severities[byDefault] ?? 'error',
    message: value(pattern.message ?? 0),
    code: value(pattern.code),
    ...rangeOf(number(pattern.line ?? 2), number(pattern.column ?? 3), number(pattern.endLine), number(pattern.endColumn)),
  };
}

type Range = Pick<Marker, 'startLine' | 'startColumn' | 'endLine' | 'endColumn'>;

function rangeOf(line: number, column: number, endLine: number, endColumn: number): Range {
  if (Number.isNaN(column)) return { startLine: line, startColumn: 1, endLine: line, endColumn: 2 ** 31 - 1 };
  if (Number.isNaN(endColumn)) return { startLine: line, startColumn: column, endLine: line, endColumn: column };
  return { startLine: line, startColumn: column, endLine: Number.isNaN(endLine) ? line : endLine, endColumn };
}
