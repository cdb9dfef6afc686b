import type { Git } from './git.ts';

/** undefined: git does not have it. `too-large`: beyond the limit. */
export type Blob = Buffer | 'too-large' | undefined;

/** The contents of a repository, by their ids, through one `git cat-file --batch`. */
export class GitBlobs {
  readonly #git: Git;
  readonly #limit: number;
  readonly #known = new Map<string, Blob>();
  readonly #wanted = new Set<string>();

  constructor(git: Git, limit: number) {
    this.#git = git;
    this.#limit = limit;
  }

  /** To be read by the next `load`. */
  want(id: string): void {
    if (!this.#known.has(id)) this.#wanted.add(id);
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  get(id: string): Blob {
    if (!this.#known.has(id)) throw new Error(`${id} was not loaded`);
    return this.#known.get(id);
  }

  /** How many of what was loaded git does not have. */
  get lost(): number {
    return [...this.#known.values()].filter((blob) => blob === undefined).length;
  }

  async load(): Promise<void> {
    const ids = [...this.#wanted];
    if (ids.length === 0) return;
    this.#wanted.clear();
    const child = this.#git.start(['cat-file', '--batch']);
    const ended = new Promise<Error | undefined>((settle) => {
      child.on('error', settle);
      child.on('close', () => settle(undefined));
    });
    // git ends when an object of a partial clone is missing; what it has not answered then is not there.
    child.stdin.on('error', () => undefined);
    child.stdin.end(ids.map((id) => `${id}\n`).join(''));
    const reader = new BatchReader(ids, this.#limit, (id, blob) => this.#known.set(id, blob));
    for await (const chunk of child.stdout) reader.take(chunk as Buffer);
    const error = await ended;
    if (error !== undefined) throw error;
    for (const id of ids) if (!this.#known.has(id)) this.#known.set(id, undefined);
  }
}

/** Takes the answers of `git cat-file --batch` apart: `ID blob SIZE`, a line end, the content, a line end; or `ID missing`. */
class BatchReader {
  readonly #ids: readonly string[];
  readonly #limit: number;
  readonly #done: (id: string, blob: Blob) => void;
  #at = 0;
  #head = '';
  #content: { readonly size: number; readonly parts: Buffer[]; seen: number } | undefined;

  constructor(ids: readonly string[], limit: number, done: (id: string, blob: Blob) => void) {
    this.#ids = ids;
    this.#limit = limit;
    this.#done = done;
  }

  take(chunk: Buffer): void {
    let from = 0;
    while (from < chunk.length) from = this.#content === undefined ? this.#takeHead(chunk, from) : this.#takeContent(chunk, from);
  }

  #takeHead(chunk: Buffer, from: number): number {
    const end = chunk.indexOf(10, from);
    this.#head += chunk.toString('latin1', from, end === -1 ? chunk.length : end);
    if (end === -1) return chunk.length;
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(this.#head)?.[1];
    this.#head = '';
    if (size === undefined) this.#finish(undefined);
    else this.#content = { size: Number(size), parts: [], seen: 0 };
    return end + 1;
  }

  #takeContent(chunk: Buffer, from: number): number {
    const content = this.#content;
    if (content === undefined) return from;
    const { size, parts } = content;
    const end = Math.min(chunk.length, from + size - content.seen);
    if (size <= this.#limit && end > from) parts.push(chunk.subarray(from, end));
    content.seen += end - from;
    // The line end behind the content.
    if (content.seen < size || end === chunk.length) return end;
    this.#finish(size <= this.#limit ? Buffer.concat(parts, size) : 'too-large');
    return end + 1;
  }

  #finish(blob: Blob): void {
    const id = this.#ids[this.#at];
    this.#at += 1;
    this.#content = undefined;
    if (id !== undefined) this.#done(id, blob);
  }
}
