/** Makes YAML that is odd in every way that manifests (and their typing errors) can be, from a seed. */
export interface NastyYaml {
  /** A document printed in random styles. */
  document(): string;
  /** A text with one or two small mistakes in it. */
  mutation(text: string): string;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}

type Shape = string | readonly Shape[] | ReadonlyMap<string, Shape>;

const texts = [
  ...['a', 'b', 'host', 'reviews.default', 'x y', "it's", 'say "hi"', 'ü', '\ud83d\ude00', 'e\u0301', '\u00a0x', '\u2028'],
  ...['true', 'no', 'y', '1', '08', '0x1F', '1e3', '~', 'null', '', '.inf', '.5', '1_000', '123456789012345678', '2001-01-01', '-1', '0.0'],
  ...['a: b', 'a #b', 'a#b', 'http://x:80/y', '::1', '- x', '-', '-x', '? y', '[z]', '{z}', '*z', '&z', '!z', '%z', '@z', '`z', '|', '>'],
  ...[
    'tab\there',
    'line\nbreak',
    'two\n\nbreaks\n',
    '  lead',
    'trail  ',
    '\n',
    ' ',
    '\\',
    'a,b',
    'a]b',
    'k: [',
    'x:',
    ':x',
    ':',
    '#',
    '# c',
  ],
  ...['__proto__', 'constructor', 'hasOwnProperty', '<<', '=', '+1', '0'],
  'very long text that somebody may want to fold somewhere because it has a lot of words in it and so on',
];
const characters = [
  ...[' ', '\n', ':', '-', '"', "'", '#', '[', ']', '{', '}', ',', '&', '*', '!', '|', '>', '%', '\t', '\r', '?', 'a', '0', '\\', '.', '@'],
  ...['\0', '\uFEFF', '  ', ': ', '- ', '\n  ', '---\n', '<<: ', '~'],
];

