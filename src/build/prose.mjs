/**
 * A rule's file holds its check and its texts. The built files hold them apart, so that a run reads neither the texts of rules that find nothing
 * nor the checks of rules that have nothing to look at. Each rule is there three times:
 *
 * - rules/index.ts has what is to be known of it before its check is asked (heads.mjs);
 * - what is loaded then is the file as it is, without texts;
 * - rules/docs.ts, which is loaded when texts are wanted, gets it without `check` and without what only the check needs ("prose").
 */
import { transform } from 'esbuild';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { registry } from './heads.mjs';
import { cut, parse, removal, ruleObjects, withoutProse } from './rule-files.mjs';

/**
 * A rule's file without its check; what only the check used is left to the bundler, which drops it.
 * @param {string} text
 * @param {string} fileName for errors
 * @returns {string}
 */
export function withoutCheck(text, fileName) {
  const cuts = ruleObjects(parse(text, fileName)).flatMap(({ call, object, properties }) => [
    [call.getStart(), object.getStart(), '('],
    removal(properties.get('check'), text),
  ]);
  return cut(text, cuts);
}

/**
 * A module without the functions that nobody calls, and then without the imports that only they used: esbuild follows every import that it sees
 * when it decides what is loaded with what.
 */
async function pruned(text) {
  const options = { loader: 'ts', format: 'esm', treeShaking: true, tsconfigRaw: {} };
  const { code } = await transform(text, options);
  return (await transform(code, options)).code;
}

/**
 * For esbuild. `root` is the folder that holds rules/ and src/.
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
export function esbuildProse(root) {
  const rules = `${path.join(root, 'rules')}${path.sep}`;
  const index = path.join(rules, 'index.ts');
  const docs = path.join(rules, 'docs.ts');
  return {
    name: 'prose',
    setup(plugin) {
      const groups = new Map();
      plugin.onResolve({ filter: /^checks:/ }, ({ path: name }) => ({ path: name, namespace: 'checks' }));
      // Nothing of ours does anything by being imported, so that whatever is not used can go.
      plugin.onResolve({ filter: /^\..*\.ts$/ }, ({ path: specifier, importer, namespace, resolveDir }) => {
        const file = path.resolve(resolveDir, specifier);
        const isProse = (namespace === 'prose' || importer === docs) && file.startsWith(rules);
        return { path: file, namespace: isProse ? 'prose' : 'file', sideEffects: false };
      });
      const load = async (file, change) => ({
        contents: await change(await readFile(file, 'utf8'), path.relative(root, file)),
        loader: 'ts',
        resolveDir: path.dirname(file),
      });
      const loadPruned = (file, change) => load(file, (...given) => pruned(change(...given)));
      plugin.onLoad({ filter: /.*/, namespace: 'checks' }, ({ path: name }) => ({ contents: groups.get(name), resolveDir: rules }));
      plugin.onLoad({ filter: /.*/, namespace: 'prose' }, ({ path: file }) => loadPruned(file, withoutCheck));
      plugin.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        if (file !== index) return file.startsWith(rules) ? load(file, withoutProse) : undefined;
        const { text, groups: found } = await registry(index);
        for (const [name, module] of found) groups.set(name, module);
        return { contents: text, resolveDir: rules };
      });
    },
  };
}
