import { identityOf, type Resource } from '../model/resource.ts';
import type { Source } from '../text/source.ts';
import type { Value } from '../yaml/value.ts';
import { type Contribution, HeldSource, type Recorded } from './held-source.ts';
import { MeshPart } from './mesh-part.ts';
import { MeshSink } from './mesh-sink.ts';
import type { SourceReader } from './read-source.ts';
import { type Purpose, RecordingSink } from './recording-sink.ts';
import { same } from './same.ts';
import type { SourceStore, Target } from './source-store.ts';
import { Tally } from './tally.ts';

type Texts = Map<string, Promise<readonly Value[] | { readonly problem: string }>>;

/** Gives what held sources hold, in one run: only what has changed is read and put together again. */
export class SessionStore implements SourceStore {
  readonly tally = new Tally();
  /** What stands inside of other texts and was asked for in this run. */
  readonly texts: Texts = new Map();
  readonly #reader: SourceReader;
  readonly #textsBefore: Texts;

  constructor(reader: SourceReader, textsBefore: Texts) {
    this.#reader = reader;
    this.#textsBefore = textsBefore;
  }

  async record(source: Source, purpose: Purpose): Promise<RecordingSink> {
    const held = heldSource(source);
    const recorded = held.recorded.get(purpose) ?? (await this.#read(held, purpose));
    held.recorded.set(purpose, recorded);
    this.tally.add(recorded.tally);
    return recorded.sink;
  }

  async fill(source: Source, targets: readonly Target[], recorded: RecordingSink | undefined): Promise<void> {
    const held = heldSource(source);
    const from = recorded ?? (await this.record(held, 'resources'));
    const known = held.contribution;
    const contribution = known !== undefined && isFor(known, from, targets) ? known : contribute(from, targets, known);
    held.contribution = contribution;
    for (const [i, { part }] of targets.entries()) {
      const own = contribution.targets[i];
      if (own !== undefined) part.append(own.part);
    }
  }

  readText(text: string): Promise<readonly Value[] | { readonly problem: string }> {
    const values = this.texts.get(text) ?? this.#textsBefore.get(text) ?? this.#reader.readText(text);
    this.texts.set(text, values);
    return values;
  }

  async #read(held: HeldSource, purpose: Purpose): Promise<Recorded> {
    const recorded = { sink: new RecordingSink(purpose), tally: new Tally() };
    await this.#reader.read(held, recorded.sink, recorded.tally, (_source, hash) => {
      held.sourceText.hash = hash;
      return held.sourceText;
    });
    return recorded;
  }
}

function heldSource(source: Source): HeldSource {
  if (source instanceof HeldSource) return source;
  throw new Error('a session holds all its sources');
}

function isFor(known: Contribution, from: RecordingSink, targets: readonly Target[]): boolean {
  return (
    known.from === from &&
    known.targets.length === targets.length &&
    targets.every(({ part, file }, i) => known.targets[i]?.spec === part.spec && same(known.targets[i].file, file))
  );
}

/** `before`: what is the same as then is taken from there, so that whoever knows it need not look at it again. */
function contribute(from: RecordingSink, targets: readonly Target[], before: Contribution | undefined): Contribution {
  const own = targets.map(({ part: { spec }, file }) => ({ spec, file, part: new MeshPart(spec) }));
  from.replay(new MeshSink(own));
  for (const { spec, part } of own) {
    const old = before?.targets.find((target) => target.spec === spec)?.part;
    if (old === undefined) continue;
    keepResources(part.resources, old.resources);
    const documents = new Map(old.documents.map((document) => [document.index, document]));
    for (const [i, document] of part.documents.entries()) {
      const known = documents.get(document.index);
      if (known !== undefined && same(known, document)) part.documents[i] = known;
    }
  }
  return { from, targets: own };
}

function keepResources(fresh: Resource[], old: readonly Resource[]): void {
  const known = new Map<string, Resource[]>();
  for (const resource of old) {
    const identity = identityOf(resource);
    const namesakes = known.get(identity);
    if (namesakes === undefined) known.set(identity, [resource]);
    else namesakes.push(resource);
  }
  for (const [i, resource] of fresh.entries()) {
    const candidate = known.get(identityOf(resource))?.shift();
    if (candidate === undefined || !isSameResource(candidate, resource)) continue;
    moveTo(candidate.origin, resource.origin.document);
    fresh[i] = candidate;
  }
}

function isSameResource({ origin, ...rest }: Resource, { origin: other, ...others }: Resource): boolean {
  return origin.text === other.text && same(origin.item, other.item) && same(rest, others);
}

/** Where a resource stands in its source says nothing about it, and is asked for only when a place is looked up. */
function moveTo(origin: { document: number }, document: number): void {
  origin.document = document;
}
