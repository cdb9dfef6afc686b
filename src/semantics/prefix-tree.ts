/** Texts that others may begin with; each keeps a list of numbers. */
export class PrefixTree {
  /** Sorted, so that those that begin with one stand right behind it. */
  readonly #texts: readonly string[];
  readonly #places = new Map<string, number>();
  /** For each text the longest other one that it begins with; -1: there is none. */
  readonly #parents: number[] = [];
  readonly #numbers: (number[] | undefined)[] = [];

  /** Of all texts that will be added. */
  constructor(texts: Iterable<string>) {
    this.#texts = [...new Set(texts)].sort();
    const above: number[] = [];
    for (const [place, text] of this.#texts.entries()) {
      this.#places.set(text, place);
      while (above.length > 0 && !text.startsWith(this.#texts[above.at(-1) ?? -1] ?? '')) above.pop();
      this.#parents.push(above.at(-1) ?? -1);
      above.push(place);
    }
  }

  add(text: string, number: number): void {
    const place = this.#places.get(text);
    if (place === undefined) return;
    const known = this.#numbers[place];
    if (known === undefined) this.#numbers[place] = [number];
    else known.push(number);
  }

  of(text: string): readonly number[] | undefined {
    const place = this.#places.get(text);
    return place === undefined ? undefined : this.#numbers[place];
  }

  /** Lists of what a text begins with, itself included. */
  *above(text: string): Iterable<readonly number[]> {
    // What a text begins with, stands before it, and so does whatever comes between the two, which begins with that as well.
    let place = this.#firstBehind(text) - 1;
    while (place >= 0 && !text.startsWith(this.#texts[place] ?? '')) place = this.#parents[place] ?? -1;
    for (; place >= 0; place = this.#parents[place] ?? -1) {
      const numbers = this.#numbers[place];
      if (numbers !== undefined) yield numbers;
    }
  }

  /** Lists of what begins with a text and is longer. */
  *below(text: string): Iterable<readonly number[]> {
    for (let place = this.#firstBehind(text); this.#texts[place]?.startsWith(text) === true; place += 1) {
      const numbers = this.#numbers[place];
      if (numbers !== undefined) yield numbers;
    }
  }

  #firstBehind(text: string): number {
    let low = 0;
    let high = this.#texts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#texts[middle] ?? '') <= text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
