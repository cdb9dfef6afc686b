/** The second step of chunks.mjs: joins ES modules that esbuild made, and turns them into CommonJS. */
import { build } from 'esbuild';
import path from 'node:path';
import { refuse, shared } from './esbuild.mjs';

const relative = (from, to) => {
  const specifier = path.posix.relative(path.posix.dirname(from), to);
  return specifier.startsWith('.') ? specifier : `./${specifier}`;
};

/**
 * `texts`: modules by path; `exported`: the names that each exports; `plan`: of which modules each file is made.
 * A file of one module exports what the module does. Where modules are joined their names would clash: a name gets the number of its module.
 */
export async function link({ texts, exported, plan }) {
  const homes = new Map(
    [...plan].flatMap(([file, modules]) => modules.map((module, number) => [module, { file, number, joined: modules.length > 1 }])),
  );
  const publicName = (name, { number, joined }) => (joined ? `${name}$${number}` : name);

  const exportsOf = (module, from) => {
    const home = homes.get(module);
    const names = exported.get(module).map((name) => (home.joined ? `${name} as ${publicName(name, home)}` : name));
    return names.length === 0 ? `import '${from}';` : `export { ${names.join(', ')} } from '${from}';`;
  };

  /** Modules of the file come from memory, others through the file where they are now. */
  const linker = (file, atOnce) => ({
    name: 'link',
    setup(plugin) {
      plugin.onResolve({ filter: /.*/ }, ({ path: specifier, importer, kind, namespace }) => {
        if (kind === 'entry-point') return { path: file, namespace: 'chunk' };
        if (namespace === 'elsewhere') return { path: specifier, external: true };
        if (!specifier.startsWith('.')) return { path: specifier, external: true };
        const module = path.posix.join(namespace === 'chunk' ? '.' : path.posix.dirname(importer), specifier);
        const home = homes.get(module);
        if (home.file === file) return { path: module, namespace: 'module' };
        if (kind === 'dynamic-import') return { path: relative(file, home.file), external: true };
        atOnce.add(home.file);
        return { path: module, namespace: 'elsewhere', sideEffects: false };
      });
      plugin.onLoad({ filter: /.*/, namespace: 'chunk' }, () => ({
        contents: plan
          .get(file)
          .map((module) => exportsOf(module, `./${module}`))
          .join('\n'),
      }));
      plugin.onLoad({ filter: /.*/, namespace: 'module' }, ({ path: module }) => ({ contents: texts.get(module) }));
      plugin.onLoad({ filter: /.*/, namespace: 'elsewhere' }, ({ path: module }) => {
        const home = homes.get(module);
        const names = exported.get(module).map((name) => (home.joined ? `${publicName(name, home)} as ${name}` : name));
        return { contents: `export { ${names.join(', ')} } from '${relative(file, home.file)}';` };
      });
    },
  });

  const files = new Map();
  const loads = new Map();
  await Promise.all(
    [...plan.keys()].map(async (file) => {
      const atOnce = new Set();
      const { outputFiles, metafile, warnings } = await build({
        ...shared,
        entryPoints: [file],
        outfile: file,
        format: 'cjs',
        // Only what loads a user's plugins, which may be ES modules, keeps it.
        supported: { 'dynamic-import': file === 'chunks/node-import-module.cjs' },
        // No chunk does anything by being loaded.
        logOverride: { 'ignored-bare-import': 'silent' },
        plugins: [linker(file, atOnce)],
      });
      refuse(warnings);
      files.set(file, outputFiles[0].text);
      const [{ imports }] = Object.values(metafile.outputs);
      // An `import()` is a require here as well.
      const required = new Set(imports.map(({ path: other }) => path.posix.join(path.posix.dirname(file), other)));
      loads.set(
        file,
        [...atOnce].filter((other) => required.has(other)),
      );
    }),
  );
  return { files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))), loads };
}
