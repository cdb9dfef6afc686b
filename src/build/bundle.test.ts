import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { OptionValue, Option } from '../rule/rule.ts';
import { bundle } from './bundle.mjs';
import { startOf } from './chunks.mjs';
import { groups } from './lazy.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** What every run of the command line loads, in bytes: a base, and what the head of a rule may add to it. */
const budget = (122 + 0.4 * rules.length) * 1024;

/** Pieces that survive the minifier, which may write quotes and line breaks in another way. */
function piecesOf(text: string): readonly string[] {
  return text.split(/[^ !#%&(-Z[\]^_a-z|~]/).filter((piece) => piece.trim().length > 16);
}

const describedBy = (options: Readonly<Record<string, Option<OptionValue>>> = {}): readonly string[] =>
  Object.values(options).map(({ description }) => description);

const proseOf = rules.map(({ id, docs, options }) => ({
  id,
  prose: [docs?.why ?? '', docs?.help ?? '', docs?.evidence ?? '', ...describedBy(options)].flatMap(piecesOf),
  manifests: [docs?.bad ?? '', docs?.good ?? ''],
}));

let files = new Map<string, string>();
let loads = new Map<string, readonly string[]>();
let sources = new Map<string, readonly string[]>();
let start: readonly string[] = [];
let startText = '';

beforeAll(async () => {
  ({ files, loads, sources } = await bundle(root));
  start = [...startOf(['meshlint.cjs', 'index.cjs'], loads)];
  startText = start.map((file) => files.get(file) ?? '').join('\n');
}, 60_000);

describe('the built files', () => {
  it('start small', () => {
    const bytes = Buffer.byteLength(startText);
    console.log(`a start reads ${start.join(', ')}: ${(bytes / 1024).toFixed(0)} KiB of ${(budget / 1024).toFixed(0)}`);
    expect(bytes).toBeLessThan(budget);
  });

  it('start without what most runs do not need', () => {
    const atStart = start.flatMap((file) => sources.get(file) ?? []);
    expect(atStart).toContain('src/engine/lint.ts');
    expect(atStart.filter((source) => /node_modules|^validator:|^prose:|^src\/report\/|^src\/testing\/|\/docs\.ts$/.test(source))).toEqual(
      [],
    );
  });

  it('start without checks, and without the semantics that only checks ask for', () => {
    const atStart = start.flatMap((file) => sources.get(file) ?? []);
    expect(atStart).toContain('src/graph/mesh.ts');
    expect(atStart.filter((source) => /^(rules\/.+\/|src\/semantics\/)/.test(source))).toEqual([]);
  });

  it('hold the checks of each folder and subject in one file', () => {
    const checks = [...sources].filter(([file]) => /^chunks\/rules-(?!docs)/.test(file));
    expect(checks.length).toBeGreaterThan(8);
    for (const [file, from] of checks) {
      const own = from.filter((source) => source.startsWith('rules/')).map((source) => path.posix.basename(source, '.ts'));
      expect(own.length).toBeGreaterThan(0);
      const subjects = new Set(own.map((id) => rules.find((rule) => rule.id === id)?.subjects[0] ?? ''));
      expect(subjects.size, file).toBe(1);
      for (const source of from.filter((each) => each.startsWith('rules/'))) expect(file).toContain(`rules-${source.split('/')[1] ?? ''}`);
    }
  });

  it.each(Object.entries(groups))('load %s when one of its functions is first called', (group, modules) => {
    expect(sources.get(`chunks/${group}.cjs`)).toEqual(expect.arrayContaining([...modules]));
    expect(start.flatMap((file) => sources.get(file) ?? []).filter((source) => modules.includes(source))).toEqual([]);
  });

  it('give their exports to ES modules by name', () => {
    const text = files.get('index.cjs') ?? '';
    expect(text).toMatch(/0 && \(module\.exports = \{ [^}]*\blint\b[^}]* \}\);\n$/);
    for (const [file, code] of files)
      expect(code.match(/__toCommonJS|module\.exports=/g) ?? [], file).toHaveLength(['meshlint.cjs', 'action.cjs'].includes(file) ? 0 : 1);
  });

  it('keep the Action to itself', () => {
    expect(sources.get('action.cjs')).toContain('src/action/main.ts');
    const others = [...sources].filter(([file]) => file !== 'action.cjs').flatMap(([, modules]) => modules);
    expect(others.filter((source) => /^src\/action\/|@actions\//.test(source))).toEqual([]);
  });

  it('never use the network', () => {
    for (const [file, text] of files)
      expect(
        text.match(/\b(?:require|getBuiltinModule)\("(?:node:)?(?:https?|http2|net|tls|dgram|dns)\b|\bfetch\(|\bWebSocket\b/g),
        file,
      ).toBeNull();
  });

  it('start without what only plugins, suppressions and reports need, and load plugins as the modules that they are', () => {
    const atStart = start.flatMap((file) => sources.get(file) ?? []);
    expect(atStart.filter((source) => /plugin|suppressions\.ts|sarif|repository-files/.test(source))).toEqual([]);
    expect(files.get('chunks/node-import-module.cjs')).toMatch(/return import\(\w+\)/);
    for (const [file, text] of files) if (file !== 'chunks/node-import-module.cjs') expect(text, file).not.toMatch(/[^.\w]import\(/);
  });

  it.each(proseOf)('start without the texts of $id, and hold them in a chunk of their own', ({ prose, manifests }) => {
    const docs = files.get('chunks/rules-docs.cjs') ?? '';
    expect(prose.length).toBeGreaterThan(2);
    expect(prose.filter((piece) => startText.includes(piece))).toEqual([]);
    expect(prose.filter((piece) => !docs.includes(piece))).toEqual([]);
    for (const manifest of manifests) {
      const lines = manifest.split('\n');
      expect(lines.length).toBeGreaterThan(3);
      expect(startText.includes(lines.slice(0, 3).join('\n'))).toBe(false);
      expect(docs.includes(lines.slice(0, 3).join('\n'))).toBe(true);
    }
  });

  it('hold no check among the texts', () => {
    expect(files.get('chunks/rules-docs.cjs')).not.toMatch(/\*check\b|yield/);
  });

  it('load a validator for each kind by itself', () => {
    const validators = [...files.keys()].filter((file) => file.startsWith('chunks/validator-'));
    expect(validators).toContain('chunks/validator-istio-virtual-service.cjs');
    for (const file of validators) expect(loads.get(file)).toEqual([]);
    const words = /instancePath/;
    for (const file of validators) expect(words.test(files.get(file) ?? ''), file).toBe(file.includes('-errors-'));
  });

  it('have names that do not change with their content', () => {
    for (const file of files.keys()) expect(file).toMatch(/^(chunks\/)?[a-z\d]+(-[a-z\d]+)*\.cjs$/);
  });

  it('depend on each other and on Node only', () => {
    for (const [file, text] of files) {
      for (const [, required, later] of text.matchAll(/\brequire\("([^"]+)"\)|"(?=(\.\.?\/[\w/-]+\.cjs)")/g)) {
        const specifier = required ?? later;
        const isOurs = files.has(path.posix.join(path.posix.dirname(file), specifier ?? ''));
        expect(
          isOurs ||
            (specifier ?? '').startsWith('node:') ||
            ['crypto', 'fs', 'path', 'url', 'util', 'os', 'module'].includes(specifier ?? ''),
          `${file}: ${String(specifier)}`,
        ).toBe(true);
      }
    }
  });
});
