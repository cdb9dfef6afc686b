import type { DocumentProblem, ReadDocument } from '../graph/subjects.ts';
import type { ModelKind } from '../model/kinds.ts';
import type { SourceText } from '../model/place.ts';
import { ReadError, type Source } from '../text/source.ts';
import { splitDocuments } from '../yaml/documents.ts';
import { type Head, readHead } from '../yaml/head.ts';
import { lostIndentation } from '../yaml/lost-indentation.ts';
import { type Library, readDocument } from '../yaml/read.ts';
import { createStrings } from '../yaml/strings.ts';
import type { DocumentSpan, Reading, Value } from '../yaml/value.ts';
import { hashText } from './hash.ts';
import type { Loaders } from './loaders.ts';
import { lostIndentationMessage } from './lost-indentation-message.ts';
import { isDefinition, isObject, isOurs, isOursByValue, modelledKind } from './ours.ts';
import { PlaceholderMarks } from './placeholders.ts';
import { ResourceReader, type ResourceSink } from './read-resources.ts';
import type { Tally } from './tally.ts';

/** Takes what a source holds. */
export interface SourceSink extends ResourceSink {
  /** A document that has problems. */
  document(document: ReadDocument): void;
  /** A document of that kind is there and could not be read. */
  unread(kind: ModelKind, reason: string): void;
  /** Takes a value for something else than a resource (a kustomization, a patch), and is then asked about every document. */
  readonly takes?: (value: Value) => boolean;
}

/** A source while it is read. */
interface OpenSource {
  readonly text: string;
  readonly sourceText: SourceText;
  readonly marks: PlaceholderMarks;
  readonly sink: SourceSink;
  readonly tally: Tally;
  /** Something of it was read. */
  used: boolean;
}

/** What stands for the text of a source in places. */
export type TextOf = (source: Source, hash: number) => SourceText;

const newText: TextOf = (source, hash) => ({ source, hash, context: source.context === true });

/** Reads sources, one document at a time. */
export class SourceReader {
  readonly #loaders: Loaders;
  readonly #resources: ResourceReader;
  readonly #strings = createStrings();
  #library: Library | undefined;

  constructor(loaders: Loaders) {
    this.#loaders = loaders;
    this.#resources = new ResourceReader(loaders);
  }

  /** `textOf`: what stands for the text in places, where it has been read before. */
  async read(source: Source, sink: SourceSink, tally: Tally, textOf: TextOf = newText): Promise<void> {
    let text: string;
    try {
      text = source.read();
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      unreadable(source, error, sink, tally);
      return;
    }
    const sourceText = textOf(source, hashText(text));
    const open: OpenSource = { text, sourceText, marks: new PlaceholderMarks(text), sink, tally, used: false };
    for (const span of splitDocuments(text)) await this.#readDocument(open, span);
    if (open.used) tally.files += 1;
  }

  async #readDocument(open: OpenSource, span: DocumentSpan): Promise<void> {
    const { text, sink, tally } = open;
    const head = readHead(text, span);
    const named = open.sourceText.source.named === true;
    const ours = isOurs(head);
    if (!ours && !named && !head.unsure && sink.takes === undefined) {
      tally.skip(head.template ? 'template' : isDefinition(head) ? 'definition' : 'foreign-yaml');
      return;
    }
    const reading = readDocument(text, span, this.#library, this.#strings);
    const read = reading === 'library-needed' ? await this.#readSlowly(text, span) : reading;
    if (read.kind === 'value') {
      await this.#readValue(read.value, open, span, head, ours);
    } else if (head.template) {
      tally.skip('template');
      this.#unread(head, sink, 'a document of that kind is a template');
    } else {
      this.#broken(read, open, span, head);
    }
  }

