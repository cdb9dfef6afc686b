import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import regexp from 'eslint-plugin-regexp';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * A file may import from its own layer and from layers below it. Layers on one line never import each other.
 * Everything else about the layers follows from this list, and src/testing/layers.test.ts sees each guard fire.
 */
export const layers = [
  ['src/action', 'src/build'],
  ['src/cli', 'src/lsp'],
  ['src/node', 'src/testing'],
  ['src/*'], // the files that lie in src itself: the public API, which puts the layers together
  ['rules', 'src/engine', 'src/report'],
  ['src/rule'],
  ['src/semantics'],
  ['src/graph'],
  ['src/model'],
  ['src/yaml'],
  ['src/text'],
];

/** Code, but not its tests, nor what only tests use: these may import any layer and node:*. */
const code = '!(*.test|*.test-support).{ts,mjs}';
const tests = ['**/*.test.ts', '**/*.test-support.ts'];
const filesOf = (layer) => (layer.endsWith('/*') ? `${layer.slice(0, -2)}/${code}` : `${layer}/**/${code}`);
const contentOf = (layer) => (layer.endsWith('/*') ? `./${layer}.ts` : `./${layer}/**/*`);

const zones = layers.flatMap((siblings, depth) =>
  siblings.map((layer) => ({
    target: `./${filesOf(layer)}`,
    from: [...layers.slice(0, depth).flat(), ...siblings.filter((sibling) => sibling !== layer)].map(contentOf),
    message: `${layer} stands below this layer, or beside it.`,
  })),
);
zones.push(
  { target: `./rules/*/**/${code}`, from: ['./rules/**/*'], message: 'Rules do not know each other.' },
  {
    target: `./{src,rules}/**/${code}`,
    from: ['./{src,rules}/**/*.{test,test-support}.ts'],
    message: 'Only tests use what is made for tests.',
  },
);

/** The composition roots, and what they share: only these touch the machine. */
const machine = ['src/cli/**', 'src/action/**', 'src/lsp/**', 'src/build/**', 'src/node/**'];
/** Where the built files are cut into chunks. */
const loaders = ['src/index.ts', 'src/validator-chunks.ts', ...machine];

// Regular expressions, since a glob would match a folder of that name as well.
const yaml = { regex: '^yaml(/|$)', message: 'Only src/yaml knows the package.' };
const tools = {
  regex: '^(vitest|fast-check|js-yaml|esbuild|typescript|prettier|ajv|json-schema-to-typescript)(/|$)',
  message: 'A tool for tests and the build, which no user has.',
};
const lazyPackage = {
  selector: 'ImportExpression[source.value=/^(?!\\.|node:)/]',
  message:
    'Load one of our own modules that imports the package: the named exports of a package are undefined in the built files otherwise.',
};

export default defineConfig(
  { ignores: ['dist', 'coverage', 'fixtures', '.scratch'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX, regexp },
    settings: {
      // Without the first line no-cycle finds nothing in TypeScript.
      ...importX.flatConfigs.typescript.settings,
      'import-x/resolver-next': [createTypeScriptImportResolver({ noWarnOnMultipleProjects: true }), createNodeResolver()],
    },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `[...text]` are its characters, which is what is meant where it stands.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    ignores: [...machine, ...tests],
    rules: {
      'import-x/no-nodejs-modules': 'error',
      'no-restricted-globals': ['error', 'Buffer', 'console', 'global', 'globalThis', 'performance', 'process', 'require'],
    },
  },
  {
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    ignores: tests,
    rules: {
      // What is matched is input that anybody may have written.
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    ignores: ['src/build/**', ...tests],
    rules: { 'no-restricted-imports': ['error', { patterns: [yaml, tools] }], 'no-restricted-syntax': ['error', lazyPackage] },
  },
  {
    files: ['src/yaml/**/*.ts'],
    ignores: tests,
    rules: { 'no-restricted-imports': ['error', { patterns: [tools] }] },
  },
  {
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    ignores: [...loaders, ...tests],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ImportExpression', message: 'Only src/index.ts, src/node and the roots decide what is loaded when.' },
      ],
    },
  },
  {
    files: ['**/*.{cjs,js,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  { files: ['*.config.{js,ts}'], rules: { 'import-x/no-default-export': 'off' } },
);
