import { groupOf, isKnownGroup, type Kind, kindOf, kinds, type ModelKind } from '../model/kinds.ts';
import type { Placeable, SourceText } from '../model/place.ts';
import { project } from '../model/project.ts';
import type { Resource } from '../model/resource.ts';
import { validate } from '../model/validate.ts';
import type { ValidatorModule } from '../model/validators.ts';
import type { DocumentProblem, ReadDocument } from '../graph/subjects.ts';
import type { Notification } from '../rule/finding.ts';
import { ReadError, type Source } from '../text/source.ts';
import { splitDocuments } from '../yaml/documents.ts';
import { readHead } from '../yaml/head.ts';
import { type LostIndentation, lostIndentation } from '../yaml/lost-indentation.ts';
import { type Library, readDocument } from '../yaml/read.ts';
import { createStrings } from '../yaml/strings.ts';
import type { DocumentSpan, Path, Value, ValueObject } from '../yaml/value.ts';
import { hashText } from './hash.ts';

/** What a run loads only if the input turns out to need it. */
export interface Loaders {
  readonly library: () => Promise<Library>;
  readonly validator: (kind: ModelKind) => Promise<ValidatorModule>;
}

export interface Ingested {
  /** In the order of the sources' paths. */
  readonly resources: readonly Resource[];
  /** The documents that have problems. */
  readonly documents: readonly ReadDocument[];
  readonly files: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly notifications: readonly Notification[];
  /** A document of any Istio, Gateway API or Kubernetes apiVersion was read. */
  readonly anything: boolean;
  /** A source could not be read, or text of ours not be parsed. */
  readonly incomplete: boolean;
}

/** What says which kind of document it is. */
interface TypeMeta {
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
}

export interface IngestOptions {
  readonly defaultNamespace: string;
}

/** Reads all sources, one document at a time, and keeps of each only the typed resource. */
export async function ingest(sources: Iterable<Source>, loaders: Loaders, options: IngestOptions): Promise<Ingested> {
  const reader = new Ingest(loaders, options);
  const ordered = [...sources].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  for (const source of ordered) await reader.readSource(source);
  return reader.result();
}

class Ingest {
  readonly #loaders: Loaders;
  readonly #options: IngestOptions;
  readonly #resources: Resource[] = [];
  readonly #documents: ReadDocument[] = [];
  readonly #notifications: Notification[] = [];
  readonly #skipped = new Map<string, number>();
  readonly #validators = new Map<ModelKind, ValidatorModule>();
  readonly #strings = createStrings();
  #library: Library | undefined;
  #files = 0;
  #anything = false;
  #incomplete = false;

  constructor(loaders: Loaders, options: IngestOptions) {
    this.#loaders = loaders;
    this.#options = options;
  }

  result(): Ingested {
    return {
      resources: this.#resources,
      documents: this.#documents,
      files: this.#files,
      skipped: Object.fromEntries(this.#skipped),
      notifications: this.#notifications,
      anything: this.#anything,
      incomplete: this.#incomplete,
    };
  }

  async readSource(source: Source): Promise<void> {
    let text: string;
    try {
      text = source.read();
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      this.#unreadable(source, error);
      return;
    }
    const sourceText: SourceText = { source, hash: hashText(text), context: source.context === true };
    let used = false;
    for (const span of splitDocuments(text)) {
      const before = this.#resources.length + this.#documents.length;
      await this.#readDocument(text, span, sourceText);
      used ||= this.#resources.length + this.#documents.length > before;
    }
    if (used) this.#files += 1;
  }

  #unreadable(source: Source, { fault }: ReadError): void {
    if (fault.kind === 'not-utf8') {
      const ours = source.named === true || splitDocuments(fault.text).some((span) => isOurs(readHead(fault.text, span)));
      if (!ours) {
        this.#skip('broken-foreign-yaml');
        return;
      }
      this.#incomplete = true;
      this.#anything = true;
      this.#files += 1;
      const text: SourceText = { source: { path: source.path, read: () => fault.text }, hash: hashText(fault.text), context: source.context === true };
      this.#documents.push({ text, index: 0, problems: [{ kind: 'yaml', message: fault.message, at: { kind: 'text', text, range: { start: fault.offset, end: fault.offset + 1 } } }] });
      return;
    }
    this.#incomplete = true;
    this.#notifications.push({ level: 'error', kind: fault.kind, message: fault.message, file: source.path });
  }

