import { visible } from './escape.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

export const xmlHead = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A text between tags, or with `"` around it. XML 1.0 has no way to write control characters, nor U+FFFE and U+FFFF. */
export function xmlText(text: string): string {
  return visible(text).replace(/[&<>"'\ufffe\uffff]/g, (character) => {
    return entities[character] ?? `\\u${character.charCodeAt(0).toString(16)}`;
  });
}

/** Attributes with a space before each. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('');
}
