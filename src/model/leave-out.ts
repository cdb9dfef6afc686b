import { define } from '../yaml/object.ts';
import type { Path, Value } from '../yaml/value.ts';
import { isList } from './collections.ts';

/** Parts of a value that shall go; `gone` ends a branch. */
interface Branch {
  readonly children: Map<string | number, Branch>;
  gone: boolean;
}

/**
 * A copy of a value without what lies at the paths, sharing all that is not concerned. An item of a list never goes alone, since the places of the
 * others would shift: the property that holds the list goes. Undefined when everything must go.
 * `leftOut` lists what went, without what is `silent`.
 */
export function leaveOut(
  value: Value,
  paths: readonly { readonly path: Path; readonly silent: boolean }[],
): { readonly value: Value; readonly leftOut: readonly Path[] } | undefined {
  const root: Branch = { children: new Map(), gone: false };
  const leftOut: Path[] = [];
  for (const { path, silent } of paths) {
    const length = path.findLastIndex((step) => typeof step === 'string') + 1;
    if (length === 0) return undefined;
    const isNew = mark(root, path.slice(0, length));
    if (isNew && !silent) leftOut.push(path.slice(0, length));
  }
  return { value: without(value, root), leftOut };
}

/** False when that part, or one that it lies in, goes already. */
function mark(root: Branch, path: Path): boolean {
  let branch = root;
  for (const step of path) {
    if (branch.gone) return false;
    let next = branch.children.get(step);
    if (next === undefined) {
      next = { children: new Map(), gone: false };
      branch.children.set(step, next);
    }
    branch = next;
  }
  if (branch.gone) return false;
  branch.gone = true;
  return true;
}

function without(value: Value, { children }: Branch): Value {
  if (children.size === 0 || typeof value !== 'object' || value === null) return value;
  if (isList(value)) {
    return value.map((item, index) => {
      const branch = children.get(index);
      return branch === undefined ? item : without(item, branch);
    });
  }
  const copy: Record<string, Value> = {};
  for (const [key, child] of Object.entries(value)) {
    const branch = children.get(key);
    if (branch === undefined) define(copy, key, child);
    else if (!branch.gone) define(copy, key, without(child, branch));
  }
  return copy;
}

/** The paths without those that lie in another one. */
export function outermost(paths: readonly Path[]): readonly Path[] {
  const root: Branch = { children: new Map(), gone: false };
  return [...paths].sort((a, b) => a.length - b.length).filter((path) => mark(root, path));
}
