import type { Position } from '../text/range.ts';
import type { Value } from '../yaml/value.ts';
import type { Equivalent, RuleMeta, Severity } from './rule.ts';

/** A place that has been found in its text. */
export interface Location {
  /** As the source was named: relative, with `/`. */
  readonly file: string;
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
  /** Offsets in UTF-16 code units; `end` is exclusive. */
  readonly range: { readonly start: number; readonly end: number };
  /** The text of the lines from `start.line` to `end.line`, at most `frameLines` of them, without line ends. */
  readonly lines: readonly string[];
  /** GitHub's `primaryLocationLineHash` of the start line, when it was asked for. */
  readonly lineHash?: string;
  /** The place did not resolve or its source has changed: this is the nearest that could be found. */
  readonly approximate?: true;
  /** The template or manifest of which this text was made, where its file was not found. */
  readonly renderedFrom?: string;
}

export const frameLines = 8;

export interface RelatedLocation {
  readonly message: string;
  readonly location: Location;
}

export interface ResourceRef {
  readonly apiVersion: string;
  /** As written in the manifest. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** An edit whose places have been found. `replacement` is YAML text for `range` where a plain replacement does it; else absent. */
export interface LocatedEdit {
  readonly op: 'replace' | 'insert' | 'remove' | 'rename-key' | 'move';
  readonly location: Location;
  readonly to?: Location;
  readonly key?: string;
  readonly value?: Value;
  readonly replacement?: string;
}

export interface LocatedFix {
  readonly title: string;
  readonly safety: 'safe' | 'suggestion';
  readonly edits: readonly LocatedEdit[];
}

/** One fault at its place, ready to be shown. Findings are sorted by file, place, rule and message. */
export interface Finding {
  readonly rule: RuleMeta;
  /** The rule's, or what the configuration says. */
  readonly severity: Severity;
  /** One clause without a full stop. */
  readonly message: string;
  readonly location: Location;
  readonly related: readonly RelatedLocation[];
  readonly resource?: ResourceRef;
  /** RFC 6901 pointer inside the resource. */
  readonly path?: string;
  readonly fix?: LocatedFix;
  readonly equivalents: readonly (Equivalent & { readonly reference?: string })[];
  /** 16 hexadecimal digits; does not depend on line numbers or layout. */
  readonly fingerprint: string;
  /** The rule's page. */
  readonly url: string;
}

/** Something to be said that is no finding: a file that could not be read, an assumption that was made. */
export interface Notification {
  /** `error`: the run is incomplete. */
  readonly level: 'error' | 'warning' | 'note';
  /** Stable word: `unreadable`, `beyond-limits`, `rule-crashed`, `nothing-to-analyse`, `changed-while-reading`, `templates-skipped`, … */
  readonly kind: string;
  readonly message: string;
  readonly file?: string;
}

export interface Summary {
  /** Sources of which at least one document was read. */
  readonly files: number;
  /** Resources of a modelled kind. */
  readonly resources: number;
  /** Documents (or whole files) left alone, by reason: `template`, `foreign-yaml`, `broken-foreign-yaml`, `not-modelled`, … */
  readonly skipped: Readonly<Record<string, number>>;
  /** Undecided, by rule and reason. */
  readonly unknown: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly suppressed: number;
}

/** What a run comes to. */
export interface LintResult {
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  readonly notifications: readonly Notification[];
  /** False when something could not be read, a rule crashed, or there was nothing to analyse: exit code 2. */
  readonly complete: boolean;
}
