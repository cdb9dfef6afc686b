/**
 * A file from the root of its repository, without `.` and, as far as the path allows, without `..`: who reads it there compares it
 * with the repository's files as text. Standard input has no place there.
 */
export function pathFromRoot(file: string, rootPrefix: string): string {
  if (file === '-') return file;
  const segments: string[] = [];
  for (const segment of `${rootPrefix}${file}`.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else segments.push(segment);
  }
  return wellFormed(segments.join('/'));
}

/** A path as a part of a URL. */
export function encodedPath(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(wellFormed(segment)))
    .join('/');
}

/** Half a character has no UTF-8: encodeURIComponent throws, and not every reader of JSON takes it. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}
