/** The type declarations of the public API, without what nobody outside can reach. */
import path from 'node:path';
import ts from 'typescript';

/** In a package of ES modules, declarations of CommonJS files end in .d.cts, and name each other so. */
const declarationOf = (file) => file.replace(/(\.d)?\.ts$/, '.d.cts');
const specifier = /(\bfrom |\bimport\()(['"])(\.[^'"]*)\.ts\2/g;

/** `entries`: source files from the root. Returns the text of each declaration by its path, which is that of its source. */
export function declarations({ root, entries }) {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ compilerOptions: config.compilerOptions, files: entries }, ts.sys, root);
  // Modules that the build serves have their types there.
  const ambient = path.join(root, 'src/model/validator-modules.d.ts');
  const program = ts.createProgram([...entries.map((file) => path.join(root, file)), ambient], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: path.join(root, 'out'),
    rootDir: root,
  });
  const all = new Map();
  const { diagnostics } = program.emit(
    undefined,
    (file, text) => all.set(path.relative(path.join(root, 'out'), file).split(path.sep).join('/'), text),
    undefined,
    true,
  );
  if (diagnostics.length > 0)
    throw new Error(
      ts.formatDiagnostics(diagnostics, { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' }),
    );

  const reached = new Map();
  const reach = (source) => {
    if (reached.has(declarationOf(source))) return;
    const text = all.get(source.replace(/\.ts$/, '.d.ts'));
    if (text === undefined) throw new Error(`${source} has no declaration`);
    reached.set(declarationOf(source), text.replace(specifier, '$1$2$3.cjs$2'));
    for (const [, , , file] of text.matchAll(specifier)) reach(path.posix.join(path.posix.dirname(source), `${file}.ts`));
  };
  entries.forEach(reach);
  return reached;
}
