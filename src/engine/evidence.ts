import { builtInText } from '../graph/built-in-text.ts';
import type { Mesh } from '../graph/mesh.ts';
import { doubtReasons, hasPlaceholder } from '../model/doubt.ts';
import type { Place, Placeable } from '../model/place.ts';
import type { Resource } from '../model/resource.ts';
import type { Fault, Related } from '../rule/rule.ts';
import type { Path } from '../yaml/value.ts';

/** A fault as far as its evidence holds, or why it is none that is known. */
export type Judged = { readonly doubt: string } | { readonly related: readonly Related[] };

type NodePlace = Exclude<Place, { kind: 'text' }>;

/**
 * The last look at a fault before it is reported, the same for all rules: nothing is judged by what is not known. It is a doubt when the fault
 * lies on, above or beside a value that is a placeholder, of a wrong type or changed by Kustomize; when such a value is its evidence; when it
 * follows from evidence on something of which name or namespace are not known; and when its evidence stands only in files that are never applied
 * together with its own.
 */
export function judge(fault: Fault, mesh: Mesh): Judged {
  const { at, cause } = fault;
  const related = (fault.related ?? []).filter((other) => !isBuiltIn(other.at));
  if (at.kind === 'text') return { related };
  const own = doubtOn(at, false);
  if (own !== undefined) return { doubt: own };
  if (cause !== undefined && hasPlaceholder(cause)) return { doubt: doubtReasons.identity };

  const evidence = related.filter((other) => other.affected !== true);
  for (const { at: shown } of evidence) {
    if (shown.kind === 'text') continue;
    const doubt = doubtOn(shown, true);
    if (doubt !== undefined) return { doubt };
    if (isElsewhere(at.resource, shown.resource)) return { doubt: doubtReasons.identity };
  }
  const real = related.filter((other) => other.at.resource === undefined || mesh.coexist(at.resource, other.at.resource));
  if (evidence.length > 0 && !evidence.some((other) => real.includes(other))) return { doubt: doubtReasons.variant };
  return { related: real };
}

function isBuiltIn(at: Place): boolean {
  return at.kind !== 'text' && at.resource.origin.text === builtInText;
}

/** Whether they may be in different namespaces, or in none together. What is in the same unknown one (`{dev,prod}`) is so in each of them. */
function isElsewhere(a: Placeable, b: Placeable): boolean {
  return a.metadata.namespace !== b.metadata.namespace && (isUnplaced(a) || isUnplaced(b));
}

/** A name that is not known does no harm: nothing is found by it. */
function isUnplaced(resource: Placeable): boolean {
  const { identity } = resource as Partial<Resource>;
  return identity !== undefined && identity.namespaces?.length !== 1;
}

function doubtOn({ resource, path }: NodePlace, isEvidence: boolean): string | undefined {
  const { doubts, leftOut } = resource as Partial<Resource>;
  const isWhole = path.length === 0 || (path.length === 2 && path[0] === 'metadata' && path[1] === 'name');
  for (const doubt of doubts ?? []) {
    if (touches(doubt.path, path) || isBeside(doubt.path, path) || (isWhole && doubt.path[0] === 'spec')) return doubt.reason;
  }
  // What has a wrong type is reported as that; rules may still say of its neighbours what they show themselves.
  if (path.length > 0 && leftOut?.some((lost) => touches(lost, path) || (isEvidence && isBeside(lost, path))) === true)
    return doubtReasons.shape;
  return undefined;
}

/** One lies in the other. */
function touches(doubtful: Path, path: Path): boolean {
  const length = Math.min(doubtful.length, path.length);
  for (let i = 0; i < length; i += 1) if (doubtful[i] !== path[i]) return false;
  return true;
}

/** Values that are judged together: neighbours in a mapping with what they hold at first hand, and the same field of two items of a list. */
function isBeside(doubtful: Path, path: Path): boolean {
  if (path[0] === 'metadata') return false;
  const parent = path.length - 1;
  if (
    parent >= 1 &&
    doubtful.length - parent <= 2 &&
    doubtful.length > parent &&
    path.slice(0, parent).every((step, i) => step === doubtful[i])
  )
    return true;
  if (doubtful.length !== path.length) return false;
  let apart = 0;
  for (const [i, step] of path.entries()) {
    if (step === doubtful[i]) continue;
    apart += 1;
    if (typeof step !== 'number' || typeof doubtful[i] !== 'number') return false;
  }
  return apart === 1;
}
