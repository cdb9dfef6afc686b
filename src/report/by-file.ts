import type { Finding } from '../rule/finding.ts';

/** Findings by the files in which they lie, in the order of the first of each. */
export function byFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = files.get(finding.location.file);
    if (list === undefined) files.set(finding.location.file, [finding]);
    else list.push(finding);
  }
  return files;
}
