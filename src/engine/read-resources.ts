import type { DocumentProblem } from '../graph/subjects.ts';
import type { Doubt } from '../model/doubt.ts';
import { type Kind, kindOf, type ModelKind } from '../model/kinds.ts';
import type { Origin, Place, Placeable, SourceText } from '../model/place.ts';
import { project, type Shape } from '../model/project.ts';
import type { ResourceDocuments } from '../model/types.ts';
import { validate } from '../model/validate.ts';
import type { ValidatorModule } from '../model/validators.ts';
import type { Path, Value, ValueObject } from '../yaml/value.ts';
import type { Loaders } from './loaders.ts';
import { fieldOf, isObject, stringOf, type TypeMeta } from './ours.ts';
import { placeholdersIn } from './placeholders.ts';
import type { Channel } from './standard-channel.ts';
import type { Tally } from './tally.ts';

/** A resource as a document has it, before it is known in which mesh and namespace it is. */
export interface ReadResource {
  readonly row: Kind;
  /** Without what is wrong; undefined when the rest would mean nothing. */
  readonly body: ResourceDocuments[ModelKind] | undefined;
  /** Name and namespace as they are written; empty where they are not. */
  readonly name: string;
  readonly namespace: string;
  readonly origin: Origin;
  readonly leftOut: readonly Path[];
  /** Placeholders. */
  readonly doubts: readonly Doubt[];
  /** The fields that are known of its kind; undefined: all are. */
  readonly shape: Shape | undefined;
}

/** Takes what documents hold, one after the other. */
export interface ResourceSink {
  resource(read: ReadResource): void;
  /** Under which namespace faults of a document are reported. */
  namespaceOf(row: Kind, written: string): string;
  /** An IstioOperator: no resource of the mesh, but it may hold the mesh configuration. */
  operator(value: ValueObject): void;
}

/** A document while it is read. */
export interface DocumentContext {
  readonly text: SourceText;
  /** Index in its source. */
  readonly index: number;
  /** It holds the beginning of a placeholder somewhere. */
  readonly marked: boolean;
  readonly sink: ResourceSink;
  readonly problems: DocumentProblem[];
}

const nothing: readonly never[] = [];

/** Takes values apart into resources and validates them. */
export class ResourceReader {
  readonly #load: Loaders['validator'];
  readonly #loadChannel: Loaders['channel'];
  /** Of the Gateway API, where it is not the one of the schemas; loaded with the first document of that group. */
  #channel: Channel | undefined;
  readonly #tally: Tally;
  readonly #validators = new Map<ModelKind, ValidatorModule>();

  constructor(loaders: Loaders, tally: Tally) {
    this.#load = loaders.validator;
    this.#loadChannel = loaders.channel;
    this.#tally = tally;
  }

  /** One object: a resource, or a list of them. `itemOf` is what a typed list says of its items. */
  async read(value: Value, document: DocumentContext, item: Path = nothing, itemOf?: TypeMeta): Promise<void> {
    const origin: Origin = { text: document.text, document: document.index, item };
    const shape = (message: string, path: Path, resource: Placeable, missing = false): void => {
      document.problems.push({ kind: 'shape', message, at: missing ? { kind: 'missing', resource, path } : valueAt(resource, path) });
    };
    if (!isObject(value)) {
      const nobody: Placeable = { apiVersion: '', kind: '', metadata: { name: '', namespace: '' }, origin };
      shape('a resource is a mapping with apiVersion, kind and metadata', [], nobody);
      return;
    }
    const apiVersion = stringOf(value, 'apiVersion') ?? itemOf?.apiVersion;
    const kind = stringOf(value, 'kind') ?? itemOf?.kind;
    if (kind === undefined || apiVersion === undefined) {
      const written = placeableOf(value, { apiVersion, kind }, origin);
      const field = kind === undefined ? 'kind' : 'apiVersion';
      if (fieldOf(value, field) === undefined) shape(`"${field}" is missing`, [field], written, true);
      else shape(`"${field}" must be a string`, [field], written);
      return;
    }
    const items = fieldOf(value, 'items');
    if (kind.endsWith('List') && (Array.isArray(items) || kind === 'List')) {
      if (!Array.isArray(items)) {
        if (items !== undefined && items !== null)
          shape('"items" must be a list', ['items'], placeableOf(value, { apiVersion, kind }, origin));
        return;
      }
      const ofItems = kind === 'List' ? undefined : { apiVersion, kind: kind.slice(0, -'List'.length) };
      for (const [i, entry] of items.entries()) await this.read(entry as Value, document, [...item, 'items', i], ofItems);
      return;
    }
    const row = kindOf(apiVersion, kind);
    if (typeof row === 'string') {
      this.#tally.skip(row === 'foreign' ? 'foreign-yaml' : row);
      if (kind === 'IstioOperator' && row === 'not-modelled') document.sink.operator(value);
      return;
    }
    if (this.#loadChannel !== undefined && row.schema.startsWith('gateway-api/')) this.#channel ??= await this.#loadChannel();
    const complete = itemOf === undefined ? value : { ...value, apiVersion, kind };
    this.#readResource(row, complete, origin, this.#validators.get(row.kind) ?? (await this.#loadValidator(row.kind)), document);
  }

  async #loadValidator(kind: ModelKind): Promise<ValidatorModule> {
    const loaded = await this.#load(kind);
    this.#validators.set(kind, loaded);
    return loaded;
  }

