import { selects } from './selectors.ts';

type Labels = Readonly<Record<string, string>>;

/** Things with labels, found by a selector without looking at all of them: by the rarest of its labels. */
export class LabelIndex<T> {
  readonly #all: { readonly labels: Labels; readonly value: T }[] = [];
  readonly #byLabel = new Map<string, { readonly labels: Labels; readonly value: T }[]>();

  add(labels: Labels, value: T): void {
    const entry = { labels, value };
    this.#all.push(entry);
    for (const key of Object.keys(labels)) {
      const label = `${key}=${labels[key] ?? ''}`;
      const known = this.#byLabel.get(label);
      if (known === undefined) this.#byLabel.set(label, [entry]);
      else known.push(entry);
    }
  }

  /** What the selector takes, in the order of adding; an empty selector takes everything. */
  selectedBy(selector: Labels): readonly T[] {
    let candidates = this.#all;
    for (const key of Object.keys(selector)) {
      const those = this.#byLabel.get(`${key}=${selector[key] ?? ''}`);
      if (those === undefined) return [];
      if (those.length < candidates.length) candidates = those;
    }
    return candidates.filter(({ labels }) => selects(selector, labels)).map(({ value }) => value);
  }
}
