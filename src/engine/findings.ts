import { sameItems } from '../graph/mesh-input.ts';
import { kindRow, type ModelKind } from '../model/kinds.ts';
import type { Place, Placeable } from '../model/place.ts';
import type { Fix } from '../rule/edit.ts';
import type { Finding, LocatedFix, Location, RelatedLocation, ResourceRef, SuppressedFinding } from '../rule/finding.ts';
import { ruleUrl } from '../rule/project.ts';
import type { Path, Value } from '../yaml/value.ts';
import { fingerprintOf } from './hash.ts';
import { identityOfFinding, writtenNames } from './identity-of-finding.ts';
import type { Located } from './locate.ts';
import type { RawFinding } from './run-rules.ts';
import type { RawSuppression } from './suppressions.ts';

/** All places of findings that have to be looked up. */
export function* placesOf(findings: readonly RawFinding[]): Iterable<Place> {
  for (const { fault, related } of findings) {
    yield fault.at;
    for (const { at } of related) yield at;
    for (const edit of fault.fix?.edits ?? []) {
      yield edit.at;
      if (edit.op === 'move') yield edit.to;
    }
  }
}

/** What is reported, and what is not. */
export interface Finished {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
}

const nothing: ReadonlyMap<RawFinding, RawSuppression> = new Map();

/** Findings as they were the last time. */
export type FindingMemory = WeakMap<RawFinding, Placed>;

/** A finding at its places. */
interface Placed {
  readonly finding: Finding;
  /** What its fingerprint is made of. */
  readonly identity: string;
  /** Where its places were found. */
  readonly at: readonly Located[];
}

/** Findings at their places, sorted, each once, with fingerprints, which do not depend on what is suppressed. */
export function finish(
  findings: readonly RawFinding[],
  places: ReadonlyMap<Place, Located>,
  suppressions: ReadonlyMap<RawFinding, RawSuppression> = nothing,
  memory?: FindingMemory,
): Finished {
  const at = (place: Place): Located => {
    const located = places.get(place);
    if (located === undefined) throw new Error('a place was not looked up');
    return located;
  };
  const finished = findings.map((raw) => ({ raw, ...placed(raw, at, memory) }));
  finished.sort((a, b) => compareFindings(a.finding, b.finding));

  const seen = new Map<string, number>();
  const result: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  let last: Finding | undefined;
  for (const { raw, finding, identity } of finished) {
    if (last !== undefined && compareFindings(last, finding) === 0) continue;
    const first = fingerprintOf(identity);
    const count = (seen.get(first) ?? 0) + 1;
    seen.set(first, count);
    last = {
      ...finding,
      ...(count === 1 ? { fingerprint: first } : { fingerprint: fingerprintOf(`${first}#${String(count)}`), repeats: first }),
    };
    const suppression = suppressions.get(raw);
    if (suppression === undefined) {
      result.push(last);
      continue;
    }
    const { kind, justification, at: asked } = suppression;
    suppressed.push({
      ...last,
      suppression: { kind, ...(justification === undefined ? {} : { justification }), location: at(asked).location },
    });
  }
  return { findings: result, suppressed };
}

function placed(raw: RawFinding, at: (place: Place) => Located, memory: FindingMemory | undefined): Pick<Placed, 'finding' | 'identity'> {
  if (memory === undefined) return { finding: withoutFingerprint(raw, at), identity: identityOfFinding(raw) };
  const found = Array.from(placesOf([raw]), at);
  const known = memory.get(raw);
  if (known !== undefined && sameItems(known.at, found)) return known;
  const fresh = { finding: withoutFingerprint(raw, at), identity: known?.identity ?? identityOfFinding(raw), at: found };
  memory.set(raw, fresh);
  return fresh;
}

function withoutFingerprint({ rule, severity, fault, related }: RawFinding, at: (place: Place) => Located): Finding {
  const main = at(fault.at);
  const locations: RelatedLocation[] = main.anchor === undefined ? [] : [{ message: 'the value comes from here', location: main.anchor }];
  for (const other of related) locations.push({ message: other.message, location: at(other.at).location });
  const resource = fault.at.resource === undefined ? undefined : refOf(fault.at.resource);
  return {
    rule,
    severity,
    message: fault.message,
    location: main.location,
    related: locations,
    ...(resource === undefined ? {} : { resource }),
    ...(fault.at.kind === 'text' ? {} : { path: pointerOf(fault.at.path) }),
    ...(fault.fix === undefined ? {} : { fix: locateFix(fault.fix, at) }),
    equivalents: (rule.equivalents ?? []).map((equivalent) =>
      fault.reference === undefined || equivalent.code !== 'IST0101' ? equivalent : { ...equivalent, reference: fault.reference },
    ),
    fingerprint: '',
    url: ruleUrl(rule),
  };
}

/** By file, place, rule and message, in code-unit order: the same on every machine. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    order(a.location.file, b.location.file) ||
    a.location.range.start - b.location.range.start ||
    a.location.range.end - b.location.range.end ||
    order(a.rule.id, b.rule.id) ||
    order(a.message, b.message)
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Source: RFC 6901. */
function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function refOf(resource: Placeable): ResourceRef {
  const { apiVersion, kind } = resource;
  const { namespace, name } = writtenNames(resource);
  return { apiVersion, kind: kind === 'KubernetesGateway' ? kindRow(kind satisfies ModelKind).written : kind, namespace, name };
}

function locateFix({ title, safety, edits }: Fix, at: (place: Place) => Located): LocatedFix {
  return {
    title,
    safety,
    edits: edits.map((edit) => {
      const { location, first } = at(edit.at);
      const part = edit.at.kind === 'node' && edit.at.span !== undefined;
      const replacement =
        edit.op !== 'replace' ? undefined : part ? partFor(edit.value, first) : replacementFor(edit.value, first, location);
      return {
        op: edit.op,
        location,
        ...(edit.op === 'move' ? { to: at(edit.to).location } : {}),
        ...('key' in edit ? { key: edit.key } : {}),
        ...('value' in edit ? { value: edit.value } : {}),
        ...(replacement === undefined ? {} : { replacement }),
      };
    }),
  };
}

/** The text that takes a scalar's place, in the quotes that it had; undefined where text alone can't say it. */
function replacementFor(value: Value, first: string | undefined, location: Location): string | undefined {
  if (location.start.line !== location.end.line || first === undefined || (value !== null && typeof value === 'object')) return undefined;
  if (typeof value !== 'string') return String(value);
  if (first === "'" && !value.includes("'") && isPrintable(value)) return `'${value}'`;
  if (first === '"' || !/^[A-Za-z][\w./-]*$/.test(value) || /^(y|n|yes|no|on|off|true|false|null)$/i.test(value))
    return JSON.stringify(value);
  return value;
}

/** The text that takes the place of a part of a scalar: of characters that mean themselves in every style. */
function partFor(value: Value, first: string | undefined): string | undefined {
  return first !== undefined && typeof value === 'string' && /^[\w./-]*$/.test(value) ? value : undefined;
}

function isPrintable(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) < 32) return false;
  return true;
}
