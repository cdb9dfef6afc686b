type Labels = Readonly<Record<string, string>>;

/** All labels of the selector are on the labels; an empty selector takes everything. */
export function selects(selector: Labels, labels: Labels): boolean {
  for (const key of Object.keys(selector)) {
    if (!Object.hasOwn(labels, key) || labels[key] !== selector[key]) return false;
  }
  return true;
}

interface Entry<T> {
  readonly selector: Labels;
  readonly value: T;
}

/** Things with a label selector, found by labels without looking at all of them: by one of their labels. */
export class SelectorIndex<T> {
  readonly #byLabel = new Map<string, Map<string, Entry<T>[]>>();
  readonly #unlabelled: T[] = [];

  add(selector: Labels, value: T): void {
    const [key] = Object.keys(selector).sort();
    if (key === undefined) {
      this.#unlabelled.push(value);
      return;
    }
    let byValue = this.#byLabel.get(key);
    if (byValue === undefined) this.#byLabel.set(key, (byValue = new Map<string, Entry<T>[]>()));
    const entry = { selector, value };
    const known = byValue.get(selector[key] ?? '');
    if (known === undefined) byValue.set(selector[key] ?? '', [entry]);
    else known.push(entry);
  }

  /** What selects these labels: first what selects everything, then in the order of the labels and of adding. */
  matching(labels: Labels): readonly T[] {
    const matches = [...this.#unlabelled];
    for (const key of Object.keys(labels)) {
      for (const { selector, value } of this.#byLabel.get(key)?.get(labels[key] ?? '') ?? []) {
        if (selects(selector, labels)) matches.push(value);
      }
    }
    return matches;
  }

  /** Whether anything does. */
  matches(labels: Labels): boolean {
    if (this.#unlabelled.length > 0) return true;
    for (const key of Object.keys(labels)) {
      const entries = this.#byLabel.get(key)?.get(labels[key] ?? '');
      if (entries?.some(({ selector }) => selects(selector, labels)) === true) return true;
    }
    return false;
  }
}
