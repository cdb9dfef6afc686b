import type { ReportOptions } from '../report/options.ts';
import type { LintResult } from '../rule/finding.ts';
import type { Format } from './option-table.ts';

type Reporter = (result: LintResult, options: ReportOptions) => Iterable<string>;

/** Loads the reporter of a format, and nothing else of the others. */
export async function loadReporter(format: Format): Promise<Reporter> {
  switch (format) {
    case 'text':
      return (await import('../report/text.ts')).reportText;
    case 'concise':
      return (await import('../report/concise.ts')).reportConcise;
    case 'json':
      return (await import('../report/json.ts')).reportJson;
    case 'sarif':
      return (await import('../report/sarif.ts')).reportSarif;
    case 'github':
      return (await import('../report/github.ts')).reportGithub;
    case 'gitlab':
      return (await import('../report/gitlab.ts')).reportGitlab;
    case 'junit':
      return (await import('../report/junit.ts')).reportJunit;
    case 'checkstyle':
      return (await import('../report/checkstyle.ts')).reportCheckstyle;
    case 'rdjson':
      return (await import('../report/rdjson.ts')).reportRdjson;
    case 'azure':
      return (await import('../report/azure.ts')).reportAzure;
    case 'markdown':
      return (await import('../report/job-summary.ts')).reportMarkdown;
    default:
      return format satisfies never;
  }
}
