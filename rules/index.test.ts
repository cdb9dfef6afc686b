import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../src/report/config-schema.ts';
import { ruleIndex, rulePage } from '../src/report/page.ts';
import { docs } from './docs.ts';
import { rules } from './index.ts';

const here = import.meta.dirname;
const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll(path.sep, '/'));
const ids = files.flatMap((file) => /^[^/]+\/([a-z0-9-]+)\.ts$/.exec(file)?.[1] ?? []).sort();

describe('the registry', () => {
  it('has every rule file, once, sorted by id', () => {
    expect(rules.map(({ id }) => id)).toEqual(ids);
  });

  it('uses no id or former id twice', () => {
    const all = rules.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
    expect(all).toEqual([...new Set(all)]);
  });
});

describe.each(rules)('$id', (rule) => {
  const texts = docs.get(rule.id);

  it('has a test beside it', () => {
    expect(files.filter((file) => file.endsWith(`/${rule.id}.test.ts`))).toHaveLength(1);
  });

  it('is named after a fault, in a title without a full stop', () => {
    expect(rule.id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.title.length).toBeLessThanOrEqual(80);
  });

  it('has a security severity exactly if it is about security, never the ambiguous 9.0', () => {
    expect(rule.securitySeverity !== undefined).toBe(rule.category === 'security');
    if (rule.securitySeverity !== undefined) expect(rule.securitySeverity).toMatch(/^([1-8]\.\d|0\.[1-9]|9\.[1-9]|10\.0)$/);
  });

  it('is an error if the API server or Istio would refuse the document', () => {
    if (rule.category === 'validity') expect(rule.severity).toBe('error');
  });

  it('is in strict if it is in recommended', () => {
    if (rule.presets.includes('recommended')) expect(rule.presets).toContain('strict');
    if (rule.preview === true) expect(rule.presets).toEqual([]);
  });

  it('has texts that are complete and short', () => {
    expect(texts).toBeDefined();
    if (texts === undefined) return;
    for (const text of [texts.why, texts.help, texts.evidence]) expect(text).toMatch(/^[A-Za-z].*\.$/);
    expect(texts.why.split(/\.(?:\s|$)/).filter((sentence) => sentence !== '').length).toBeLessThanOrEqual(3);
    for (const reference of texts.references) expect(reference).toMatch(/^https:\/\//);
    for (const { description } of Object.values(rule.options ?? {})) expect(description).toMatch(/^[A-Z].*\.$/);
  });

  it('has an up-to-date page', async () => {
    if (texts !== undefined) await expect(rulePage(rule, texts)).toMatchFileSnapshot(`../docs/rules/${rule.id}.md`);
  });
});

describe('what is generated from all rules', () => {
  it('is up to date: the index', async () => {
    await expect(ruleIndex(rules)).toMatchFileSnapshot('../docs/rules/README.md');
  });

  it('is up to date: the schema of the configuration', async () => {
    await expect(`${JSON.stringify(configSchema(rules, docs), null, 2)}\n`).toMatchFileSnapshot('../schemas/config.schema.json');
  });

  it('has no page of a rule that is gone', () => {
    const pages = readdirSync(path.join(here, '../docs/rules')).filter((file) => file !== 'README.md');
    expect(pages.filter((page) => !ids.includes(page.replace(/\.md$/, '')))).toEqual([]);
  });
});

describe('a rule file', () => {
  it.each(files.filter((file) => /^[^/]+\/[a-z0-9-]+\.ts$/.test(file)))('%s stays small enough to be read at once', (file) => {
    const code = readFileSync(path.join(here, file), 'utf8');
    expect(code.split('\n').length).toBeLessThanOrEqual(220);
  });
});
