/** A colour, which FORCE_COLOR puts into a pipe as well. Neither VS Code nor GitHub's runner takes it out. */
const sgr = '(?:\\x1b\\[[0-9;]{0,9}m)?';

/**
 * What both read is a line of the concise format. The path ends where the first range and severity begin, so that it may have blanks
 * and colons; the rule is what stands in brackets at the end. No construct that a .NET expression in ECMAScript mode lacks, and none that
 * a long line could slow down: the runner gives up a matcher that takes a second.
 */
const place = (range: string): string => `^${sgr}(.+?)${sgr}:(\\d+):(\\d+)-${range}: ${sgr}`;
const rule = '\\[([a-z0-9-]+)\\]';

/** The lines on standard error between which `--watch` reports. */
export const watchLines = { begin: '[meshlint] checking', end: '[meshlint] waiting for changes' } as const;

const exactly = (line: string): string => `^${line.replace(/[[\]]/g, '\\$&')}$`;

/** The value of `problemMatcher` in a task of VS Code, one that ends or (`isBackground`) one with `--watch`. */
const vscode = {
  owner: 'meshlint',
  source: 'meshlint',
  fileLocation: ['autoDetect', '${workspaceFolder}'],
  background: { activeOnStart: true, beginsPattern: exactly(watchLines.begin), endsPattern: exactly(watchLines.end) },
  pattern: {
    regexp: `${place('(\\d+):(\\d+)')}(error|warning|info)${sgr}: (.*) ${rule}$`,
    file: 1,
    line: 2,
    column: 3,
    endLine: 4,
    endColumn: 5,
    severity: 6,
    message: 7,
    code: 8,
  },
};

/**
 * For `::add-matcher::`. The runner knows no `info` and leaves out a line whose severity it does not know, so that this word is not
 * captured: what has no severity is a notice. It shows no code; the rule stays a part of the message.
 */
const github = {
  problemMatcher: [
    {
      owner: 'meshlint',
      severity: 'notice',
      pattern: [
        {
          regexp: `${place('\\d+:\\d+')}(?:(error|warning)|info)${sgr}: (.* ${rule})$`,
          file: 1,
          line: 2,
          column: 3,
          severity: 4,
          message: 5,
          code: 6,
        },
      ],
    },
  ],
};

export const problemMatchers = { vscode, github } as const;

/** A problem matcher as JSON: schemas/problem-matcher.<tool>.json. */
export function problemMatcher(tool: keyof typeof problemMatchers): string {
  return `${JSON.stringify(problemMatchers[tool], null, 2)}\n`;
}
