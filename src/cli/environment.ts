import type { LintOptions } from '../engine/options.ts';
import type { Stopwatch } from '../engine/stopwatch.ts';
import type { LintSession } from '../index.ts';
import type { Output } from '../node/output.ts';
import type { DescribedRule } from '../report/described.ts';
import type { LintResult } from '../rule/finding.ts';
import type { RuleDocs } from '../rule/rule.ts';
import type { Source } from '../text/source.ts';

/** What is linted again and again. */
export type Session = Pick<LintSession, 'update' | 'lint'>;

/** The machine as the program sees it; tests bring their own. */
export interface Environment {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: {
    isTerminal(): boolean;
    /** The whole text; throws a ReadError. Default: descriptor 0. */
    readonly read?: () => string;
  };
  readonly stdout: Output;
  readonly stderr: Output;
  /** How the program was called, for the help. */
  readonly program?: string;
  /** Modules, by their real paths, whose rules are among those that this environment has. */
  readonly plugins?: ReadonlySet<string>;
  /** Is told what time passes for, where somebody wants to know. */
  readonly stopwatch?: Stopwatch;
  lint(sources: Iterable<Source>, options: LintOptions): Promise<LintResult>;
  /** For --watch: a `LintSession` with these options. */
  openSession(options: LintOptions): Promise<Session>;
  loadRules(): Promise<readonly DescribedRule[]>;
  loadDocs(): Promise<ReadonlyMap<string, RuleDocs>>;
}

/** 0: nothing at or above `--fail-on`; 1: findings; 2: the run is not complete; 3: wrong usage. */
export type ExitCode = 0 | 1 | 2 | 3;
