/**
 * From TypeScript to CommonJS chunks, in two steps.
 *
 * 1. esbuild splits the program as ES modules: what is loaded by `import()` becomes a chunk, and so does whatever several of them share.
 * 2. ES modules start in twice the time that CommonJS takes, and each file of a start costs a third of a millisecond. So the shared chunks are joined
 *    (link.mjs), and every chunk becomes CommonJS, in which `import()` is a `require` that runs when it is reached.
 */
import { build } from 'esbuild';
import path from 'node:path';
import { refuse, shared } from './esbuild.mjs';
import { groupOf, onFirstCall } from './lazy.mjs';
import { link } from './link.mjs';
import { commonJs, esModules, versionOnly, withoutNetwork } from './packages.mjs';
import { esbuildProse } from './prose.mjs';
import { esbuildValidators } from './validators.mjs';

/** What is loaded by `import()`, since the layers want it so, and yet by nearly every run. */
const always = ['src/node/walk.ts'];

/** Shared chunks below this size are not worth a file. */
const small = 8192;

/** A chunk that is loaded by itself is called by its folder and name: "report-sarif". The name does not depend on the content. */
function nameOf(entryPoint) {
  const [, folder, file] = /([^/:]+)\/([^/]+)$/.exec(entryPoint) ?? [];
  const name = `${folder}-${file.replace(/(\.schema)?\.\w+$/, '')}`;
  const [, validator] = /^(validator(?:-errors)?):/.exec(entryPoint) ?? [];
  return validator === undefined ? name : `${validator}-${name}`;
}

/** A shared chunk that is not joined with others is called by the module that is the most of it. */
function sharedName({ inputs }) {
  const [[largest]] = Object.entries(inputs).toSorted(([a, { bytesInOutput: x }], [b, { bytesInOutput: y }]) => y - x || (a < b ? -1 : 1));
  return `shared-${path.posix.basename(largest).replace(/\.\w+$/, '')}`;
}

/** The files that are read when some are started: themselves and what they load at once, transitively. */
export function startOf(files, loads) {
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const other of loads.get(file) ?? []) visit(other);
  };
  for (const file of files) visit(file);
  return seen;
}

/** A group of rules whose checks are loaded together (heads.mjs). */
const checksOf = (entryPoint) => /^checks:(?:checks:)?(.+)$/.exec(entryPoint)?.[1];

/** What is loaded on demand, by the name of its file: a group of checks, a group of modules (lazy.mjs), or whatever an `import()` names. */
const ownFile = (entryPoint) => `chunks/${checksOf(entryPoint) ?? groupOf(entryPoint) ?? nameOf(entryPoint)}.cjs`;

/**
 * Which chunks of the first step become one: what each run loads; what is loaded on demand together; what several checks share; and the small rest.
 */
