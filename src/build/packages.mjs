/** What esbuild must know of single files outside src/. */
import path from 'node:path';
import { readFile } from 'node:fs/promises';

/** Of package.json the program knows the version only. */
export const versionOnly = (root) => ({
  name: 'version',
  setup(plugin) {
    plugin.onLoad({ filter: /package\.json$/ }, async ({ path: file }) => {
      if (file !== path.join(root, 'package.json')) return undefined;
      const { version } = JSON.parse(await readFile(file, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
});

/** Packages whose ES modules ask for `import.meta`, which CommonJS does not have; they come as CommonJS as well. */
export const commonJs = {
  name: 'commonjs',
  setup(plugin) {
    plugin.onResolve({ filter: /^fdir$/ }, ({ path: name, kind, importer, resolveDir }) =>
      kind === 'require-call' ? undefined : plugin.resolve(name, { kind: 'require-call', importer, resolveDir }),
    );
  },
};

/** `yaml` for browsers is the same in ES modules, which are smaller in one file and start in half the time. */
export const esModules = {
  name: 'esmodules',
  setup(plugin) {
    plugin.onResolve({ filter: /^yaml$/ }, async ({ importer, resolveDir }) => {
      const manifest = await plugin.resolve('yaml/package.json', { kind: 'import-statement', importer, resolveDir });
      return { path: path.join(path.dirname(manifest.path), 'browser/index.js') };
    });
  },
};

/** Packages that `@actions/core` imports for what the Action does not do (tokens from GitHub's servers, programs that are run): loading them does nothing. */
export const withoutNetwork = {
  name: 'without-network',
  setup(plugin) {
    plugin.onResolve(
      { filter: /^(@actions\/(http-client|exec|io)|undici|tunnel)(\/|$)/ },
      async ({ path: name, kind, importer, resolveDir, pluginData }) => {
        if (pluginData === 'without-network') return undefined;
        const found = await plugin.resolve(name, { kind, importer, resolveDir, pluginData: 'without-network' });
        return { ...found, sideEffects: false };
      },
    );
  },
};
