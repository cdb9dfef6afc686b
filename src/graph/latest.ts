/**
 * Remembers one answer. Rules are asked about one subject after the other, and several of them ask the graph the same about it: the answers need not
 * be kept for the whole run, which would cost more memory than all resources.
 */
export class Latest<K, V> {
  #key: K | undefined;
  #value: V | undefined;

  get(key: K, compute: () => V): V {
    if (this.#value === undefined || this.#key !== key) {
      this.#value = compute();
      this.#key = key;
    }
    return this.#value;
  }
}