  async #readValue(value: Value, open: OpenSource, span: DocumentSpan, head: Head, ours: boolean): Promise<void> {
    const { sink, sourceText, tally } = open;
    if (sink.takes?.(value) === true) {
      tally.anything ||= ours;
      return;
    }
    if (hasEmptyParent(value) && this.#lostIndentation(open, span, 'shape')) {
      this.#unread(head, sink, broken);
      return;
    }
    if (!ours && !isOursByValue(value)) {
      tally.skip(isDefinition(head) ? 'definition' : 'foreign-yaml');
      return;
    }
    tally.anything = true;
    const problems: DocumentProblem[] = [];
    const before = tally.resources;
    await this.#resources.read(value, { text: sourceText, index: span.index, marked: open.marks.within(span), sink, tally, problems });
    open.used ||= tally.resources > before;
    this.#problems(open, span, problems);
  }

  #broken(read: Exclude<Reading, { kind: 'value' }>, open: OpenSource, span: DocumentSpan, head: Head): void {
    open.tally.incomplete = true;
    open.tally.anything = true;
    this.#unread(head, open.sink, broken);
    if (this.#lostIndentation(open, span, 'yaml')) return;
    const problems = read.kind === 'broken' ? read.problems : [read.problem];
    this.#problems(
      open,
      span,
      problems.map(({ message, range }) => ({ kind: 'yaml', message, at: { kind: 'text', text: open.sourceText, range } })),
    );
  }

  #unread(head: Head, sink: SourceSink, reason: string): void {
    const row = modelledKind(head);
    if (row !== undefined) sink.unread(row.kind, reason);
  }

  /** Someone who pasted manifests without their indentation is told just that. */
  #lostIndentation(open: OpenSource, span: DocumentSpan, kind: DocumentProblem['kind']): boolean {
    const lost = lostIndentation(open.text, span);
    if (lost.length === 0) return false;
    open.tally.anything = true;
    this.#problems(
      open,
      span,
      lost.map((manifest) => ({
        kind,
        message: lostIndentationMessage(manifest),
        at: { kind: 'text', text: open.sourceText, range: manifest.groups[0]?.range ?? manifest.range },
      })),
    );
    return true;
  }

  #problems(open: OpenSource, span: DocumentSpan, problems: readonly DocumentProblem[]): void {
    if (problems.length === 0) return;
    open.used = true;
    open.sink.document({ text: open.sourceText, index: span.index, problems });
  }

  /** The values of a text that stands inside of another one; what is wrong with it, where it is no YAML. */
  async readText(text: string): Promise<readonly Value[] | { readonly problem: string }> {
    const values: Value[] = [];
    for (const span of splitDocuments(text)) {
      const reading = readDocument(text, span, this.#library, this.#strings);
      const read = reading === 'library-needed' ? await this.#readSlowly(text, span) : reading;
      if (read.kind === 'broken') return { problem: read.problems[0]?.message ?? 'it is no YAML' };
      if (read.kind === 'beyond-limits') return { problem: read.problem.message };
      values.push(read.value);
    }
    return values;
  }

  async #readSlowly(text: string, span: DocumentSpan): Promise<Reading> {
    this.#library ??= await this.#loaders.library();
    const read = readDocument(text, span, this.#library, this.#strings);
    if (read === 'library-needed') throw new Error('the library was loaded and is still asked for');
    return read;
  }
}

const broken = 'a document of that kind could not be read';

/** `metadata:` or `spec:` without anything under it. */
function hasEmptyParent(value: Value): boolean {
  return isObject(value) && (value['metadata'] === null || value['spec'] === null);
}

function unreadable(source: Source, { fault }: ReadError, sink: SourceSink, tally: Tally): void {
  if (fault.kind === 'not-utf8') {
    const ours = source.named === true || splitDocuments(fault.text).some((span) => isOurs(readHead(fault.text, span)));
    if (!ours) {
      tally.skip('broken-foreign-yaml');
      return;
    }
    tally.incomplete = true;
    tally.anything = true;
    tally.files += 1;
    const text: SourceText = {
      source: { path: source.path, read: () => fault.text },
      hash: hashText(fault.text),
      context: source.context === true,
    };
    const range = { start: fault.offset, end: fault.offset + 1 };
    sink.document({ text, index: 0, problems: [{ kind: 'yaml', message: fault.message, at: { kind: 'text', text, range } }] });
    return;
  }
  tally.incomplete = true;
  tally.notifications.push({ level: 'error', kind: fault.kind, message: fault.message, file: source.path });
}
