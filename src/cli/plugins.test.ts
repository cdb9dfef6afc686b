import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { play, policy } from './play.test-support.ts';

/** A rule as its author writes it, in the words of JavaScript. */
const ruleText = (
  fields = '',
  check = `yield { at: { kind: 'node', resource, path: ['spec'], part: 'value' }, message: 'not ours' };`,
): string => `{
  id: 'acme-policy', title: 'Policy that is not ours', category: 'hygiene', severity: 'warning', presets: ['recommended'], since: '1.0.0',
  subjects: ['PeerAuthentication'], ${fields}
  *check(resource, { options }) { ${check} },
}`;

const esm = (fields?: string, check?: string): string => `export const acmePolicy = ${ruleText(fields, check)};\n`;
const mesh = { 'a.yaml': policy('a') };
const docs = `docs: { why: 'Others change it.', help: 'Take ours.', evidence: 'Always.', bad: 'kind: Bad', good: 'kind: Good', references: ['https://example.com/policies'] },`;

/** Exit code and lines of the findings of our own rule. */
async function said(argv: readonly string[], files: Parameters<typeof play>[1]): Promise<readonly [number, readonly string[]]> {
  const { code, stdout, stderr } = await play(['-f', 'concise', '-q', ...argv, 'a.yaml'], { ...mesh, ...files });
  if (code === 3) throw new Error(stderr);
  return [code, stdout.split('\n').filter((line) => line.includes('[acme-'))];
}

const line = 'a.yaml:5:7-5:37: warning: not ours [acme-policy]';
const own = ['--plugin', 'own.mjs'];

describe('a plugin', () => {
  it.each([
    ['an ES module', 'own.mjs', esm()],
    ['a default export', 'own.mjs', `export default ${ruleText()};`],
    ['a list', 'own.mjs', `const rule = ${ruleText()};\nexport default [rule];\nexport { rule };`],
    ['CommonJS', 'own.cjs', `module.exports = [${ruleText()}];`],
    ['one rule of CommonJS', 'own.cjs', `module.exports = ${ruleText()};`],
    ['names in CommonJS', 'own.cjs', `exports.acmePolicy = ${ruleText()};`],
    [
      'what TypeScript makes of a default export',
      'own.cjs',
      `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.default = [${ruleText()}];`,
    ],
    ['a top-level await', 'own.mjs', `await undefined;\n${esm()}`],
  ])('is loaded: %s', async (_, file, text) => {
    expect(await said(['--plugin', file], { [file]: text })).toEqual([1, [line]]);
  });

  it('adds its rules to the built-in ones', async () => {
    const { stdout } = await play(['-f', 'concise', '-q', ...own, 'a.yaml'], { ...mesh, 'own.mjs': esm() });
    expect(stdout.match(/\[.*\]/g)).toEqual(['[acme-policy]', '[permissive-mtls]']);
  });

  it('may be one of several, and the same one named twice', async () => {
    const other = esm().replaceAll('acme-policy', 'acme-other');
    const [, lines] = await said([...own, '--plugin', './own.mjs', '--plugin', 'other.mjs'], { 'own.mjs': esm(), 'other.mjs': other });
    expect(lines.map((each) => /\[.*\]/.exec(each)?.[0])).toEqual(['[acme-other]', '[acme-policy]']);
  });
});

