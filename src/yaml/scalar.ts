/** What a plain scalar can mean. A float may be infinite or NaN here: JSON cannot hold these, so the readers report them. */
export type Scalar = null | boolean | number | string;

const words: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);
const longestWord = 5;

const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Whether a plain scalar that begins with this UTF-16 code unit can mean anything but its own text. */
export function mayResolve(firstCode: number): boolean {
  // + - . 0-9
  if (firstCode < 58) return firstCode > 47 || firstCode === 43 || firstCode === 45 || firstCode === 46;
  switch (firstCode) {
    case 70: // F
    case 78: // N
    case 79: // O
    case 84: // T
    case 89: // Y
    case 102: // f
    case 110: // n
    case 111: // o
    case 116: // t
    case 121: // y
    case 126: // ~
      return true;
    default:
      return false;
  }
}

/**
 * What a plain scalar means to Kubernetes, which reads YAML with go-yaml v2 (YAML 1.1) and passes it on as JSON:
 * `yes`, `on`, `y` are booleans, `010` and `0o10` are 8, `1_000` is 1000, `1e3` is 1000, `09` is 9; dates and
 * sexagesimal numbers stay text. Integers beyond 2^53 lose precision.
 */
export function resolvePlain(text: string): Scalar {
  if (text.length === 0) return null;
  const first = text.charCodeAt(0);
  if (!mayResolve(first)) return text;
  if (text.length <= longestWord) {
    const word = words.get(text);
    if (word !== undefined) return word;
  }
  if (first > 57) return text;
  return resolveNumber(text, first) ?? text;
}

function resolveNumber(text: string, first: number): number | undefined {
  // go-yaml takes underscores out anywhere in what begins with a digit or a sign, and behind a point only between digits.
  if (first === 46 && /_(?![0-9])|(?<![0-9])_/.test(text)) return undefined;
  const digits = text.replaceAll('_', '');
  const parts = integerParts(digits);
  if (parts) {
    const magnitude = Number(parts.literal);
    return parts.negative && magnitude !== 0 ? -magnitude : magnitude;
  }
  if (!float.test(digits)) return undefined;
  const value = Number(digits);
  if (!Number.isFinite(value)) return undefined;
  return value === 0 ? 0 : value;
}

/** An integer's magnitude as JavaScript would write it (`010` is `0o10`). */
function integerParts(digits: string): { readonly negative: boolean; readonly literal: string } | undefined {
  const match = integer.exec(digits);
  if (!match) return undefined;
  const [, sign, hexadecimal, binary, octal, decimal = '0'] = match;
  const literal =
    hexadecimal !== undefined ? `0x${hexadecimal}` : binary !== undefined ? `0b${binary}` : octal !== undefined ? `0o${octal}` : decimal;
  return { negative: sign === '-', literal };
}

/** The JSON key that a plain key becomes; undefined for null, which JSON has no key for. */
export function resolveKey(text: string): string | undefined {
  const value = resolvePlain(text);
  if (value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  const parts = integerParts(text.replaceAll('_', ''));
  if (!parts) return floatKey(value);
  // go-yaml reads a decimal number that does not fit into 64 bits as a float.
  if (Math.abs(value) >= 2 ** 64 && /^[0-9]/.test(parts.literal) && !/^0[xbo]/.test(parts.literal)) return floatKey(value);
  const magnitude = BigInt(parts.literal).toString();
  return parts.negative && magnitude !== '0' ? `-${magnitude}` : magnitude;
}

/** A float as Go's `strconv.FormatFloat(value, 'g', -1, 32)` writes it, which is what Kubernetes makes of a key like `1.5`. */
function floatKey(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return '.nan';
  if (single === Infinity) return '.inf';
  if (single === -Infinity) return '-.inf';
  let precision = 1;
  while (precision < 9 && Math.fround(Number(single.toExponential(precision - 1))) !== single) precision += 1;
  const [mantissa = '', exponentText = '0'] = single.toExponential(precision - 1).split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return String(Number(single.toPrecision(precision)));
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