export function createNastyYaml(seed: number): NastyYaml {
  let state = seed;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(random() * limit);
  const chance = (probability: number): boolean => random() < probability;
  const pick = <T>(list: readonly T[]): T => {
    const item = list[below(list.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const times = <T>(count: number, make: () => T): readonly T[] => Array.from({ length: count }, make);

  const shape = (depth: number): Shape => {
    const kind = random();
    if (depth <= 0 || kind < 0.4) return pick(texts);
    if (kind < 0.7) return times(below(4), () => shape(depth - 1));
    return new Map(times(below(4), () => [pick(texts), shape(depth - 1)] as const));
  };

  const lineTail = (): string => (chance(0.85) ? '' : pick([' ', '   ', ' # comment', '  #c: d', ' #', '\t', ' # "x', '#x']));
  const blanks = (): string => ' '.repeat(chance(0.8) ? 1 : 1 + below(3));

  const doubleQuoted = (text: string, fold: string | undefined): string => {
    const written = [...text].map((character) => {
      if (character === '"' || character === '\\') return `\\${character}`;
      if (character === '\n') return fold === undefined || chance(0.6) ? '\\n' : `\n\n${fold}`;
      if (character === '\t') return chance(0.5) ? '\\t' : character;
      if (chance(0.03) && character.length === 1) return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
      if (character === ' ' && fold !== undefined && chance(0.15)) {
        return pick([`\n${fold}`, `\\\n${fold}\\ `, ` \n${fold}`, ` \\\n${fold}`, `\\\n\n${fold}`]);
      }
      return character;
    });
    return `"${written.join('')}"`;
  };
  const singleQuoted = (text: string, fold: string | undefined): string => {
    const written = [...text].map((character) => {
      if (character === "'") return "''";
      if (character === '\n') return fold === undefined ? ' ' : `\n\n${fold}`;
      return character === ' ' && fold !== undefined && chance(0.15) ? `\n${fold}` : character;
    });
    return `'${written.join('')}'`;
  };
  const plain = (text: string, fold: string | undefined): string => {
    const written = text.replaceAll('\n', fold === undefined ? ' ' : `\n${fold}`);
    return fold !== undefined && chance(0.1) ? written.replaceAll(' ', `\n${fold}`) : written;
  };
  const blockText = (text: string, indent: string): string => {
    const own = indent + ' '.repeat(chance(0.9) ? below(3) : 0);
    const header = pick(['|', '>']) + pick(['', '', '-', '+', '2', '1-', '+1', '9']) + lineTail();
    const lines = text.split('\n').map((line) => (line === '' && chance(0.7) ? '' : own + line));
    return `${header}\n${lines.join('\n')}${pick(['', '\n', '\n\n', `\n${own}`, '\n   '])}`;
  };
  const scalar = (text: string, indent: string, place: 'key' | 'flow' | 'block'): string => {
    const fold = place === 'key' ? undefined : indent;
    const style = random();
    if (style < 0.55) return plain(text, fold);
    if (style < 0.72) return doubleQuoted(text, fold);
    return style < 0.85 || place !== 'block' ? singleQuoted(text, fold) : blockText(text, indent);
  };

  const flow = (value: Shape, indent: string): string => {
    const gap = (): string => (chance(0.75) ? '' : pick([' ', `\n${indent}`, ` # c\n${indent}`, `\n\n${indent}`, '\t', '\n']));
    if (typeof value === 'string') return scalar(value, indent, 'flow');
    const end = (chance(0.1) ? ',' : '') + gap();
    if (!isMap(value)) return `[${gap()}${value.map((item) => flow(item, indent) + gap()).join(`,${pick(['', ' ', gap()])}`)}${end}]`;
    const pairs = [...value].map(([key, item]) => {
      const colon = chance(0.05) ? '' : `:${pick([' ', ' ', '', gap()])}${chance(0.1) ? '' : flow(item, indent)}`;
      return scalar(key, indent, 'key') + pick(['', '', '', ' ']) + colon + gap();
    });
    return `{${gap()}${pairs.join(`,${pick(['', ' '])}`)}${end}}`;
  };

  const block = (value: Shape, indent: string, inline: boolean): string => {
    if (typeof value === 'string') return scalar(value, indent + pick(['', ' ', '  ']), 'block') + lineTail();
    const size = isMap(value) ? value.size : value.length;
    if (size === 0 || chance(0.2)) return flow(value, indent + pick([' ', '  ', ''])) + lineTail();
    const between = (): string => (chance(0.9) ? '' : pick(['\n', `${indent}# c\n`, '# c\n', '   \n', `${indent} # c\n`, '\t\n']));
    const entries = isMap(value)
      ? [...value].map(([key, item]) => {
          const colon = `${chance(0.05) ? ' ' : ''}:`;
          return scalar(key, indent, 'key') + colon + child(item, indent + ' '.repeat(1 + below(3)), indent, false);
        })
      : value.map((item) => `-${child(item, `${indent}  `, indent, true)}`);
    const lines = entries.map((entry, index) => {
      const margin = index === 0 && inline ? '' : indent + (chance(0.01) ? ' ' : '');
      return `${margin}${entry}\n${between()}`;
    });
    return lines.join('').replace(/\n$/, '');
  };
  const child = (value: Shape, deeper: string, indent: string, inSequence: boolean): string => {
    if (typeof value === 'string') {
      return chance(0.1) ? `${lineTail()}\n${deeper}${block(value, deeper, true)}` : blanks() + block(value, deeper, true);
    }
    if (inSequence && chance(0.6)) {
      const gap = blanks();
      return gap + block(value, indent + ' '.repeat(1 + gap.length), true);
    }
    const own = !inSequence && !isMap(value) && chance(0.4) ? indent : deeper;
    return `${lineTail()}\n${chance(0.05) ? '\n' : ''}${block(value, own, false)}`;
  };

  const mistake = (text: string): string => {
    const at = below(text.length + 1);
    const kind = random();
    if (kind < 0.4) return text.slice(0, at) + pick(characters) + text.slice(at);
    if (kind < 0.7) return text.slice(0, at) + text.slice(at + 1);
    if (kind < 0.85) return text.slice(0, at) + pick(characters) + text.slice(at + 1);
    const from = below(text.length + 1);
    return text.slice(0, at) + text.slice(from, from + below(30)) + text.slice(at);
  };

  return {
    chance,
    pick,
    mutation: (text) => (chance(0.5) ? mistake(text) : mistake(mistake(text))),
    document() {
      const value = shape(1 + below(4));
      const printed = chance(0.85) ? block(value, chance(0.9) ? '' : '  ', false) : flow(value, '');
      const text = printed + pick(['', '\n']);
      const marked = chance(0.05) ? `---${pick([' ', '\n', ' # c\n'])}${text}` : text;
      return chance(0.1) ? marked.replaceAll('\n', '\r\n') : marked;
    },
  };
}

function isMap(value: readonly Shape[] | ReadonlyMap<string, Shape>): value is ReadonlyMap<string, Shape> {
  return value instanceof Map;
}
