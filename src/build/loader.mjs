/**
 * How the program loads its chunks. Node's own `require` looks for each file in several places, reads package.json for it and keeps a list of who asked:
 * a tenth of a millisecond for each of the dozen files of a start, though their places are known. A chunk that was loaded is known to Node's `require`
 * as well, so that a plugin that imports meshlint gets the one that is running.
 */
import { transform } from 'esbuild';
import { shared } from './esbuild.mjs';

/** What has `import()` in it, which works only in what Node itself loads. */
export const byNode = 'node-import-module.cjs';

const loader = `
const Module = module.constructor;
const node = require;
const { readFileSync } = node('node:fs');
const { compileFunction } = node('node:vm');
const folder = __dirname + (process.platform === 'win32' ? '\\\\chunks\\\\' : '/chunks/');
const modules = new Map();
const load = (specifier) => {
  if (!specifier.startsWith('.')) return node(specifier);
  const name = specifier.slice(specifier.lastIndexOf('/') + 1);
  let loaded = modules.get(name);
  if (loaded === undefined) {
    if (name === ${JSON.stringify(byNode)}) return node('./chunks/' + name);
    const filename = folder + name;
    const run = compileFunction(readFileSync(filename, 'utf8'), ['exports', 'require', 'module'], { filename });
    loaded = new Module(filename, module);
    loaded.filename = filename;
    run.call(loaded.exports, loaded.exports, load, loaded);
    loaded.loaded = true;
    modules.set(name, loaded);
    node.cache[filename] = loaded;
  }
  return loaded.exports;
};
`;

/** A program whose `require` is the loader. */
export async function withLoader(program) {
  const { code } = await transform(`${loader}\nstart(load);\nfunction start(require) {\n${program}\n}`, {
    minify: shared.minify,
    target: shared.target,
  });
  return code;
}
