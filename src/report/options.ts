import type { RuleDocs } from '../rule/rule.ts';

/** What every reporter is told besides the result; a reporter takes from it what its format has room for. */
export interface ReportOptions {
  /** The texts of the rules by id; a rule without an entry (a user's own) is shown without why and do. */
  readonly docs: ReadonlyMap<string, RuleDocs>;
  /** Of meshlint itself. */
  readonly version: string;
  /** SGR codes in formats for people. */
  readonly color: boolean;
  /** Findings only: no summary and no notifications in formats for people. */
  readonly quiet: boolean;
  /** From the git root to the folder that `Location.file` is relative to: empty, or `a/b/`. Paths begin with it in formats that are read there. */
  readonly rootPrefix: string;
  /** Where the repository's files can be looked at: with a file's path from the git root behind it. Markdown links places to it. */
  readonly sourceUrl?: string;
  readonly sarif?: SarifOptions;
  /** Is told what a report leaves out because its readers would not take it: one clause, no full stop. */
  readonly notice?: (message: string) => void;
}

export interface SarifOptions {
  /** Which of several analyses of a commit this is. Default: none, which leaves it to the upload. */
  readonly category?: string;
  /** Findings that manifests suppress: GitHub takes no notice of that, and shows them as open. Default: keep. */
  readonly suppressed?: 'keep' | 'omit';
  /** What was analysed, where a pipeline says it. */
  readonly repository?: { readonly url: string; readonly revision: string };
}
