import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { headOf } from './heads.mjs';
import { esbuildProse, withoutCheck } from './prose.mjs';
import { withoutProse } from './rule-files.mjs';

const rule = `import { look } from '../../src/graph/look.ts';
import { defineRule } from '../../src/rule/rule.ts';

const manifest = (mode: string): string => \`mode: \${mode} from a shared manifest\`;

export const sample = defineRule({
  id: 'sample',
  title: 'The title stays',
  subjects: ['Sidecar'],
  options: {
    most: { description: 'The text of an option.', default: 5 },
    'at-least': {
      default: [] as readonly string[],
      description: \`Another
        text.\`,
    },
  },
  // A comment about the texts.
  docs: {
    why: 'Because of this.',
    bad: manifest('OPEN'),
  },
  *check(sidecar, { options }) {
    if (look(sidecar) > options.most) yield { message: messageOf(sidecar) };
  },
});

function messageOf(sidecar: Sidecar): string {
  return \`message of \${sidecar}\`;
}
`;

describe('the split of a rule', () => {
  it('leaves no texts beside the check', () => {
    const text = withoutProse(rule, 'sample.ts');
    for (const kept of ['The title stays', '*check', 'default: 5', 'default: []', 'message of', "id: 'sample'"])
      expect(text).toContain(kept);
    for (const gone of ['Because', 'The text of an option', 'Another', "manifest('OPEN')", 'A comment']) expect(text).not.toContain(gone);
  });

  it('leaves no check beside the texts', () => {
    const text = withoutCheck(rule, 'sample.ts');
    for (const kept of ['The title stays', 'Because', 'The text of an option', "manifest('OPEN')"]) expect(text).toContain(kept);
    for (const gone of ['*check', 'defineRule(']) expect(text).not.toContain(gone);
  });

  it('leaves what every run needs to choose the rule', () => {
    expect(headOf(rule, 'rules/samples/sample.ts')).toEqual({
      name: 'sample',
      head: {
        id: 'sample',
        title: 'The title stays',
        subjects: ['Sidecar'],
        options: { most: { description: '', default: 5 }, 'at-least': { description: '', default: [] } },
      },
    });
    const refused = (text: string, why: string): void => expect(() => void headOf(text, 'sample.ts')).toThrow(`sample.ts:1: ${why}`);
    refused('const x = defineRule({ docs: {}, *check() {} });', 'a rule is an exported constant');
    refused('export const x = defineRule({ id: idOf(), docs: {}, *check() {} });', 'what is known of a rule beside its check');
    refused('export const x = defineRule({ ...more, docs: {}, *check() {} });', 'a rule has plain properties');
  });

  it('leaves files alone that define no rule', () => {
    const registry = `import { sample } from './samples/sample.ts';\nexport const rules = [sample];\n`;
    expect(withoutProse(registry, 'index.ts')).toBe(registry);
    expect(withoutCheck(registry, 'index.ts')).toBe(registry);
  });

  it.each([
    ['defineRule(spec)', 'defineRule takes an object literal'],
    ['defineRule({ ...spec, *check() {} })', 'docs are written in the object of defineRule'],
    ['defineRule({ docs, check: () => [] })', 'docs are written in the object of defineRule'],
    ['defineRule({ docs: {} })', 'the check is written in the object of defineRule'],
    ['defineRule({ docs: {}, options, *check() {} })', 'options are an object literal'],
    ['defineRule({ docs: {}, options: { most }, *check() {} })', 'the description of an option is written in its object'],
  ])('refuses what it could not take apart: %s', (code, message) => {
    expect(() => withoutProse(`\nexport const x = ${code};`, 'sample.ts')).toThrow(`sample.ts:2: ${message}`);
  });
});

describe('the chunks', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'prose-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  write('rules/samples/sample.ts', rule);
  write('rules/index.ts', `import { sample } from './samples/sample.ts';\nexport const rules = [sample];\n`);
  write('rules/docs.ts', `import { rules } from './index.ts';\nexport const docs = new Map(rules.map((rule) => [rule.id, rule.docs]));\n`);
  write('src/rule/rule.ts', `export const defineRule = (spec) => spec;\n`);
  write('src/graph/look.ts', `export const look = (sidecar) => sidecar.number;\n`);
  write(
    'src/main.ts',
    `import { rules } from '../rules/index.ts';\nexport const texts = () => import('../rules/docs.ts');\nconsole.log(rules);\n`,
  );

  it('hold the texts apart from the checks', async () => {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: ['src/main.ts'],
      outdir: 'dist',
      bundle: true,
      splitting: true,
      format: 'esm',
      write: false,
      plugins: [esbuildProse(root)],
    });
    const textOf = (start: string): string => outputFiles.find(({ path: file }) => path.basename(file).startsWith(start))?.text ?? '';
    const main = textOf('main');
    const prose = ['Because', 'a shared manifest', 'The text of an option'];
    const code = ['check(sidecar', 'message of', 'sidecar.number'];
    expect(main).toMatch(/loadAtOnce\(import\("\.\/checks_rules-samples-sidecar-\w+\.js"\)\)/);
    for (const kept of ['The title stays', '"default":5', 'Sidecar']) expect(main).toContain(kept);
    for (const gone of [...prose, ...code]) expect(main).not.toContain(gone);
    const check = textOf('checks_rules-samples-sidecar');
    for (const kept of code) expect(check).toContain(kept);
    for (const gone of prose) expect(check).not.toContain(gone);
    const docs = textOf('docs');
    for (const kept of prose) expect(docs).toContain(kept);
    for (const gone of code) expect(docs).not.toContain(gone);
  });
});
