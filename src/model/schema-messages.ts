import type { Path, Value } from '../yaml/value.ts';
import type { ValidatorError } from './validators.ts';

/** What a fault is called: one clause, lower case, no full stop, with what would be valid. */
export function messageOf({ keyword, params }: ValidatorError, path: Path, value: Value | undefined): string {
  const name = nameOf(path);
  const limit = params.limit ?? 0;
  switch (keyword) {
    case 'required':
      return `${name} is missing`;
    case 'type':
      return `${name} is ${kindOfValue(value, params.type)}, it must be ${expected(params.type ?? [])}`;
    case 'enum':
      return notAllowed(name, value, params.allowed ?? []);
    case 'pattern':
      return `${name} is ${shown(value)}, it must ${patternWords.get(params.pattern ?? '') ?? `match ${params.pattern ?? ''}`}`;
    case 'format':
      return params.format === 'byte'
        ? `${name} is no base64`
        : `${name} is ${shown(value)}, it must be between -2147483648 and 2147483647`;
    case 'maximum':
      return `${name} is ${shown(value)}, the maximum is ${limit}`;
    case 'minimum':
      return `${name} is ${shown(value)}, the minimum is ${limit}`;
    case 'maxLength':
      return `${name} has ${charactersOf(value)} characters, the maximum is ${limit}`;
    case 'minLength':
      return value === ''
        ? `${name} is an empty string, it must not be empty`
        : `${name} is ${shown(value)}, the minimum is ${plural(limit, 'character')}`;
    case 'maxItems':
      return `${name} has ${Array.isArray(value) ? value.length : 0} items, the maximum is ${limit}`;
    case 'minItems':
      return `${name} is ${sizeWords(Array.isArray(value) ? value.length : 0, 'list', 'item')}, the minimum is ${plural(limit, 'item')}`;
    case 'maxProperties':
      return `${name} has ${sizeOf(value)} entries, the maximum is ${limit}`;
    case 'minProperties':
      return `${name} is ${sizeWords(sizeOf(value), 'map', 'entry')}, the minimum is ${limit === 1 ? '1 entry' : `${limit} entries`}`;
    default:
      return `${name} does not have the form that the schema asks for (${keyword})`;
  }
}

/** The value at a path that came from the same value; own properties only. */
export function valueAt(value: Value | undefined, path: Path): Value | undefined {
  let at: Value | undefined = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as { readonly [step: string | number]: Value })[step];
  }
  return at;
}

/** `"weight"`, `"hosts[0]"`; long keys are cut. */
function nameOf(path: Path): string {
  const last = path.findLastIndex((step) => typeof step === 'string');
  if (last === -1) return 'the document';
  return quoted(
    `${path[last] ?? ''}${path
      .slice(last + 1)
      .map((index) => `[${index}]`)
      .join('')}`,
  );
}

const typeWords: ReadonlyMap<string, string> = new Map([
  ['string', 'a string'],
  ['integer', 'an integer'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'an object'],
]);

function expected(type: string | readonly string[]): string {
  return (typeof type === 'string' ? [type] : type).map((name) => typeWords.get(name) ?? name).join(' or ');
}

function kindOfValue(value: Value | undefined, type: string | readonly string[] | undefined): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return `a string (${shown(value)})`;
  if (typeof value === 'boolean') return String(value);
  return type === 'integer' || !Number.isFinite(value) ? shown(value) : `a number (${shown(value)})`;
}

function notAllowed(name: string, value: Value | undefined, allowed: readonly (string | number)[]): string {
  const meant = typeof value === 'string' ? allowed.find((word) => typeof word === 'string' && isNear(value, word)) : undefined;
  return `${shown(value)} is no value of ${name}: ${allowed.join(', ')}${meant === undefined ? '' : ` (did you mean ${meant}?)`}`;
}

