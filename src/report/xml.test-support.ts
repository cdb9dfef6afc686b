/** An element as it was read; the text of mixed content is put together. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** What XML 1.0 allows in a document at all. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads the part of XML 1.0 that reports are made of, and throws for anything that is not well-formed or not of that part. */
export function parseXml(document: string): XmlElement {
  const bad = forbidden.exec(document);
  if (bad) throw new Error(`character ${String(bad[0].codePointAt(0))} at ${String(bad.index)}`);
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(head)) throw new Error('no declaration');
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const stack: Open[] = [root];
  const token = /<\/([\w-]+)>|<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  token.lastIndex = head.length;
  while (token.lastIndex < document.length) {
    const at = token.lastIndex;
    const match = token.exec(document);
    const top = stack.at(-1);
    if (match === null || top === undefined) throw new Error(`unreadable at ${String(at)}: ${document.slice(at, at + 60)}`);
    const [, closed, opened, attributes = '', empty, text] = match;
    if (text !== undefined) {
      if (text.includes(']]>')) throw new Error(']]> in a text');
      top.text += unescaped(text);
    } else if (opened !== undefined) {
      const element: Open = { name: opened, attributes: attributesOf(attributes), children: [], text: '' };
      top.children.push(element);
      if (empty === '') stack.push(element);
    } else {
      if (closed !== top.name) throw new Error(`</${closed ?? ''}> closes <${top.name}>`);
      stack.pop();
    }
  }
  const [only, ...others] = root.children;
  if (stack.length !== 1 || only === undefined || others.length > 0 || root.text.trim() !== '') throw new Error('not one element');
  return only;
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const entries = Array.from(text.matchAll(/ ([\w-]+)="([^"]*)"/g), ([, name = '', value = '']): [string, string] => [
    name,
    unescaped(value),
  ]);
  if (new Set(entries.map(([name]) => name)).size !== entries.length) throw new Error(`an attribute twice: ${text}`);
  return Object.fromEntries(entries);
}

function unescaped(text: string): string {
  return text.replace(/&(\w*;?)/g, (whole, name: string) => {
    const character = entities[name.slice(0, -1)];
    if (!name.endsWith(';') || character === undefined) throw new Error(`the reference ${whole}`);
    return character;
  });
}
