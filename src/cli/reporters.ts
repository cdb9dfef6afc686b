import type { ReportOptions } from '../report/options.ts';
import type { LintResult } from '../rule/finding.ts';
import type { Format } from './arguments.ts';

type Reporter = (result: LintResult, options: ReportOptions) => Iterable<string>;

/** Loads the reporter of a format, and nothing else of the others. */
export async function loadReporter(format: Format): Promise<Reporter> {
  switch (format) {
    case 'text':
      return (await import('../report/text.ts')).reportText;
    case 'json':
      return (await import('../report/json.ts')).reportJson;
    case 'sarif':
      return (await import('../report/sarif.ts')).reportSarif;
    default:
      return format satisfies never;
  }
}