  #readResource(row: Kind, value: ValueObject, origin: Origin, validator: ValidatorModule, document: DocumentContext): void {
    const kept = row.projected && validator.shape !== undefined ? project(value, validator.shape) : value;
    const doubts = document.marked ? placeholdersIn(row.kind, kept) : nothing;
    const { value: body, problems, leftOut } = validate(row.kind, kept, validator);
    const metadata = fieldOf(value, 'metadata');
    const name = stringOf(metadata, 'name') ?? '';
    const namespace = stringOf(metadata, 'namespace') ?? '';
    if (problems.length > 0 || this.#channel !== undefined) {
      const reported: Placeable = {
        ...placeableOf(value, { apiVersion: stringOf(value, 'apiVersion'), kind: row.written }, origin),
        metadata: { name, namespace: document.sink.namespaceOf(row, namespace) },
      };
      document.problems.push(...(this.#channel?.problemsOf(row, value, reported) ?? []));
      for (const problem of problems) {
        if (this.#channel?.objects(row, problem) === false) continue;
        const { path, part, message } = problem;
        // A placeholder may come to anything that fits.
        if (doubts.some((doubt) => doubt.path.every((step, i) => step === path[i]))) continue;
        document.problems.push({
          kind: 'shape',
          message,
          at: part === 'missing' ? { kind: 'missing', resource: reported, path } : { kind: 'node', resource: reported, path, part },
        });
      }
    }
    if (body !== undefined) this.#tally.resources += 1;
    document.sink.resource({
      row,
      body: body === undefined || row.kind !== 'ConfigMap' ? body : withoutData(body as ResourceDocuments['ConfigMap']),
      name: body?.metadata.name ?? name,
      namespace,
      origin,
      leftOut: leftOut.length === 0 ? nothing : leftOut,
      doubts,
      shape: validator.shape,
    });
  }
}

/** Of ConfigMaps only those that may hold a mesh configuration are kept: others may be huge, and only their keys mean something. */
function withoutData(map: ResourceDocuments['ConfigMap']): ResourceDocuments['ConfigMap'] {
  if (map.data === undefined || map.metadata.name.startsWith('istio')) return map;
  return { ...map, data: Object.fromEntries(Object.keys(map.data).map((key) => [key, ''])) };
}

function placeableOf(value: ValueObject, { apiVersion = '', kind = '' }: Partial<TypeMeta>, origin: Origin): Placeable {
  const metadata = fieldOf(value, 'metadata');
  return {
    apiVersion,
    kind,
    metadata: { name: stringOf(metadata, 'name') ?? '', namespace: stringOf(metadata, 'namespace') ?? '' },
    origin,
  };
}

function valueAt(resource: Placeable, path: Path): Place {
  return { kind: 'node', resource, path, part: 'value' };
}
