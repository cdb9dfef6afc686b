import type { Path } from './value.ts';
import type { Wanted } from './wanted.ts';

/** The values that paths lead to, and all that these lie in. */
export class WantedPaths implements Wanted {
  /** By key or index as text: no value has both. */
  readonly #below = new Map<string, WantedPaths>();

  add(path: Path): void {
    const [first, ...rest] = path;
    if (first === undefined) return;
    const known = this.#below.get(String(first));
    const next = known ?? new WantedPaths();
    if (known === undefined) this.#below.set(String(first), next);
    next.add(rest);
  }

  below(step: string | number): Wanted | undefined {
    return this.#below.size === 0 ? undefined : this.#below.get(String(step));
  }
}
