import { Parser, type CST } from 'yaml';
import { describe, expect, it } from 'vitest';
import { commentsIn } from './comments.ts';
import { splitDocuments } from './documents.ts';
import { library } from './library.ts';
import { createNastyYaml } from './nasty-yaml.test-support.ts';
import { readNodes } from './read.ts';

function commentsOf(text: string): readonly string[] {
  return splitDocuments(text).flatMap((span) => {
    const root = readNodes(text, span, library);
    return root === undefined || root === 'library-needed'
      ? []
      : commentsIn(text, span, root).map(({ start, end }) => text.slice(start, end));
  });
}

/** The comments as the `yaml` package's lexer sees them. */
function lexed(text: string): readonly string[] {
  const found: { offset: number; source: string }[] = [];
  const look = (token: unknown): void => {
    if (typeof token !== 'object' || token === null) return;
    if ('type' in token && token.type === 'comment') found.push(token as CST.SourceToken);
    else for (const part of Object.values(token)) look(part);
  };
  for (const token of new Parser().parse(text)) look(token);
  // It takes `|-#x` for a block scalar with a comment, which YAML does not.
  return found
    .filter(({ offset }) => offset === 0 || /\s/.test(text.charAt(offset - 1)))
    .sort((a, b) => a.offset - b.offset)
    .map(({ source }) => source);
}

describe('comments', () => {
  it('are found wherever YAML allows them, and nowhere inside of keys and scalars', () => {
    const text = `# 1
a: b # 2
"#k": '# no'  # 3
plain#: a#b c # 4
- no: "a
  # no
  b" # x
`;
    expect(commentsOf(text.slice(0, text.indexOf('- no')))).toEqual(['# 1', '# 2', '# 3', '# 4']);
    expect(commentsOf('a: | # header\n  # no\n\n  # no\n# yes\nb: >-\n  x # no\n')).toEqual(['# header', '# yes']);
    expect(commentsOf('a: &x # 1\n  b: "# no" # 2\nc: *x # 3\n')).toEqual(['# 1', '# 2', '# 3']);
    expect(commentsOf('a: [1, # 1\n  "# no", # 2\n]')).toEqual(['# 1', '# 2']);
    expect(commentsOf('a: "x\n  # no\n  y" # yes\n')).toEqual(['# yes']);
    expect(commentsOf('a: 1 # one\n--- # two\nb: 2\n# three')).toEqual(['# one', '# two', '# three']);
  });

  it('are those that the yaml package sees, in whatever is odd', () => {
    const nasty = createNastyYaml(7);
    let compared = 0;
    for (let i = 0; i < 1000; i += 1) {
      const document = nasty.document();
      const text = nasty.chance(0.5)
        ? document
        : document.replaceAll(/\n(?=[a-z])/g, () => nasty.pick(['\n', ' # c\n', '\n# d\n', ' #e #f\n']));
      const spans = splitDocuments(text);
      const [span] = spans;
      // The package takes a lone CR for no line break.
      if (spans.length !== 1 || span === undefined || /\r(?!\n)/.test(text)) continue;
      const root = readNodes(text, span, library);
      if (root === undefined || root === 'library-needed') continue;
      compared += 1;
      const found = commentsIn(text, { start: 0, end: text.length }, root).map(({ start, end }) => text.slice(start, end));
      expect(found, text).toEqual(lexed(text));
    }
    expect(compared).toBeGreaterThan(300);
  });

  it('cost no more than the text is long', () => {
    const text = `a: "${'# '.repeat(200_000)}"\n${'# c\n'.repeat(100_000)}b: 1\n`;
    const start = performance.now();
    expect(commentsOf(text)).toHaveLength(100_000);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
