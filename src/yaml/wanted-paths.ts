import type { Path } from './value.ts';
import type { Wanted } from './wanted.ts';

/** The values that paths lead to, and all that these lie in. */
export class WantedPaths implements Wanted {
  /** By key or index as text: no value has both. */
  readonly #below = new Map<string, WantedPaths>();

  add(path: Path): void {
    let below = this.#below;
    for (const step of path) {
      const key = String(step);
      let next = below.get(key);
      if (next === undefined) below.set(key, (next = new WantedPaths()));
      below = next.#below;
    }
  }

  below(step: string | number): Wanted | undefined {
    return this.#below.size === 0 ? undefined : this.#below.get(String(step));
  }
}
