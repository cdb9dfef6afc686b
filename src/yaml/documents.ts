import type { DocumentSpan } from './value.ts';

const byteOrderMark = 0xfeff;

/**
 * Splits a stream into its documents without parsing them: at `---` and `...` in column 0, followed by a blank or
 * the end of the line. What stands behind `---` on its line belongs to the document, and directives (`%YAML 1.2`) too,
 * together with the `---` that ends them. Documents without content (only blanks and comments) are left out.
 * Neither marker can occur in column 0 inside a scalar, so looking at lines is enough.
 */
export function splitDocuments(text: string): readonly DocumentSpan[] {
  const spans: DocumentSpan[] = [];
  const markers = createMarkers(text);
  let start = text.charCodeAt(0) === byteOrderMark ? 1 : 0;
  let directivesAllowed = true;

  const close = (from: number, end: number): void => {
    if (contentStart(text, from, end) < end) spans.push({ start: from, end, index: spans.length });
  };

  for (let at = markers.next(start); ; at = markers.next(at + 3)) {
    if (at === -1) {
      close(start, text.length);
      return spans;
    }
    const isEndMarker = text.charCodeAt(at) === 46;
    if (directivesAllowed && !isEndMarker && isDirectives(text, start, at)) {
      directivesAllowed = false;
      continue;
    }
    // Concatenated files may have a byte order mark in front of a marker.
    const end = at > start && text.charCodeAt(at - 1) === byteOrderMark ? at - 1 : at;
    close(start, end);
    start = at + 3;
    directivesAllowed = isEndMarker;
  }
}

/** Whether a document's content begins behind a `---` on the same line. */
export function followsMarker(text: string, start: number): boolean {
  return start >= 3 && text.charCodeAt(start - 1) === 45 && text.charCodeAt(start - 2) === 45 && text.charCodeAt(start - 3) === 45;
}

/** Offset of the first character that is neither blank nor part of a comment; `end` where there is none. */
export function contentStart(text: string, from: number, end: number): number {
  let i = from;
  while (i < end) {
    const code = text.charCodeAt(i);
    if (code === 32 || code === 10 || code === 13 || code === 9) {
      i += 1;
    } else if (code === 35) {
      i = lineEnd(text, i, end);
    } else {
      return i;
    }
  }
  return end;
}

/** Offset of the line break (LF or CR) that ends the line at `from`, at the most `end`. */
export function lineEnd(text: string, from: number, end: number): number {
  // Not by indexOf: a text with one kind of line break would be searched to its end for the other, at every line.
  for (let i = from; i < end; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) return i;
  }
  return end;
}

function isDirectives(text: string, start: number, end: number): boolean {
  const at = contentStart(text, start, end);
  return at < end && text.charCodeAt(at) === 37;
}

interface Markers {
  /** Offset of the first marker at or behind `from`; -1 where there is none. */
  next(from: number): number;
}

/** Dashes and dots are each searched on their own and only forwards: what is rare is not searched again for each document. */
function createMarkers(text: string): Markers {
  const first = text.charCodeAt(0) === byteOrderMark ? 1 : 0;
  const isMarker = (at: number): boolean => {
    const code = text.charCodeAt(at + 3);
    if (code !== 10 && code !== 32 && code !== 13 && code !== 9 && at + 3 < text.length) return false;
    if (at === first || startsLine(text, at)) return true;
    return text.charCodeAt(at) === 45 && text.charCodeAt(at - 1) === byteOrderMark && startsLine(text, at - 1);
  };
  // There are far fewer of them than of line ends.
  const find = (pattern: string, from: number): number => {
    let at = text.indexOf(pattern, from);
    while (at !== -1 && !isMarker(at)) at = text.indexOf(pattern, at + 1);
    return at === -1 ? text.length : at;
  };
  let dashes = -1;
  let dots = -1;

  return {
    next(from) {
      if (dashes < from) dashes = find('---', from);
      if (dots < from) dots = find('...', from);
      const nearest = Math.min(dashes, dots);
      return nearest === text.length ? -1 : nearest;
    },
  };
}

function startsLine(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return at === 0 || before === 10 || before === 13;
}