describe('the rules of a plugin', () => {
  it('take part in presets', async () => {
    const strict = { 'own.mjs': esm().replace("['recommended']", "['strict']") };
    expect(await said(own, strict)).toEqual([1, []]);
    expect(await said([...own, '--preset', 'strict'], strict)).toEqual([1, [line]]);
    const none = { 'own.mjs': esm().replace("['recommended']", '[]') };
    expect(await said([...own, '--preset', 'strict'], none)).toEqual([1, []]);
    expect(await said([...own, '--preset', 'all'], none)).toEqual([1, [line]]);
  });

  it('take part in severities, --only, and the configuration with its options and overrides', async () => {
    const files = {
      'own.mjs': esm(
        `options: { least: { description: 'How many.', default: 1 } },`,
        `if (options.least > 1) yield { at: { kind: 'node', resource, path: ['spec'], part: 'value' }, message: 'not ours' };`,
      ),
    };
    const least = 'rules: { acme-policy: { least: 2 } }\n';
    expect(await said([...own, '--only', 'acme-policy'], files)).toEqual([0, []]);
    expect(await said([...own, '--only', 'acme-policy'], { ...files, 'meshlint.yaml': least })).toEqual([1, [line]]);
    expect(await said([...own, '--only', 'acme-policy', '--rule', 'acme-policy=info'], { ...files, 'meshlint.yaml': least })).toEqual([
      0,
      [line.replace('warning', 'info')],
    ]);
    const overrides = `${least}overrides: [{ namespaces: [a], rules: { acme-policy: error } }]`;
    expect(await said(own, { ...files, 'meshlint.yaml': overrides })).toEqual([1, [line.replace('warning', 'error')]]);
    expect(await play([...own, 'a.yaml'], { ...mesh, ...files, 'meshlint.yaml': 'rules: { acme-policy: { last: 2 } }' })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('meshlint.yaml:1:25: there is no setting "last" in "acme-policy"; did you mean "least"?') as unknown,
    });
    expect((await play([...own, '--only', 'acme-polcy', 'a.yaml'], { ...mesh, ...files })).stderr).toContain('did you mean "acme-policy"?');
  });

  it('are suppressed as others are, by their equivalents as well', async () => {
    const comment = policy('a').replace('spec:', '# meshlint-disable-next-line acme-policy -- ours soon\nspec:');
    const annotation = policy('a').replace('namespace: a', 'namespace: a, annotations: { kiali.io/ignore-validations: KIA9999 }');
    const files = { 'own.mjs': esm(`equivalents: [{ tool: 'kiali', code: 'KIA9999' }],`) };
    for (const text of [comment, annotation]) {
      const { stdout } = await play(['-f', 'json', ...own, '--only', 'acme-policy', 'a.yaml'], { ...files, 'a.yaml': text });
      expect(JSON.parse(stdout)).toMatchObject({ summary: { suppressed: 1 }, findings: [] });
    }
    expect((await play(['rules', ...own, '--equivalent', 'kia9999'], files)).stdout).toContain('acme-policy');
  });

  it('are listed and explained', async () => {
    const files = { 'own.mjs': esm(docs) };
    expect((await play(['rules', ...own], files)).stdout).toMatch(/^acme-policy +warning +hygiene +recommended/m);
    const listed = JSON.parse((await play(['rules', ...own, '-f', 'json'], files)).stdout) as { id: string; url: string }[];
    expect(listed.find(({ id }) => id === 'acme-policy')).toMatchObject({ url: '' });
    const { stdout } = await play(['explain', 'acme-policy', ...own], files);
    expect(stdout).toContain('Policy that is not ours');
    expect(stdout).toContain('Others change it.');
    expect(stdout).toContain('https://example.com/policies');
    expect(stdout).not.toMatch(/github\.com\/meshlint|since meshlint/);
    expect((await play(['explain', 'acme-policy', ...own], { 'own.mjs': esm() })).code).toBe(0);
    expect((await play(['explain', 'acme-policy'], files)).code).toBe(3);
  });

  it('bring their help to SARIF, and their own page if they have one', async () => {
    for (const url of ['', 'https://example.com/acme-policy']) {
      const { stdout } = await play(['-f', 'sarif', ...own, '--only', 'acme-policy', 'a.yaml'], {
        ...mesh,
        'own.mjs': esm(`${docs} url: '${url}',`),
      });
      const [rule] = (JSON.parse(stdout) as Log).runs[0]?.tool.driver.rules ?? [];
      expect(rule).toMatchObject({ id: 'acme-policy', name: 'AcmePolicy', fullDescription: { text: 'Others change it.' } });
      expect(rule?.help?.markdown).toContain('**What to do:** Take ours.');
      expect(rule?.helpUri).toBe(url === '' ? undefined : url);
      expect(stdout).not.toContain('docs/rules/acme-policy');
    }
  });

  it.each(['text', 'concise', 'json', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'rdjson', 'azure', 'markdown'])(
    'are reported without any docs: %s',
    async (format) => {
      const { code, stdout } = await play(['-f', format, ...own, '--only', 'acme-policy', 'a.yaml'], { ...mesh, 'own.mjs': esm() });
      expect([code, stdout]).toEqual([1, expect.stringContaining('acme-policy')]);
      expect(stdout).not.toContain('docs/rules');
    },
  );
});

