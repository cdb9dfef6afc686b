import type { Range } from '../text/range.ts';
import { lineEnd } from './documents.ts';
import type { Node } from './value.ts';

/**
 * The comments in a part of a text that holds one document, from `#` to the end of the line: those that YAML takes for comments, never what
 * stands inside a scalar. `root`: the document's nodes; undefined where there is no document in that part.
 */
export function commentsIn(text: string, { start, end }: Range, root: Node | undefined): readonly Range[] {
  const scalars = root === undefined ? [] : scalarsIn(text, root).sort((a, b) => a.start - b.start);
  const comments: Range[] = [];
  let next = 0;
  let at = text.indexOf('#', start);
  while (at !== -1 && at < end) {
    for (let scalar = scalars[next]; scalar !== undefined && scalar.end <= at; scalar = scalars[next]) next += 1;
    const scalar = scalars[next];
    if (scalar !== undefined && scalar.start <= at) {
      at = text.indexOf('#', scalar.end);
    } else if (at === start || isBlank(text.charCodeAt(at - 1))) {
      const last = lineEnd(text, at, end);
      comments.push({ start: at, end: last });
      at = text.indexOf('#', last);
    } else {
      at = text.indexOf('#', at + 1);
    }
  }
  return comments;
}

/** Where keys and scalars stand. Of a block scalar its content only: a comment may follow on the line of its header. */
function scalarsIn(text: string, root: Node): Range[] {
  const ranges: Range[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.key !== undefined) ranges.push(node.key);
    // What came through an alias stands at the anchor as well.
    if (node.anchor !== undefined) continue;
    if (node.children !== undefined) for (const child of node.children.values()) open.push(child);
    else if (node.value.end > node.value.start) ranges.push(contentOf(text, node.value));
  }
  return ranges;
}

function contentOf(text: string, { start, end }: Range): Range {
  const first = text.charCodeAt(start);
  return first === 124 || first === 62 ? { start: lineEnd(text, start, end), end } : { start, end };
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}
