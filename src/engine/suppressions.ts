import type { Place, SourceText } from '../model/place.ts';
import type { Resource } from '../model/resource.ts';
import { closest } from '../rule/closest.ts';
import type { Rule } from '../rule/rule.ts';
import { ReadError, type Source } from '../text/source.ts';
import { splitDocuments } from '../yaml/documents.ts';
import type { Library } from '../yaml/read.ts';
import { hashText } from './hash.ts';
import type { Located } from './locate.ts';
import type { SuppressionOptions } from './options.ts';
import type { RawFinding } from './run-rules.ts';
import type { ActiveRule } from './select.ts';
import { type Directive, directivesIn, itemKey } from './suppression-directives.ts';
import { suppressionRules } from './suppression-rules.ts';

export interface SuppressionInput {
  readonly findings: readonly RawFinding[];
  readonly places: ReadonlyMap<Place, Located>;
  /** Sources that may hold suppressions. */
  readonly marked: ReadonlySet<Source>;
  /** What was read; only in documents of these a suppression can be unused. */
  readonly resources: Iterable<Resource>;
  readonly rules: readonly Rule[];
  /** The rules that ran, in any mesh. */
  readonly active: readonly ActiveRule[];
  /** Rules of which it can't be said that they find nothing; undefined when that is so for all. */
  readonly unsure: ReadonlySet<string> | undefined;
  readonly options: SuppressionOptions;
  readonly library: () => Promise<Library>;
}

/** What asks for it that a finding is not reported, before its place is looked up in the text. */
export interface RawSuppression {
  readonly kind: 'inSource';
  readonly justification: string | undefined;
  readonly at: Place;
}

export interface Suppressions {
  readonly suppressed: ReadonlyMap<RawFinding, RawSuppression>;
  /** What is wrong with the suppressions themselves. */
  readonly findings: readonly RawFinding[];
}

/** One rule or code of a directive. */
interface Entry {
  readonly directive: Directive;
  readonly id: string;
  readonly rule: Rule | undefined;
  readonly at: Place;
  used: boolean;
}

/** What no directive hides: text that is no YAML, and what is wrong with directives. */
const unsuppressible: ReadonlySet<string> = new Set(['invalid-yaml', ...suppressionRules]);

/** Finds what the manifests themselves ask to be left out of the report, and what is wrong with how they ask. */
export async function suppress(input: SuppressionInput): Promise<Suppressions> {
  const byId = new Map<string, Rule>();
  for (const rule of input.rules) for (const id of [rule.id, ...(rule.aliases ?? [])]) byId.set(id, rule);
  const never = new Set([...unsuppressible, ...(input.options.never ?? []).map((id) => byId.get(id)?.id ?? id)]);
  const texts = sourceTexts(input);
  const suppressed = new Map<RawFinding, RawSuppression>();
  const complaints = new Complaints(input.active, byId.keys());
  const bySource = new Map<Source, RawFinding[]>();
  for (const finding of input.findings) {
    const { source } = textOf(finding.fault.at);
    const known = bySource.get(source);
    if (known === undefined) bySource.set(source, [finding]);
    else known.push(finding);
  }
  const judged = documentsOf(input.resources);

  for (const source of input.marked) {
    const text = readAgain(source);
    const sourceText = texts.get(source) ?? { source, hash: hashText(text ?? ''), context: false };
    if (text === undefined || hashText(text) !== sourceText.hash) continue;
    const { inline = true, annotations = true, foreign = true } = input.options;
    const directives = await directivesIn(text, sourceText, { inline, annotations, foreign }, input.library);
    if (directives.length === 0) continue;
    const index = new DirectiveIndex(directives, byId);
    const starts = splitDocuments(text).map(({ end }) => end);
    const documents = new Set(judged.get(source));
    for (const finding of bySource.get(source) ?? []) {
      const { at } = finding.fault;
      const located = input.places.get(at);
      if (located === undefined || unsuppressible.has(finding.rule.id)) continue;
      const document = at.resource?.origin.document ?? starts.findIndex((end) => at.kind === 'text' && at.range.start < end);
      documents.add(document);
      if (never.has(finding.rule.id)) continue;
      const keys = [
        `line ${String(located.location.start.line)}`,
        ...(at.resource === undefined ? [] : [`resource ${String(document)} ${itemKey(at.resource.origin.item)}`]),
        `document ${String(document)}`,
      ];
      const entry = index.find(keys, finding.rule);
      if (entry === undefined) continue;
      entry.used = true;
      suppressed.set(finding, { kind: 'inSource', justification: entry.directive.reason, at: entry.directive.at });
    }
    for (const each of directives) if (documents.has(each.document)) complaints.look(each);
    for (const entry of index.entries) if (documents.has(entry.directive.document)) complaints.lookAtEntry(entry, never, input.unsure);
  }
  return { suppressed, findings: complaints.findings };
}