describe('a rule of a plugin that fails', () => {
  it.each([
    ['throws', `throw new TypeError('no such thing');`, 'no such thing'],
    ['yields no place', `yield { at: 'spec', message: 'x' };`, 'a fault whose "at" is no place'],
    ['yields no message', `yield { at: { kind: 'node', resource, path: [], part: 'value' } };`, 'a fault without a "message"'],
    ['yields a text', `yield 'not ours';`, 'it yields a text; a fault is { at, message }'],
    ['yields a resource of nowhere', `yield { at: { kind: 'node', resource: {}, path: [] }, message: 'x' };`, '"at" is no place'],
    ['yields a wrong fix', `yield { at: { kind: 'node', resource, path: [], part: 'value' }, message: 'x', fix: 'y' };`, '"fix" is no'],
  ])('makes the run incomplete, and the rest goes on: it %s', async (_, check, message) => {
    const { code, stdout, stderr } = await play(['-f', 'concise', ...own, 'a.yaml'], { ...mesh, 'own.mjs': esm('', check) });
    expect([code, stdout]).toEqual([2, expect.stringMatching(/^[^\n]*\[permissive-mtls\]\n$/)]);
    expect(stderr).toContain('rule "acme-policy" failed on PeerAuthentication "a/default"');
    expect(stderr).toContain(message);
  });

  it('because its check is no generator', async () => {
    const text = esm().replace('*check(', 'async check(').replace('yield {', 'return {');
    expect(await play([...own, 'a.yaml'], { ...mesh, 'own.mjs': text })).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('its check returns an object; it is a generator') as unknown,
    });
  });

  it('has no findings lost that came before', async () => {
    const check = `yield { at: { kind: 'node', resource, path: ['spec'], part: 'value' }, message: 'not ours' }; throw new Error('x');`;
    expect(await said(own, { 'own.mjs': esm('', check) })).toEqual([2, [line]]);
  });
});