  #skip(reason: string): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1);
  }

  async #readDocument(text: string, span: DocumentSpan, sourceText: SourceText): Promise<void> {
    const head = readHead(text, span);
    const named = sourceText.source.named === true;
    const ours = isOurs(head);
    if (!ours && !named && !head.unsure) {
      this.#skip(head.template ? 'template' : isDefinition(head) ? 'definition' : 'foreign-yaml');
      return;
    }
    if (head.template && !(await this.#parses(text, span))) {
      this.#skip('template');
      return;
    }
    const reading = readDocument(text, span, this.#library, this.#strings);
    const read = reading === 'library-needed' ? readDocument(text, span, await this.#loadLibrary(), this.#strings) : reading;
    if (read === 'library-needed') throw new Error('the library was loaded and is still asked for');
    switch (read.kind) {
      case 'value':
        if (hasEmptyParent(read.value) && this.#lostIndentation(text, span, sourceText, 'shape')) return;
        if (ours || isOursByValue(read.value)) await this.#readValue(read.value, span, sourceText);
        else this.#skip(isDefinition(head) ? 'definition' : 'foreign-yaml');
        return;
      case 'broken':
      case 'beyond-limits': {
        this.#incomplete = true;
        this.#anything = true;
        if (this.#lostIndentation(text, span, sourceText, 'yaml')) return;
        const problems = read.kind === 'broken' ? read.problems : [read.problem];
        this.#problems(sourceText, span, problems.map(({ message, range }) => ({ kind: 'yaml', message, at: { kind: 'text', text: sourceText, range } })));
      }
    }
  }

  /** Someone who pasted manifests without their indentation is told just that. */
  #lostIndentation(text: string, span: DocumentSpan, sourceText: SourceText, kind: DocumentProblem['kind']): boolean {
    const lost = lostIndentation(text, span);
    if (lost.length === 0) return false;
    this.#anything = true;
    this.#problems(
      sourceText,
      span,
      lost.map((manifest) => ({
        kind,
        message: lostIndentationMessage(manifest),
        at: { kind: 'text', text: sourceText, range: manifest.groups[0]?.range ?? manifest.range },
      })),
    );
    return true;
  }

  /** Whether the text is YAML at all, whatever it means. */
  async #parses(text: string, span: DocumentSpan): Promise<boolean> {
    const reading = readDocument(text, span, this.#library, this.#strings);
    const read = reading === 'library-needed' ? readDocument(text, span, await this.#loadLibrary(), this.#strings) : reading;
    return read !== 'library-needed' && read.kind === 'value';
  }

  async #loadLibrary(): Promise<Library> {
    this.#library ??= await this.#loaders.library();
    return this.#library;
  }

  #problems(text: SourceText, span: DocumentSpan, problems: readonly DocumentProblem[]): void {
    if (problems.length > 0) this.#documents.push({ text, index: span.index, problems });
  }

  async #readValue(value: Value, span: DocumentSpan, text: SourceText): Promise<void> {
    this.#anything = true;
    const problems: DocumentProblem[] = [];
    await this.#readObject(value, here, undefined, span, text, problems);
    this.#problems(text, span, problems);
  }

  /** One object: a resource, or a list of them. `itemOf` is what a typed list says of its items. */
  async #readObject(value: Value, item: Path, itemOf: TypeMeta | undefined, span: DocumentSpan, text: SourceText, problems: DocumentProblem[]): Promise<void> {
    const origin = { text, document: span.index, item };
    const shape = (message: string, path: Path, resource: Placeable, missing = false): void => {
      problems.push({ kind: 'shape', message, at: missing ? { kind: 'missing', resource, path } : { kind: 'node', resource, path, part: 'value' } });
    };
    const nobody: Placeable = { apiVersion: '', kind: '', metadata: { name: '', namespace: '' }, origin };
    if (!isObject(value)) {
      shape('a resource is a mapping with apiVersion, kind and metadata', [], nobody);
      return;
    }
    const apiVersion = stringOf(value, 'apiVersion') ?? itemOf?.apiVersion;
    const kind = stringOf(value, 'kind') ?? itemOf?.kind;
    const metadata = fieldOf(value, 'metadata');
    const written: Placeable = {
      apiVersion: apiVersion ?? '',
      kind: kind ?? '',
      metadata: { name: stringOf(metadata, 'name') ?? '', namespace: stringOf(metadata, 'namespace') ?? '' },
      origin,
    };
    if (kind === undefined || apiVersion === undefined) {
      const field = kind === undefined ? 'kind' : 'apiVersion';
      if (fieldOf(value, field) === undefined) shape(`"${field}" is missing`, [field], written, true);
      else shape(`"${field}" must be a string`, [field], written);
      return;
    }
    const items = fieldOf(value, 'items');
    if (kind.endsWith('List') && (Array.isArray(items) || kind === 'List')) {
      if (!Array.isArray(items)) {
        if (items !== undefined && items !== null) shape('"items" must be a list', ['items'], written);
        return;
      }
      const ofItems = kind === 'List' ? undefined : { apiVersion, kind: kind.slice(0, -'List'.length) };
      for (const [i, entry] of items.entries()) await this.#readObject(entry as Value, [...item, 'items', i], ofItems, span, text, problems);
      return;
    }
    const row = kindOf(apiVersion, kind);
    if (typeof row === 'string') {
      this.#skip(row === 'foreign' ? 'foreign-yaml' : row);
      return;
    }
    const complete = itemOf === undefined ? value : { ...value, apiVersion, kind };
    this.#addResource(row, complete, written, await this.#validator(row.kind), problems);
  }

  async #validator(kind: ModelKind): Promise<ValidatorModule> {
    const known = this.#validators.get(kind);
    if (known !== undefined) return known;
    const loaded = await this.#loaders.validator(kind);
    this.#validators.set(kind, loaded);
    return loaded;
  }

  #addResource(row: Kind, value: ValueObject, placeable: Placeable, validator: ValidatorModule, problems: DocumentProblem[]): void {
    const namespace = row.scope === 'cluster' ? '' : placeable.metadata.namespace || this.#options.defaultNamespace;
    const written: Placeable = { ...placeable, metadata: { name: placeable.metadata.name, namespace } };
    const kept = row.projected && validator.shape !== undefined ? project(value, validator.shape) : value;
    const { value: body, problems: faults, leftOut } = validate(row.kind, kept, validator);
    for (const { path, part, message } of faults) {
      problems.push({
        kind: 'shape',
        message,
        at: part === 'missing' ? { kind: 'missing', resource: written, path } : { kind: 'node', resource: written, path, part },
      });
    }
    if (body === undefined) return;
    const { metadata } = body;
    // The body has the generated type of its kind; that kind and body belong together is what the table of kinds says.
    this.#resources.push({
      ...body,
      kind: row.kind,
      metadata: {
        name: metadata.name,
        namespace,
        labels: metadata.labels ?? noLabels,
        annotations: metadata.annotations ?? noLabels,
      },
      origin: written.origin,
      leftOut: leftOut.length === 0 ? here : leftOut,
    } as unknown as Resource);
  }
}