function planOf(outputs, entries, core) {
  const loads = new Map(
    Object.entries(outputs).map(([file, { imports }]) => [
      file,
      imports.flatMap(({ kind, external, path: other }) => (kind === 'import-statement' && !external ? [other] : [])),
    ]),
  );
  const names = new Map(Object.entries(entries).map(([name, file]) => [file, name]));
  const alone = Object.entries(outputs).filter(([, { entryPoint }]) => entryPoint !== undefined && !names.has(entryPoint));
  const atStart = startOf(
    Object.entries(outputs).flatMap(([file, { entryPoint }]) =>
      core.includes(names.get(entryPoint)) || always.includes(entryPoint) ? [file] : [],
    ),
    loads,
  );
  /** Files of things loaded on demand, by what they need. */
  const users = new Map();
  for (const [file, { entryPoint }] of alone) {
    const own = ownFile(entryPoint);
    for (const needed of startOf([file], loads)) users.set(needed, (users.get(needed) ?? new Set()).add(own));
  }
  const isCheck = (own) => own.startsWith('chunks/rules-') && own !== 'chunks/rules-docs.cjs';
  // Only checks ask for the lazy parts of graph and semantics: what both need is there already when such a part is loaded.
  for (const own of users.values()) {
    if ([...own].some(isCheck)) for (const each of own) if (/^chunks\/(graph|semantics)-/.test(each)) own.delete(each);
  }
  const sharedByChecks = (file) => users.get(file)?.size > 1 && [...users.get(file)].every(isCheck);
  const subjectOf = (own) => /^chunks\/rules-[a-z]+-?(.*)\.cjs$/.exec(own)[1];
  const subjects = [...new Set([...users.values()].flatMap((all) => [...all]))].filter(isCheck).map(subjectOf);
  /** What checks share is loaded with those of the subject that most groups of rules are about: whoever has others is likely to have it too. */
  const foremost = (some) => {
    const weight = (subject) => subjects.filter((other) => other === subject).length;
    return some.toSorted((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1))[0];
  };
  /** Where a shared chunk goes that is needed only on demand. */
  const sharedFile = (file, output) => {
    const by = [...(users.get(file) ?? [])];
    if (by.length === 1) return by[0];
    if (sharedByChecks(file)) return `chunks/checks-${foremost(by.map(subjectOf))}.cjs`;
    // The report that a run writes when nothing else is said is one file.
    const text = 'chunks/report-text.cjs';
    if (by.includes(text) && output.bytes < small) return text;
    return output.bytes < small ? 'chunks/shared.cjs' : `chunks/${sharedName(output)}.cjs`;
  };
  const plan = new Map();
  const add = (name, file) => plan.set(name, [...(plan.get(name) ?? []), file]);
  // In an order that does not depend on hashes, so that names stay the same as long as the modules do.
  const sourcesOf = ([, { inputs }]) => Object.keys(inputs).join();
  for (const [file, output] of Object.entries(outputs).toSorted((a, b) => (sourcesOf(a) < sourcesOf(b) ? -1 : 1))) {
    const { entryPoint } = output;
    // What the API is, the program loads as well: one file less.
    if (names.get(entryPoint) === 'index') add('chunks/core.cjs', file);
    else if (names.has(entryPoint)) add(`${names.get(entryPoint)}.cjs`, file);
    else if (atStart.has(file)) add('chunks/core.cjs', file);
    else if (entryPoint !== undefined) add(ownFile(entryPoint), file);
    else add(sharedFile(file, output), file);
  }
  return plan;
}

/**
 * `entries`: source files by the names of what is made of them; `core`: those of them that each run loads.
 * Returns the text of each file by its path in the output folder, what each loads at once, and of which source files each is made.
 */
export async function chunks({ root, entries, core }) {
  const { outputFiles, metafile, warnings } = await build({
    ...shared,
    absWorkingDir: root,
    entryPoints: entries,
    outdir: '.',
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    format: 'esm',
    // Imports that only types use go, whatever tsconfig.json asks of people.
    tsconfigRaw: {},
    plugins: [versionOnly(root), commonJs, esModules, withoutNetwork, onFirstCall(root), esbuildProse(root), esbuildValidators()],
  });
  refuse(warnings);
  const texts = new Map(outputFiles.map(({ path: file, text }) => [path.relative(root, file).split(path.sep).join('/'), text]));
  const exported = new Map(Object.entries(metafile.outputs).map(([file, output]) => [file, output.exports]));
  const plan = planOf(metafile.outputs, entries, core);
  const sources = new Map(
    [...plan].map(([file, modules]) => [file, modules.flatMap((module) => Object.keys(metafile.outputs[module].inputs))]),
  );
  const entryPoints = new Set(
    Object.entries(metafile.outputs).flatMap(([file, { entryPoint }]) => (entryPoint === undefined ? [] : [file])),
  );
  const { files, loads } = await link({ texts, exported, plan, entryPoints });
  const [index] = Object.values(metafile.outputs).filter(({ entryPoint }) => entryPoint === entries.index);
  if (index !== undefined) {
    const names = index.exports.toSorted();
    const given = names.map((name) => `${name}:core.${name}`).join();
    files.set(
      'index.cjs',
      `var core=require("./chunks/core.cjs");module.exports={${given}};\n0 && (module.exports = { ${names.join(', ')} });\n`,
    );
    loads.set('index.cjs', ['chunks/core.cjs']);
    sources.set('index.cjs', [entries.index]);
  }
  return { files: new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1))), loads, sources };
}
