import { realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { findGitRoot, isWithin } from './git-root.ts';
import type { Finding, LintResult, LocatedFix, Location, SuppressedFinding } from '../rule/finding.ts';

/**
 * The result with the names that files have in the repository: who shows it there finds nothing behind a symbolic link. What lies outside
 * of the repository keeps its name.
 */
export function withoutLinks(result: LintResult, cwd: string): LintResult {
  const folder = real(cwd);
  const root = real(findGitRoot(cwd) ?? cwd);
  if (folder === undefined || root === undefined) return result;
  const known = new Map<string, string>();
  const nameOf = (file: string): string => {
    if (file === '-') return file;
    let name = known.get(file);
    if (name === undefined) {
      const path = real(resolve(cwd, file));
      name = path === undefined || path === resolve(folder, file) || !isWithin(path, root) ? file : shown(relative(folder, path));
      known.set(file, name);
    }
    return name;
  };
  const findings = result.findings.map((finding) => renamed(finding, nameOf));
  const suppressed = result.suppressed?.map((finding): SuppressedFinding => {
    const { suppression } = finding;
    const location = suppression.location === undefined ? {} : { location: at(suppression.location, nameOf) };
    return { ...renamed(finding, nameOf), suppression: { ...suppression, ...location } };
  });
  const notifications = result.notifications.map((each) => (each.file === undefined ? each : { ...each, file: nameOf(each.file) }));
  const changed = [...known].some(([file, name]) => file !== name);
  return changed ? { ...result, findings, ...(suppressed === undefined ? {} : { suppressed }), notifications } : result;
}

type Naming = (file: string) => string;

function renamed(finding: Finding, nameOf: Naming): Finding {
  return {
    ...finding,
    location: at(finding.location, nameOf),
    related: finding.related.map((related) => ({ ...related, location: at(related.location, nameOf) })),
    ...(finding.fix === undefined ? {} : { fix: fixIn(finding.fix, nameOf) }),
  };
}

function fixIn(fix: LocatedFix, nameOf: Naming): LocatedFix {
  return {
    ...fix,
    edits: fix.edits.map((edit) => ({
      ...edit,
      location: at(edit.location, nameOf),
      ...(edit.to === undefined ? {} : { to: at(edit.to, nameOf) }),
    })),
  };
}

function at(location: Location, nameOf: Naming): Location {
  return { ...location, file: nameOf(location.file) };
}

function shown(path: string): string {
  return path.split(sep).join('/');
}

function real(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    // Gone, or a name that is no text: it stays what it was called.
    return undefined;
  }
}
