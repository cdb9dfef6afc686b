type Labels = Readonly<Record<string, string>>;

/** All labels of the selector are on the labels; an empty selector takes everything. */
export function selects(selector: Labels, labels: Labels): boolean {
  for (const key of Object.keys(selector)) {
    if (!Object.hasOwn(labels, key) || labels[key] !== selector[key]) return false;
  }
  return true;
}

/** Things with a label selector, found by labels without looking at all of them: by one of their labels. */
export class SelectorIndex<T> {
  readonly #byLabel = new Map<string, { readonly selector: Labels; readonly value: T }[]>();
  readonly #unlabelled: T[] = [];

  add(selector: Labels, value: T): void {
    const [key] = Object.keys(selector).sort();
    if (key === undefined) {
      this.#unlabelled.push(value);
      return;
    }
    const label = `${key}=${selector[key] ?? ''}`;
    const entry = { selector, value };
    const known = this.#byLabel.get(label);
    if (known === undefined) this.#byLabel.set(label, [entry]);
    else known.push(entry);
  }

  /** What selects these labels: first what selects everything, then in the order of the labels and of adding. */
  matching(labels: Labels): readonly T[] {
    const matches = [...this.#unlabelled];
    for (const key of Object.keys(labels)) {
      for (const { selector, value } of this.#byLabel.get(`${key}=${labels[key] ?? ''}`) ?? []) {
        if (selects(selector, labels)) matches.push(value);
      }
    }
    return matches;
  }
}
