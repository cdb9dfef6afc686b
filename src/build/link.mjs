/** The second step of chunks.mjs: joins ES modules that esbuild made, and turns them into CommonJS. */
import { build } from 'esbuild';
import path from 'node:path';
import { refuse, shared } from './esbuild.mjs';
import { byNode } from './loader.mjs';

const relative = (from, to) => {
  const specifier = path.posix.relative(path.posix.dirname(from), to);
  return specifier.startsWith('.') ? specifier : `./${specifier}`;
};

/**
 * `texts`: modules by path; `exported`: the names that each exports; `plan`: of which modules each file is made; `entryPoints`: the
 * modules that are asked for by the names that people gave. Where modules are joined the short names of the others would clash: they get the
 * number of their module.
 */
export async function link({ texts, exported, plan, entryPoints }) {
  const homes = new Map(
    [...plan].flatMap(([file, modules]) =>
      modules.map((module, number) => [module, { file, number, joined: modules.length > 1 && !entryPoints.has(module) }]),
    ),
  );
  const publicName = (name, { number, joined }) => (joined ? `${name}$${number}` : name);

  /**
   * What a file gives away, as one plain object made at its end: esbuild's own way defines a getter for each name, which takes most of a millisecond
   * where there are hundreds. Files never load each other in a circle, and nothing that is given away changes.
   */
  const exportsOf = (modules) => {
    const given = [];
    const imports = modules.map((module, number) => {
      const home = homes.get(module);
      const names = exported.get(module).map((name) => {
        const local = `${name}$${number}`;
        given.push(`${publicName(name, home)}: ${local}`);
        return `${name} as ${local}`;
      });
      return names.length === 0 ? `import './${module}';` : `import { ${names.join(', ')} } from './${module}';`;
    });
    return given.length === 0 ? imports.join('\n') : `${imports.join('\n')}\nmodule.exports = { ${given.join(', ')} };`;
  };

  /** What Node looks for in CommonJS that ES modules import by name. */
  const importable = (modules) => {
    const names = modules.filter((module) => entryPoints.has(module)).flatMap((module) => exported.get(module));
    return names.length === 0 ? '' : `0 && (module.exports = { ${names.join(', ')} });\n`;
  };

  /** What an `import()` of another file becomes. One function for all: a kind of resource each has its own validator. */
  const later = 'link:later';
  const laterText = 'export const later = (file) => Promise.resolve().then(() => require(file));';

  /**
   * A module as the linker reads it. `loadAtOnce(import(…))`, by which what is loaded on first use can be had without a promise, becomes a `require`,
   * and so does any other `import(…)`, or esbuild would copy all that the other file gives away. What is in the same file is there already: were it
   * imported in the middle of a run, esbuild would wrap it, and all that it imports, in functions that V8 parses twice.
   */
  const asLinked = (module, file) => {
    const imports = [];
    const text = texts
      .get(module)
      .replace(/\bloadAtOnce\(import\(("[^"]+")\)\)/g, 'require($1)')
      .replace(/\bimport\("(\.[^"]+)"\)/g, (_, specifier) => {
        const other = path.posix.join(path.posix.dirname(module), specifier);
        const { file: home } = homes.get(other);
        if (home !== file) {
          if (imports.length === 0 || !imports[0].includes(later)) imports.unshift(`import { later } from "${later}";\n`);
          return `later("${relative(file, home)}")`;
        }
        const names = exported.get(other);
        const prefix = `here${imports.length}$`;
        imports.push(`import { ${names.map((name) => `${name} as ${prefix}${name}`).join(', ')} } from "${specifier}";\n`);
        return `Promise.resolve({ ${names.map((name) => `${name}: ${prefix}${name}`).join(', ')} })`;
      });
    return imports.join('') + text;
  };

  /** Modules of the file come from memory, others through the file where they are now. */
  const linker = (file, atOnce) => ({
    name: 'link',
    setup(plugin) {
      plugin.onResolve({ filter: /.*/ }, ({ path: specifier, importer, kind, namespace }) => {
        if (kind === 'entry-point') return { path: file, namespace: 'chunk' };
        if (specifier === later) return { path: later, namespace: 'later' };
        if (namespace === 'elsewhere') return { path: specifier, external: true };
        if (!specifier.startsWith('.')) return { path: specifier, external: true };
        const module = path.posix.join(namespace === 'chunk' ? '.' : path.posix.dirname(importer), specifier);
        const home = homes.get(module);
        if (home.file === file) return { path: module, namespace: 'module' };
        if (kind === 'dynamic-import' || kind === 'require-call') return { path: relative(file, home.file), external: true };
        atOnce.add(home.file);
        return { path: module, namespace: 'elsewhere', sideEffects: false };
      });
      plugin.onLoad({ filter: /.*/, namespace: 'chunk' }, () => ({
        contents: exportsOf(plan.get(file)),
      }));
      plugin.onLoad({ filter: /.*/, namespace: 'later' }, () => ({ contents: laterText }));
      plugin.onLoad({ filter: /.*/, namespace: 'module' }, ({ path: module }) => ({ contents: asLinked(module, file) }));
      plugin.onLoad({ filter: /.*/, namespace: 'elsewhere' }, ({ path: module }) => {
        const home = homes.get(module);
        const names = exported.get(module).map((name) => (home.joined ? `${publicName(name, home)} as ${name}` : name));
        return { contents: `export { ${names.join(', ')} } from '${relative(file, home.file)}';` };
      });
    },
  });

  /** Each module of another file brings a `require` of it; the first is enough, and each of the others takes as long as a small function. */
  const requiredOnce = (text) => {
    const first = new Map();
    return text.replace(/\bvar ([\w$]+)=require\(("[^"]+")\);/g, (declaration, name, specifier) => {
      const known = first.get(specifier);
      if (known !== undefined) return `var ${name}=${known};`;
      first.set(specifier, name);
      return declaration;
    });
  };

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
        supported: { 'dynamic-import': file === `chunks/${byNode}` },
        // No chunk does anything by being loaded; `module.exports` is written beside imports on purpose.
        logOverride: { 'ignored-bare-import': 'silent', 'commonjs-variable-in-esm': 'silent' },
        plugins: [linker(file, atOnce)],
      });
      refuse(warnings);
      files.set(file, requiredOnce(outputFiles[0].text) + (file.startsWith('chunks/') ? '' : importable(plan.get(file))));
      const [{ imports }] = Object.values(metafile.outputs);
      // An `import()` is a require here as well.
      const asked = new Set(imports.map(({ path: other }) => path.posix.join(path.posix.dirname(file), other)));
      loads.set(
        file,
        [...atOnce].filter((other) => asked.has(other)),
      );
    }),
  );
  return { files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))), loads };
}