/** Kinds that nothing else is likely to use as a `kind`. */
const kindsOfMeshes: ReadonlySet<string> = new Set(kinds.filter(({ group }) => group.endsWith('.istio.io') || group.startsWith('gateway.')).map(({ written }) => written));

const mostNames = 4;

function lostIndentationMessage({ groups }: LostIndentation): string {
  const lost = groups.map(({ parent, fields }) => `\`${parent === 'metadata' ? (fields[0]?.name ?? parent) : parent}\``);
  const advice = groups.map(({ parent, fields }) => {
    const names = fields.slice(0, mostNames).map(({ name }) => `\`${name}\``);
    const others = parent === 'spec' && fields.length === 1 ? ' and what follows' : fields.length > mostNames ? ', …' : '';
    return `${names.join(', ')}${others} under \`${parent}\``;
  });
  return `${lost.join(' and ')} ${lost.length === 1 ? 'has lost its' : 'have lost their'} indentation: put ${advice.join(' and ')}, indented by two spaces`;
}

/** `metadata:` or `spec:` without anything under it. */
function hasEmptyParent(value: Value): boolean {
  return isObject(value) && (value.metadata === null || value.spec === null);
}

// Shared by all resources: a mesh has hundreds of thousands of them.
const noLabels: Readonly<Record<string, string>> = {};
const here: readonly never[] = [];

/** A document of Istio, the Gateway API or Kubernetes, as far as its head can tell. */
function isOurs(head: TypeMeta): boolean {
  const { apiVersion, kind } = head;
  if (apiVersion !== undefined && kind !== undefined) {
    const row = kindOf(apiVersion, kind.endsWith('List') && kind !== 'List' ? kind.slice(0, -'List'.length) : kind);
    return row !== 'foreign' && row !== 'definition';
  }
  if (apiVersion !== undefined) return groupOf(apiVersion) !== '' && isKnownGroup(groupOf(apiVersion));
  return kind !== undefined && kindsOfMeshes.has(kind);
}

function isOursByValue(value: Value): boolean {
  return isObject(value) && isOurs({ apiVersion: stringOf(value, 'apiVersion'), kind: stringOf(value, 'kind') });
}

function isDefinition({ apiVersion, kind }: TypeMeta): boolean {
  return apiVersion !== undefined && kind !== undefined && kindOf(apiVersion, kind) === 'definition';
}

function isObject(value: unknown): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldOf(value: Value | undefined, name: string): Value | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function stringOf(value: Value | undefined, name: string): string | undefined {
  const field = fieldOf(value, name);
  return typeof field === 'string' ? field : undefined;
}
