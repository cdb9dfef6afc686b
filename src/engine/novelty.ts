import type { Finding, KnownBy, LintResult, Notification } from '../rule/finding.ts';
import { compareFindings } from './findings.ts';

/** A finding that was there before. */
export interface KnownFinding {
  /** Of the first of several that differ in nothing but their place. */
  readonly fingerprint: string;
  /** Named as those of the run. */
  readonly file: string;
  /** RFC 6901 pointer inside the resource. */
  readonly path?: string | undefined;
}

export interface Novelty<K extends KnownFinding> {
  /** With only what is new among its findings, and all else in `known`. */
  readonly result: LintResult;
  /** What was there before and is no more. */
  readonly gone: readonly K[];
}

export function knownFrom({ fingerprint, repeats, location, path }: Finding): KnownFinding {
  return { fingerprint: repeats ?? fingerprint, file: location.file, path };
}

/**
 * Sets apart what was there `before`. Of findings that differ in nothing but their place as many are known as there were, those at the same
 * place in the same file first, then those in the same file. `failures`: why the analysis of what was before was not complete itself; what
 * could not be read then, or not be parsed, makes no run incomplete now.
 */
export function tellNew<K extends KnownFinding>(
  result: LintResult,
  by: KnownBy,
  before: readonly K[],
  failures: readonly Notification[] = [],
): Novelty<K> {
  const { known, gone } = match(result.findings, before);
  const findings = result.findings.filter((finding) => !known.has(finding));
  const old = new Set(failures.map(keyOf));
  const notifications = result.notifications.map((each): Notification => {
    return each.level === 'error' && old.has(keyOf(each)) ? { ...each, level: 'warning' } : each;
  });
  const isBroken = ({ rule }: Finding): boolean => rule.id === 'invalid-yaml';
  const isExplained =
    notifications.every(({ level }) => level !== 'error') && !findings.some(isBroken) && ([...known].some(isBroken) || failures.length > 0);
  return {
    result: {
      findings,
      known: [...(result.known ?? []), ...known].sort(compareFindings),
      summary: { ...result.summary, known: { ...result.summary.known, [by]: known.size } },
      notifications,
      complete: result.complete || isExplained,
    },
    gone,
  };
}

function keyOf({ kind, message, file }: Notification): string {
  return JSON.stringify([kind, message, file]);
}

/** What two findings must have in common, from the most to the least, to be taken for the same one. */
const resemblances: readonly ((finding: KnownFinding) => string)[] = [
  ({ fingerprint, file, path }) => JSON.stringify([fingerprint, file, path]),
  ({ fingerprint, file }) => JSON.stringify([fingerprint, file]),
  ({ fingerprint }) => fingerprint,
];

function match<K extends KnownFinding>(
  findings: readonly Finding[],
  before: readonly K[],
): { readonly known: ReadonlySet<Finding>; readonly gone: readonly K[] } {
  const known = new Set<Finding>();
  let gone = before;
  for (const resembles of resemblances) {
    const left = new Map<string, K[]>();
    for (const one of gone) {
      const key = resembles(one);
      const same = left.get(key);
      if (same === undefined) left.set(key, [one]);
      else same.push(one);
    }
    const taken = new Set<K>();
    for (const finding of findings) {
      if (known.has(finding)) continue;
      const one = left.get(resembles(knownFrom(finding)))?.shift();
      if (one === undefined) continue;
      known.add(finding);
      taken.add(one);
    }
    gone = gone.filter((one) => !taken.has(one));
  }
  return { known, gone };
}
