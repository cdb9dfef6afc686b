import { type Scalar, resolvePlain } from './scalar.ts';
import { copyOf } from './strings.ts';

/** What a scalar is once its tag is heeded, or why it is nothing. */
export type Tagged = { readonly value: Scalar } | { readonly problem: string };

const prefix = 'tag:yaml.org,2002:';

/**
 * Resolves a scalar as go-yaml v2 does: standard tags convert, `!` and unknown ones leave the text as it is.
 * `plain`: written without quotes and not as a block.
 */
export function resolveTagged(text: string, plain: boolean, tag: string | undefined): Tagged {
  if (tag === undefined) return finite(text, plain ? resolvePlain(text) : text);
  const name = tag.startsWith(prefix) ? tag.slice(prefix.length) : '';
  switch (name) {
    case 'int':
    case 'float':
    case 'bool':
    case 'null': {
      const value = resolvePlain(text);
      if (kindOf(value, name)) return finite(text, value);
      return { problem: `${quoted(text)} is no ${names[name]}, as its tag !!${name} says` };
    }
    case 'binary':
      return decodeBase64(text);
    default:
      return { value: text };
  }
}

const names = { int: 'integer', float: 'number', bool: 'boolean', null: 'null' } as const;

function kindOf(value: Scalar, name: keyof typeof names): boolean {
  switch (name) {
    case 'int':
      return Number.isInteger(value);
    case 'float':
      return typeof value === 'number';
    case 'bool':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
  }
}

function finite(text: string, value: Scalar): Tagged {
  if (typeof value !== 'number' || Number.isFinite(value)) return { value };
  return { problem: `${quoted(text)} is a number that JSON, and so Kubernetes, cannot hold` };
}

function decodeBase64(text: string): Tagged {
  const base64 = text.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64))
    return { problem: 'the text of the tag !!binary is no base64' };
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return { value: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
}

const longestShown = 60;

/** A user's text in double quotes, with control characters escaped, and shortened where it is long. */
export function quoted(text: string): string {
  const start = copyOf(text, 0, Math.min(text.length, longestShown));
  const shown = text.length > longestShown ? `${start}…` : start;
  return `"${shown.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff]/g, escaped)}"`;
}

function escaped(character: string): string {
  switch (character) {
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    default:
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  }
}