/** Equal but for case and separators, or one slip of the finger apart. */
function isNear(a: string, b: string): boolean {
  const [long, short] = [a, b].map((word) => word.toLowerCase().replaceAll(/[-_ ]/g, '')).sort((x, y) => y.length - x.length);
  if (long === undefined || short === undefined || long.length - short.length > 1 || short === '') return false;
  let start = 0;
  while (start < short.length && long[start] === short[start]) start += 1;
  const longRest = long.slice(start + 1);
  if (long.length > short.length) return longRest === short.slice(start);
  if (longRest === short.slice(start + 1)) return true;
  return long[start] === short[start + 1] && long[start + 1] === short[start] && long.slice(start + 2) === short.slice(start + 2);
}

const shownCharacters = 60;

function shown(value: Value | undefined): string {
  if (typeof value === 'string') return quoted(value);
  // JSON has no infinity, YAML has.
  return typeof value === 'number' ? String(value) : JSON.stringify(value ?? null);
}

/** Quotes, line ends and control characters inside are escaped as in JSON. */
function quoted(text: string): string {
  if (text.length <= shownCharacters) return JSON.stringify(text);
  return JSON.stringify(
    `${Array.from(text.slice(0, 2 * shownCharacters))
      .slice(0, shownCharacters)
      .join('')}…`,
  );
}

function charactersOf(value: Value | undefined): number {
  return typeof value === 'string' ? value.length - (value.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0) : 0;
}

function sizeOf(value: Value | undefined): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function sizeWords(size: number, collection: string, one: string): string {
  return size === 0 ? `an empty ${collection}` : `a ${collection} of ${plural(size, one)}`;
}

function plural(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

const labelWords = 'be lower-case letters, digits and "-", with a letter or digit at both ends';
const nameWords = 'be lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part';
const domainPath = 'a domain in lower case, "/" and a path, like "example.com/name"';

/** What the patterns of the schemas ask for, after "it must". */
export const patternWords: ReadonlyMap<string, string> = new Map([
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', labelWords],
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$', nameWords],
  ['^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$', `be empty, or ${nameWords}`],
  ['^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$', `${nameWords}, and may begin with "*."`],
  ['^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$', 'be letters, digits and "-", begin with a letter and not end in "-"'],
  ['^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$', 'be letters, digits, "-", "_" and ".", with a letter or digit at both ends'],
  ['^[-_A-Za-z0-9]+$', 'be letters, digits, "-" and "_"'],
  ["^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$", "be letters, digits and any of !#$%&'*+-.^_`|~"],
  ['^[!-~]+([\\t ][!-~]+)*$', 'be printable ASCII with single spaces or tabs between words'],
  ['^([0-9]{1,5}(h|m|s|ms)){1,4}$', 'be a duration in whole hours, minutes, seconds or milliseconds, like "10s" or "1m30s"'],
  ['(^$|^[a-f0-9]{64}$)', 'be the 64 hexadecimal digits of a SHA-256 in lower case'],
  ["^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$", `be ${domainPath}`],
  [
    "^Hostname|IPAddress|NamedAddress|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$",
    `be Hostname, IPAddress, NamedAddress or ${domainPath}`,
  ],
  [
    '^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\/[A-Za-z0-9]+$',
    `be letters, digits and "-", or ${domainPath}`,
  ],
  [
    '^(System|([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]))$',
    `be System or ${domainPath}`,
  ],
  ['^(([^:/?#]+):)(//([^/?#]*))([^?#]*)(\\?([^#]*))?(#(.*))?', 'be a URI with a scheme and "//", like "spiffe://example.com/name"'],
  [
    "^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$",
    'be a path as it stands in a URL, other characters written as % and two digits',
  ],
  [
    '(^\\*$)|(^(http(s)?):\\/\\/(((\\*\\.)?([a-zA-Z0-9\\-]+\\.)*[a-zA-Z0-9-]+|\\*)(:([0-9]{1,5}))?)$)',
    'be "*" or an http or https origin without a path, like "https://example.com"',
  ],
]);
