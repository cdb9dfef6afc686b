import type { Region } from './cover.ts';

/**
 * Which of many regions may take requests of another one, as far as the beginnings of their paths tell without looking at each: a literal
 * path meets another only where one begins with the other.
 */
export class PathIndex {
  /** All literal paths, sorted, so that those that begin with one stand right behind it. */
  readonly #paths: readonly string[];
  readonly #places = new Map<string, number>();
  /** For each path the longest other one that it begins with; -1: there is none. */
  readonly #parents: number[] = [];
  /** Numbers of the regions that were added, for each path. */
  readonly #added: (number[] | undefined)[] = [];
  readonly #withoutPath: number[] = [];
  #count = 0;

  /** Of all regions that will be added or asked about. */
  constructor(regions: readonly Region[]) {
    this.#paths = [...new Set(regions.flatMap((region) => pathOf(region) ?? []))].sort();
    const above: number[] = [];
    for (const [place, path] of this.#paths.entries()) {
      this.#places.set(path, place);
      while (above.length > 0 && !path.startsWith(this.#paths[above.at(-1) ?? -1] ?? '')) above.pop();
      this.#parents.push(above.at(-1) ?? -1);
      above.push(place);
    }
  }

  /** Regions are numbered in the order of adding. */
  add(region: Region): void {
    const number = this.#count;
    this.#count += 1;
    const place = this.#placeOf(region);
    const known = place === undefined ? this.#withoutPath : this.#added[place];
    if (known !== undefined) known.push(number);
    else if (place !== undefined) this.#added[place] = [number];
  }

  /** The numbers of those that may meet a region, in order; undefined: so many that it is no use to tell them apart. */
  near(region: Region): readonly number[] | undefined {
    const own = this.#placeOf(region);
    if (own === undefined) return undefined;
    const path = this.#paths[own] ?? '';
    const most = this.#count / 2;
    const near = [...this.#withoutPath];
    const take = (place: number): void => {
      for (const number of this.#added[place] ?? []) near.push(number);
    };
    for (let place = own; place >= 0; place = this.#parents[place] ?? -1) {
      if (near.length > most) return undefined;
      take(place);
    }
    for (let place = own + 1; this.#paths[place]?.startsWith(path) === true; place += 1) {
      if (near.length > most) return undefined;
      take(place);
    }
    return near.length > most ? undefined : near.sort((a, b) => a - b);
  }

  #placeOf(region: Region): number | undefined {
    const path = pathOf(region);
    return path === undefined ? undefined : this.#places.get(path);
  }
}

export function createPathIndex(regions: readonly Region[]): PathIndex {
  return new PathIndex(regions);
}

/** What a request's path must be or begin with, letter by letter. Of more than one such condition the first is enough to tell regions apart. */
function pathOf(region: Region): string | undefined {
  const condition = region.find(({ dimension }) => dimension === 'path');
  if (condition === undefined || condition.negated) return undefined;
  const { pattern } = condition;
  return (pattern.kind === 'exact' || pattern.kind === 'prefix') && pattern.ignoreCase !== true ? pattern.value : undefined;
}
