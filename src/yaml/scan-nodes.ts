import type { Range } from '../text/range.ts';
import type { ScanState } from './scan-state.ts';
import type { Node } from './value.ts';
import { itself, type Wanted } from './wanted.ts';

/** Before the value of a key is read: what of it is wanted. `wanted`: of the mapping, which has a node for its first key in any case. */
export function wantMember(state: ScanState, wanted: Wanted | undefined, key: string, children: ReadonlyMap<string, Node>): void {
  state.node = undefined;
  state.wanted = wanted?.below(key) ?? (children.size === 0 ? itself : undefined);
}

/** Behind the value of a key. */
export function addMember(state: ScanState, key: string, range: Range, children: Map<string, Node>): void {
  if (state.wanted !== undefined && state.node !== undefined) children.set(key, { ...state.node, key: range });
}

/** Before an item of a list is read. Each has a node, so that they can be counted. */
export function wantItem(state: ScanState, wanted: Wanted | undefined, children: readonly Node[]): void {
  state.wanted = wanted?.below(children.length) ?? itself;
}
