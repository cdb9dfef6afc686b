import type { Severity } from '../rule/rule.ts';

/** What a marker in a test manifest says of its line. */
export interface Expectation {
  readonly line: number;
  readonly severity: Severity;
  /** A part of the message. */
  readonly message: string;
  /** The text that must be underlined, exactly. */
  readonly underlined: string;
}

const marker = /\s#\s*(error|warning|info)(?:\(([^)]*)\))?:(.*?)(?=\s#\s*(?:error|warning|info)(?:\([^)]*\))?:|$)/g;

/**
 * Reads markers: `subset: v3 # error: subset "v3" is not defined`.
 * The text that must be underlined is the value on the line (behind `key: ` or `- `), or what stands in parentheses:
 * `{ host: reviews, subset: v3 } # error(v3): …`. A line may have several.
 */
export function expectationsIn(yaml: string): readonly Expectation[] {
  return yaml.split('\n').flatMap((text, index) => {
    const first = text.search(/\s#\s*(error|warning|info)(\([^)]*\))?:/);
    if (first === -1) return [];
    const value = valueOn(text.slice(0, first));
    return [...text.matchAll(marker)].map(([, severity, underlined, message]) => ({
      line: index + 1,
      severity: severity as Severity,
      message: (message ?? '').trim(),
      underlined: underlined ?? value,
    }));
  });
}

/** The value on a line of block style; the key where it has none, since that is what is underlined then. */
function valueOn(line: string): string {
  const text = line.trim().replace(/^(- +)+/, '');
  const pair = /^("[^"]*"|'[^']*'|[^\s#"'{[][^#]*?):(?:\s(.*))?$/.exec(text);
  if (pair === null) return text;
  return pair[2]?.trim() || (pair[1] ?? text);
}

/** Takes away the indentation that all lines share, and the line breaks at both ends. */
export function dedent(text: string): string {
  const lines = text
    .replace(/^[ \t]*\n/, '')
    .replace(/\n[ \t]*$/, '')
    .split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return `${lines.map((line) => (line.trim() === '' ? '' : line.slice(indent))).join('\n')}\n`;
}
