/** What the code of all validators calls. An error is `{ instancePath, keyword, params }`, as ajv makes it. */

/** So many errors are kept; a document with more is not usable in any part. */
const mostErrors = 10_000;

export function addError(errors, instancePath, keyword, params) {
  if (errors === null) return [{ instancePath, keyword, params }];
  if (errors.length < mostErrors) errors.push({ instancePath, keyword, params });
  return errors;
}

export function join(errors, more) {
  if (errors === null) return more;
  for (const error of more) if (errors.length < mostErrors) errors.push(error);
  return errors;
}

export function hasNull(object) {
  for (const key in object) if (object[key] === null) return true;
  return false;
}

export function addNulls(errors, instancePath, object) {
  let all = errors;
  for (const key in object) {
    if (object[key] === null) all = addError(all, `${instancePath}/${escape(key)}`, 'null', {});
  }
  return all;
}

/** Unicode characters of a text, as JSON Schema counts lengths. */
export function characters(text) {
  let count = text.length;
  for (let i = 1; i < text.length; i += 1)
    if ((text.charCodeAt(i) & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) count -= 1;
  return count;
}

/** A key as a step of a JSON pointer. */
export function escape(key) {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}

/** As Go reads it: line ends are skipped. No expression with groups: those overflow the stack on long texts. */
export function isBase64(text) {
  const dense = text.replace(/[\r\n]/g, '');
  return dense.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(dense);
}
