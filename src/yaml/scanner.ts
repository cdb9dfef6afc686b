import { followsMarker } from './documents.ts';
import { scanRoot } from './scan-block.ts';
import { BeyondLimits, Refusal, ScanState } from './scan-state.ts';
import { type Strings, createStrings } from './strings.ts';
import type { DocumentSpan, Node, Value, YamlProblem } from './value.ts';
import { everything, type Wanted } from './wanted.ts';
import type { Range } from '../text/range.ts';

/** What the scanner makes of a document. `refused`: it does not know; the library must be asked. */
export type Scan =
  | { readonly kind: 'value'; readonly value: Value; readonly root: Node | undefined }
  | { readonly kind: 'refused' }
  | { readonly kind: 'beyond-limits'; readonly problem: YamlProblem };

/** What YAML does not allow anywhere, and a byte order mark inside a document. */
const unreadable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]/;
const loneCarriageReturn = /\r(?!\n)/;

/**
 * Reads the YAML that manifests are made of: block and flow collections, all scalar styles, comments, JSON. Everything
 * else (anchors, tags, directives, complex or duplicate keys, tabs, broken text) is refused, never guessed.
 */
export function scan(text: string, span: DocumentSpan | Range, strings: Strings = createStrings(64)): Scan {
  return run(text, span, strings, undefined);
}

/** The same with the places of values. */
export function scanNodes(
  text: string,
  span: DocumentSpan | Range,
  strings: Strings = createStrings(64),
  wanted: Wanted = everything,
): Scan {
  return run(text, span, strings, wanted);
}

function run(text: string, span: Range, strings: Strings, wanted: Wanted | undefined): Scan {
  const document = text.slice(span.start, span.end);
  if (unreadable.test(document) || (document.includes('\r') && loneCarriageReturn.test(document))) return { kind: 'refused' };
  const state = new ScanState(text, span, strings, wanted);
  try {
    const value = scanRoot(state, followsMarker(text, span.start));
    return { kind: 'value', value, root: state.node };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused' };
    if (error instanceof BeyondLimits) return { kind: 'beyond-limits', problem: error.problem };
    throw error;
  }
}
