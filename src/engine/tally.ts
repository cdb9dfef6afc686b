import type { Notification } from '../rule/finding.ts';

/** What a run counts while it reads. */
export class Tally {
  readonly #skipped = new Map<string, number>();
  readonly notifications: Notification[] = [];
  /** Sources of which at least one document was read. */
  files = 0;
  /** Resources of a modelled kind, each once in however many meshes it is. */
  resources = 0;
  /** A document of any Istio, Gateway API or Kubernetes apiVersion was read. */
  anything = false;
  /** A source could not be read, or text of ours not be parsed. */
  incomplete = false;

  /** Adds what another one has counted. */
  add(other: Tally): void {
    for (const [reason, count] of other.#skipped) this.skip(reason, count);
    this.notifications.push(...other.notifications);
    this.files += other.files;
    this.resources += other.resources;
    this.anything ||= other.anything;
    this.incomplete ||= other.incomplete;
  }

  skip(reason: string, count = 1): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + count);
  }

  get skipped(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#skipped);
  }
}
