import { hasPlaceholder } from '../model/doubt.ts';
import type { Kind } from '../model/kinds.ts';
import { groupOf } from '../model/kinds.ts';
import type { Path, Value, ValueObject } from '../yaml/value.ts';
import type { Written } from './kustomization.ts';
import { fieldOf, isList, isObject, itemsOf, stringOf, stringsOf, typeMetaOf } from './ours.ts';

/** What a patch or replacement changes: which fields of which resources, not to which value. */
export interface Patch {
  readonly target: Target;
  /** The empty path: all of it, or whether it is there at all. `*` stands for any item of a list. */
  readonly paths: readonly Path[];
}

/** Undefined: any. A name or kind with anything in it that a regular expression means otherwise is any as well. */
interface Target {
  readonly group: string | undefined;
  readonly kind: string | undefined;
  readonly name: string | undefined;
}

/** Whether a patch may be meant for a resource of that name, as written or as other kustomizations have changed it. */
export function concerns({ target }: Patch, row: Kind, names: readonly string[]): boolean {
  const { group, kind, name } = target;
  if (kind !== undefined && kind !== row.written) return false;
  if (group !== undefined && group !== row.group) return false;
  return name === undefined || names.some((known) => name.includes(known) || known.includes(name));
}

/** The patches that a text or file holds. Source: kustomize, api/internal/builtins/PatchTransformer.go. */
export function patchesFrom(values: readonly Value[], target: Value | undefined): readonly Patch[] {
  return values.flatMap((value): readonly Patch[] => {
    if (isList(value)) return target === undefined ? [] : [{ target: selectorOf(target), paths: value.flatMap(operationPaths) }];
    if (!isObject(value)) return [];
    const { apiVersion, kind } = typeMetaOf(value);
    const own: Target = {
      group: apiVersion === undefined ? undefined : groupOf(apiVersion),
      kind,
      name: literally(stringOf(fieldOf(value, 'metadata'), 'name')),
    };
    return [{ target: target === undefined ? own : selectorOf(target), paths: [...mergedPaths(value, [])] }];
  });
}

/** Of a patch that could not be read: all of what it says that it is for. */
export function unreadPatch(target: Value | undefined): readonly Patch[] {
  return target === undefined ? [] : [{ target: selectorOf(target), paths: [[]] }];
}

/** The changes that replacements make. Source: kustomize, api/filters/replacement. */
export function replacementsFrom(values: readonly Value[]): readonly Patch[] {
  const replacements = values.flatMap((value) => (isList(value) ? value : [value]));
  return replacements.flatMap((replacement) =>
    itemsOf(replacement, 'targets').map((target) => {
      const fields = stringsOf(target, 'fieldPaths');
      return {
        target: selectorOf(fieldOf(target, 'select') ?? null),
        paths: fields.length === 0 ? [['metadata', 'name']] : fields.map(fieldPath),
      };
    }),
  );
}

export function isFile(written: Written): written is Extract<Written, { readonly path: string }> {
  return 'path' in written;
}

function selectorOf(target: Value): Target {
  return {
    group: literally(stringOf(target, 'group')),
    kind: literally(stringOf(target, 'kind')),
    name: literally(stringOf(target, 'name')),
  };
}

/** Targets are regular expressions: only what can't be meant otherwise is compared. */
function literally(pattern: string | undefined): string | undefined {
  return pattern === undefined || pattern === '' || hasPlaceholder(pattern) || !/^[\w./-]+$/.test(pattern) ? undefined : pattern;
}

const identifying: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata/name', 'metadata/namespace']);

/** What a strategic merge patch sets, down to scalars; `*` stands for an item of a list, which may be merged or replace the whole list. */
function* mergedPaths(value: Value, path: Path): Iterable<Path> {
  if (isList(value) && value.length > 0 && value.every(isObject)) {
    for (const item of value) yield* itemPaths(item, [...path, '*']);
    return;
  }
  if (!isObject(value) || Object.hasOwn(value, '$patch') || (path.length > 0 && Object.keys(value).length === 0)) {
    yield path;
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    const at = [...path, key];
    if (!identifying.has(at.join('/'))) yield* mergedPaths(child, at);
  }
}

/** An item is found by its name, if that is not all that it has. */
function* itemPaths(item: ValueObject, path: Path): Iterable<Path> {
  if (Object.hasOwn(item, '$patch')) {
    yield path;
    return;
  }
  const keys = Object.keys(item);
  for (const key of keys) if (key !== 'name' || keys.length === 1) yield* mergedPaths(item[key] ?? null, [...path, key]);
}

/** What an operation of a JSON patch changes. Adding and removing items moves the others, so that the whole list is meant. Source: RFC 6902. */
function operationPaths(operation: Value): readonly Path[] {
  const replaces = stringOf(operation, 'op') === 'replace';
  return ['path', 'from'].flatMap((field) => {
    const pointer = stringOf(operation, field);
    if (pointer === undefined) return [];
    const path = pointer
      .split('/')
      .slice(1)
      .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
    const last = path.at(-1);
    return [(typeof last === 'number' && !replaces) || last === '-' ? path.slice(0, -1) : path];
  });
}

/** `spec.http.0.route` as far as it leads through names and indices; `[name=app]` and `*` may be any item. */
function fieldPath(written: string): Path {
  const path: (string | number)[] = [];
  for (const step of written.split(/(?<!\\)\./)) {
    if (step.startsWith('[') || step === '*' || step === '-') break;
    path.push(/^\d+$/.test(step) ? Number(step) : step.replaceAll('\\.', '.'));
  }
  return path;
}
