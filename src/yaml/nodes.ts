import type { Range } from '../text/range.ts';
import type { Scalar } from './scalar.ts';
import type { Node } from './value.ts';

/** The node of a scalar, whose content, if it is written as it is, stands at `inner`. */
export function scalarNode(text: string, value: Range, inner: Range, meaning: Scalar): Node {
  const written = String(meaning);
  if (written.length !== inner.end - inner.start || !text.startsWith(written, inner.start)) return { value };
  return { value, content: inner };
}
