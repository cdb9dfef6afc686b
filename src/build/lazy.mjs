/**
 * Modules that only some runs need, though their functions are imported as any others: in the built files each of these functions is one line that
 * loads its module when it is first called. Whoever writes or imports them need not know.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

/** By the name of the file that they become. What they export besides functions may be used in the group only. */
export const groups = {
  'engine-kustomize': ['kustomization', 'kustomize-identity', 'kustomize-tree', 'kustomize-patches', 'customize'].map(
    (name) => `src/engine/${name}.ts`,
  ),
  'engine-mesh-config': ['src/engine/written-mesh-config.ts', 'src/graph/read-mesh-config.ts'],
  'engine-options': ['src/engine/versions.ts', 'src/engine/folder-glob.ts', 'src/rule/closest.ts'],
  'engine-findings': ['src/engine/locate.ts', 'src/engine/findings.ts', 'src/engine/evidence.ts', 'src/model/schema-messages.ts'],
  'yaml-lost-indentation': ['src/yaml/lost-indentation.ts', 'src/engine/lost-indentation-message.ts'],
  'graph-variants': ['src/graph/variants.ts'],
  'graph-secrets': ['src/graph/secrets.ts'],
  'graph-gateway-api': [
    'api-backends',
    'api-stream-routes',
    'gateway-api',
    'http-route-rules',
    'http-routes',
    'listener-admission',
    'listener-sets',
    'reference-grants',
  ].map((name) => `src/graph/${name}.ts`),
  'graph-built-in': ['src/graph/built-in.ts'],
  'graph-delegates': ['delegate-roots', 'delegated-routes', 'delegates'].map((name) => `src/graph/${name}.ts`),
  'graph-gateways': ['gateways', 'gateway-routes'].map((name) => `src/graph/${name}.ts`),
  'graph-rivals': ['src/graph/rival-search.ts'],
  'graph-route-configs': ['route-config-index', 'virtual-service-streams'].map((name) => `src/graph/${name}.ts`),
  'graph-services': ['src/graph/service-definitions.ts'],
  'graph-sidecars': ['src/graph/sidecars.ts'],
  'cli-unknown-option': ['src/cli/unknown-option.ts', 'src/node/closest.ts'],
  'engine-glob': ['src/engine/glob.ts'],
  'model-without-faults': ['src/model/without-faults.ts', 'src/model/leave-out.ts'],
  'semantics-clients': ['client-universes', 'hidden-from-clients'].map((name) => `src/semantics/${name}.ts`),
  'semantics-gateway-clashes': ['src/semantics/gateway-clash-search.ts'],
  'semantics-many-regions': ['cover-many', 'region-index', 'prefix-tree'].map((name) => `src/semantics/${name}.ts`),
  'semantics-unmatched-requests': ['src/semantics/unmatched-requests.ts'],
  'semantics-unreached': ['named-route', 'stream-regions', 'unreachable-streams', 'unreached-routes'].map(
    (name) => `src/semantics/${name}.ts`,
  ),
  // What compares regular expressions, and whatever a guess does not decide.
  'semantics-languages': ['cover-search', 'languages/kinds', 'languages/automaton', 'languages/character-sets', 'languages/syntax'].map(
    (name) => `src/semantics/${name}.ts`,
  ),
};

const byFile = new Map(Object.entries(groups).flatMap(([group, files]) => files.map((file) => [file, group])));

/** The group of a source file, by its path from the root. */
export const groupOf = (file) => byFile.get(file);

/** The functions that a file exports, by their names. */
function exportedFunctions(text, fileName) {
  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((statement) => {
    const isExported = ts.isFunctionDeclaration(statement) && ts.getCombinedModifierFlags(statement) & ts.ModifierFlags.Export;
    return isExported ? [statement.name.text] : [];
  });
}

function lines(text, fileName) {
  const load = `loadAtOnce(import(${JSON.stringify(`./${path.basename(fileName)}`)}))`;
  return exportedFunctions(text, fileName)
    .map((name) => `let ${name}$;\nexport function ${name}(...given) { return (${name}$ ??= ${load}.${name})(...given); }\n`)
    .join('');
}

/** For esbuild. */
export function onFirstCall(root) {
  const relative = (file) => path.relative(root, file).split(path.sep).join('/');
  return {
    name: 'on-first-call',
    setup(plugin) {
      plugin.onResolve({ filter: /^\..*\.ts$/ }, ({ path: specifier, importer, namespace, resolveDir }) => {
        const file = path.resolve(resolveDir, specifier);
        const group = groupOf(relative(file));
        if (group === undefined || namespace === 'on-first-call' || groupOf(relative(importer)) === group) return undefined;
        return { path: file, namespace: 'on-first-call', sideEffects: false };
      });
      plugin.onLoad({ filter: /.*/, namespace: 'on-first-call' }, async ({ path: file }) => ({
        contents: lines(await readFile(file, 'utf8'), file),
        loader: 'ts',
        resolveDir: path.dirname(file),
      }));
    },
  };
}
