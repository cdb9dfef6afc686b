import type { LintResult } from '../rule/finding.ts';
import { byFile } from './by-file.ts';
import { clip } from './escape.ts';
import { placeNote } from './place-note.ts';
import { xmlAttributes, xmlHead } from './xml.ts';

const messageLength = 2000;

/** The XML of Checkstyle, which Jenkins and many others read; a chunk for each finding. */
export function* reportCheckstyle(result: LintResult): Generator<string> {
  yield `${xmlHead}<checkstyle version="4.3">\n`;
  for (const [file, findings] of byFile(result.findings)) {
    yield `  <file${xmlAttributes({ name: file })}>\n`;
    for (const { rule, severity, message, location } of findings) {
      const { line, column } = location.start;
      // Readers take what stands in front of the last dot for a group of checks.
      const source = `meshlint.${rule.category}.${rule.id}`;
      yield `    <error${xmlAttributes({ line, column, severity, message: `${clip(message, messageLength)}${placeNote(location)}`, source })}/>\n`;
    }
    yield '  </file>\n';
  }
  yield '</checkstyle>\n';
}