describe('what is no plugin', () => {
  it.each([
    ['own.js', 'export default', "can't be loaded: SyntaxError"],
    ['own.mjs', `throw new Error('not today')`, `the plugin "own.mjs" can't be loaded: not today`],
    ['own.mjs', `import 'meshlint';`, 'npm install --save-dev meshlint'],
    ['own.mjs', `import './missing.mjs';`, "can't be loaded: Cannot find module"],
    ['own.mjs', '', 'exports no rule'],
    ['own.mjs', 'export const rules = [];', 'exports no rule'],
    ['own.mjs', 'export const helper = () => 1;', 'the export "helper" is a function, and no rule'],
    ['own.mjs', 'export default 5;', 'the export "default" is a number, and no rule'],
    ['own.mjs', `export default [${ruleText()}, null];`, 'the export "default[1]" is null, and no rule'],
    ['own.mjs', esm().replace("id: 'acme-policy'", "id: 'Acme Policy'"), 'has a wrong "id": it is lower case words'],
    [
      'own.mjs',
      esm().replace("title: 'Policy that is not ours',", ''),
      'the rule "acme-policy" has no "title", which is a text of one line',
    ],
    [
      'own.mjs',
      esm().replace("'hygiene'", "'style'"),
      'has a wrong "category": it is validity, reference, traffic, security, gateway, ambient or hygiene, not "style"',
    ],
    ['own.mjs', esm().replace("'PeerAuthentication'", "'PeerAuthentification'"), 'did you mean "PeerAuthentication"?'],
    ['own.mjs', esm().replace("severity: 'warning'", "severity: 'fatal'"), 'it is error, warning or info, not "fatal"'],
    ['own.mjs', esm().replace('*check(', '*chek('), 'has no "check"'],
    ['own.mjs', esm('equivalent: [],'), 'has "equivalent", which no rule has; did you mean "equivalents"?'],
    ['own.mjs', esm(`securitySeverity: '7.0',`), 'has a wrong "securitySeverity": it is for the category "security" only'],
    ['own.mjs', esm(`securitySeverity: 9,`).replace("'hygiene'", "'security'"), 'it is a text from "0.1"'],
    ['own.mjs', esm().replace("'hygiene'", "'security'"), 'has no "securitySeverity"'],
    ['own.mjs', esm(`docs: { why: 'x' },`), 'has a wrong "docs": it needs the text "help"'],
    ['own.mjs', esm(`options: { severity: { description: '', default: 1 } },`), 'has a wrong "options"'],
    ['own.mjs', esm().replaceAll('acme-policy', 'permissive-mtls'), '"own.mjs" has a rule "permissive-mtls", and so has meshlint itself'],
    ['own.mjs', esm(`aliases: ['weight-sum'],`), 'has a rule "weight-sum", and so has meshlint itself'],
    ['own.mjs', `${esm()}export const again = ${ruleText()};`, '"own.mjs" has a rule "acme-policy", and so has "own.mjs"'],
  ])('is wrong usage: %s %#', async (file, text, message) => {
    const { code, stdout, stderr } = await play(['--plugin', file, 'a.yaml'], {
      ...mesh,
      'package.json': '{ "type": "module" }',
      [file]: text,
    });
    expect([code, stdout, stderr]).toEqual([3, '', expect.stringContaining(message)]);
    expect(stderr).not.toContain('/tmp/');
  });

  it('is wrong usage: a file that is not there, or is none', async () => {
    const files = { ...mesh, 'own.mjs': esm(), 'sub/x.mjs': '' };
    expect(await play(['--plugin', 'onw.mjs'], files)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('did you mean "own.mjs"?') as unknown,
    });
    expect(await play(['--plugin', 'sub'], files)).toMatchObject({ code: 3, stderr: expect.stringContaining('is a folder') as unknown });
    expect(await play(['--plugin', ''], files)).toMatchObject({ code: 3 });
  });
});

describe('a configuration', () => {
  const configuration = 'plugins: [rules/own.mjs]\nrules: { acme-policy: error }\n';
  const files = { 'conf/meshlint.yaml': configuration, 'conf/rules/own.mjs': esm() };

  it('never loads a plugin, and says what is missing before anything else', async () => {
    const { code, stdout, stderr } = await play(['--config', 'conf/meshlint.yaml', 'a.yaml'], {
      ...mesh,
      ...files,
      'conf/rules/own.mjs': 'globalThis.ran = true',
    });
    expect([code, stdout, stderr]).toEqual([
      3,
      '',
      `meshlint: conf/meshlint.yaml:1:11: the configuration asks for the plugin "rules/own.mjs", which the command line does not name
  a configuration never runs code; to load it: --plugin conf/rules/own.mjs
`,
    ]);
    expect(globalThis).not.toHaveProperty('ran');
  });

  it('is content when the command line names it', async () => {
    expect(await said(['--config', 'conf/meshlint.yaml', '--plugin', 'conf/rules/own.mjs'], files)).toEqual([
      1,
      [line.replace('warning', 'error')],
    ]);
  });

  it('does not know the rules of a plugin that nobody names', async () => {
    expect(await play(['a.yaml'], { ...mesh, 'meshlint.yaml': 'rules: { acme-policy: error }' })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('there is no rule "acme-policy"') as unknown,
    });
  });

  it('is printed with them', async () => {
    const { stdout } = await play(['--print-config', ...own], { ...mesh, 'own.mjs': esm() });
    expect(JSON.parse(stdout)).toMatchObject({ plugins: ['own.mjs'] });
    expect((await play(['--print-config', ...own], { ...mesh, 'own.mjs': esm(), 'meshlint.yaml': stdout })).stdout).toBe(stdout);
  });
});
