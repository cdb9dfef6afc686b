import type { Finding, Suppression } from '../rule/finding.ts';
import { utf8Length } from './bytes.ts';
import { severities } from './counts.ts';

/** Code scanning keeps the first 5,000 results of a run, and refuses a run of more than 25,000. */
export const sarifResults = 5000;
/** Code scanning refuses a file of more than 10 MB when it is compressed, which a longer one might be. */
export const sarifBytes = 25 * 1024 * 1024;

/** What could become a result. */
export interface Candidate {
  readonly finding: Finding;
  /** In the baseline. */
  readonly known?: boolean;
  readonly suppression?: Suppression;
}

/** At most `sarifResults` of them, in their order. Who weighs least is left out. */
export function mostSevere(candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.length <= sarifResults) return candidates;
  const kept = new Set(candidates.toSorted(byWeight).slice(0, sarifResults));
  return candidates.filter((candidate) => kept.has(candidate));
}

/** The texts of those that together are not too long, in their order. Who weighs least is left out. */
export function withinBytes(candidates: readonly Candidate[], textOf: (candidate: Candidate) => string): readonly string[] {
  const texts = new Map<Candidate, string>();
  let left = sarifBytes;
  for (const candidate of candidates.toSorted(byWeight)) {
    const text = textOf(candidate);
    left -= utf8Length(text);
    if (left < 0) break;
    texts.set(candidate, text);
  }
  return candidates.flatMap((candidate) => texts.get(candidate) ?? []);
}

/** What is new before what is not, the most severe first, and what is suppressed last. */
function byWeight(a: Candidate, b: Candidate): number {
  return weight(a) - weight(b);
}

function weight({ finding, known = false, suppression }: Candidate): number {
  if (suppression !== undefined) return 2 * severities.length;
  return severities.indexOf(finding.severity) + (known ? severities.length : 0);
}