function textOf(at: Place): SourceText {
  return at.kind === 'text' ? at.text : at.resource.origin.text;
}

function sourceTexts({ findings, resources }: SuppressionInput): ReadonlyMap<Source, SourceText> {
  const texts = new Map<Source, SourceText>();
  for (const { origin } of resources) texts.set(origin.text.source, origin.text);
  for (const { fault } of findings) texts.set(textOf(fault.at).source, textOf(fault.at));
  return texts;
}

function documentsOf(resources: Iterable<Resource>): ReadonlyMap<Source, ReadonlySet<number>> {
  const documents = new Map<Source, Set<number>>();
  for (const { origin } of resources) {
    const known = documents.get(origin.text.source);
    if (known === undefined) documents.set(origin.text.source, new Set([origin.document]));
    else known.add(origin.document);
  }
  return documents;
}

function readAgain(source: Source): string | undefined {
  try {
    return source.read();
  } catch (error) {
    if (error instanceof ReadError) return undefined;
    throw error;
  }
}

/** Directives of one source by where they hold and for what; the first of several equal ones counts. */
class DirectiveIndex {
  readonly entries: Entry[] = [];
  readonly #byKey = new Map<string, Entry>();

  constructor(directives: readonly Directive[], byId: ReadonlyMap<string, Rule>) {
    for (const directive of directives) {
      const { scope, tool } = directive;
      const where =
        scope.kind === 'line'
          ? `line ${String(scope.line)}`
          : `${scope.kind} ${String(scope.document)}${scope.kind === 'resource' ? ` ${scope.item}` : ''}`;
      const ids = directive.all ? [{ id: '*', at: directive.at }] : directive.ids;
      for (const { id, at } of ids) {
        const rule = tool === undefined ? byId.get(id) : undefined;
        const entry: Entry = { directive, id, rule, at, used: false };
        this.entries.push(entry);
        const what = tool === undefined ? rule?.id : `${tool} ${id}`;
        const key = `${where}\n${what ?? ''}`;
        if (what !== undefined && !this.#byKey.has(key)) this.#byKey.set(key, entry);
      }
    }
  }

  find(places: readonly string[], rule: Rule): Entry | undefined {
    const equivalents = (rule.equivalents ?? []).flatMap(({ tool, code }) => [`${tool} ${code}`, `${tool} *`]);
    for (const what of [rule.id, ...equivalents]) {
      for (const where of places) {
        const entry = this.#byKey.get(`${where}\n${what}`);
        if (entry !== undefined) return entry;
      }
    }
    return undefined;
  }
}

/** A did-you-mean for each is too much where somebody writes thousands. */
const mostGuesses = 100;

/** Collects what is wrong with directives, for the rules about them that run. */
class Complaints {
  readonly findings: RawFinding[] = [];
  readonly #active: ReadonlyMap<string, ActiveRule>;
  readonly #known: readonly string[];
  #guesses = 0;

  constructor(active: readonly ActiveRule[], known: Iterable<string>) {
    this.#active = new Map(active.map((each) => [each.rule.id, each]));
    this.#known = [...known];
  }

  look({ name, ids, reason, tool, at }: Directive): void {
    if (tool !== undefined) return;
    if (ids.length === 0) this.#report('unknown-suppression', at, `"${name}" names no rule`);
    else if (reason === undefined) this.#report('suppression-without-reason', at, `"${name}" gives no reason`);
  }

  lookAtEntry({ directive, id, rule, at, used }: Entry, never: ReadonlySet<string>, unsure: ReadonlySet<string> | undefined): void {
    if (directive.tool !== undefined || used) return;
    const shown = `"${id.length > 80 ? `${id.slice(0, 80)}…` : id}"`;
    if (rule === undefined) this.#report('unknown-suppression', at, `there is no rule ${shown}${this.#advice(id)}`);
    else if (never.has(rule.id)) this.#report('unused-suppression', at, `${shown} can't be suppressed`);
    else if (unsure?.has(rule.id) === false && this.#active.has(rule.id))
      this.#report('unused-suppression', at, `${shown} finds nothing that this suppresses`);
  }

  #advice(id: string): string {
    if (!this.#active.has('unknown-suppression')) return '';
    if (/\s/.test(id)) return '; rules stand between commas, and a reason behind " -- "';
    this.#guesses += 1;
    const guess = this.#guesses > mostGuesses ? undefined : closest(id, this.#known);
    return guess === undefined ? '' : `; did you mean "${guess}"?`;
  }

  #report(id: (typeof suppressionRules)[number], at: Place, message: string): void {
    const active = this.#active.get(id);
    if (active !== undefined) this.findings.push({ rule: active.rule, severity: active.severity, fault: { at, message }, related: [] });
  }
}
