import { selects } from './selectors.ts';

type Labels = Readonly<Record<string, string>>;

interface Labelled {
  readonly namespace: string;
  readonly labels: Labels;
}

/** Things with labels, found by a selector without looking at all of them: by the rarest of its labels, or by their namespace. */
export class LabelIndex<T extends Labelled> {
  readonly #all: readonly T[];
  readonly #byNamespace = new Map<string, T[]>();
  readonly #byLabel = new Map<string, Map<string, T[]>>();

  constructor(all: readonly T[]) {
    this.#all = all;
    for (const value of all) {
      file(this.#byNamespace, value.namespace, value);
      for (const key of Object.keys(value.labels)) {
        let byValue = this.#byLabel.get(key);
        if (byValue === undefined) this.#byLabel.set(key, (byValue = new Map<string, T[]>()));
        file(byValue, value.labels[key] ?? '', value);
      }
    }
  }

  /** What the selector takes in a namespace, or in any; in the order of the input. An empty selector takes everything. */
  selectedBy(selector: Labels, namespace?: string): readonly T[] {
    let candidates = namespace === undefined ? this.#all : this.#byNamespace.get(namespace);
    if (candidates === undefined) return [];
    for (const key of Object.keys(selector)) {
      const those = this.#byLabel.get(key)?.get(selector[key] ?? '');
      if (those === undefined) return [];
      if (those.length < candidates.length) candidates = those;
    }
    return candidates.filter((each) => (namespace === undefined || each.namespace === namespace) && selects(selector, each.labels));
  }
}

function file<T>(index: Map<string, T[]>, key: string, value: T): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [value]);
  else known.push(value);
}
