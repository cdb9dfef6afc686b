import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { layers } from '../../eslint.config.js';

const root = path.resolve(import.meta.dirname, '../..');

// The real configuration, without the rules that need types: the files that are linted here are none of the project.
const eslint = new ESLint({ cwd: root, overrideConfig: [tseslint.configs.disableTypeChecked] });

async function complaintsAbout(file: string, code: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

/** A file of the layer that can be imported; none while the layer is only planned. */
function fileIn(layer: string): string | undefined {
  const folder = layer.endsWith('/*') ? layer.slice(0, -2) : layer;
  const files = existsSync(path.join(root, folder)) ? readdirSync(path.join(root, folder)) : [];
  const name = files.sort().find((file) => /(?<!\.test|\.test-support|\.d)\.(ts|mjs)$/.test(file));
  return name === undefined ? undefined : `${folder}/${name}`;
}

/** A file of the layer that does not exist. */
const probeIn = (layer: string): string => (layer.endsWith('/*') ? layer.replace('*', 'probe.ts') : `${layer}/probe.ts`);

function importing(layer: string, imported: string): string {
  const specifier = path.posix.relative(path.posix.dirname(probeIn(layer)), imported);
  return `import * as other from '${specifier.startsWith('.') ? specifier : `./${specifier}`}';\nexport const used = other;\n`;
}

interface Pair {
  readonly layer: string;
  readonly other: string;
  readonly file: string;
}

/** Each pair of layers of which the second is above (or beside, or below) the first. */
function pairs(relation: (depth: number, otherDepth: number) => boolean): readonly Pair[] {
  const placed = layers.flatMap((siblings, depth) => siblings.map((layer) => ({ layer, depth })));
  return placed.flatMap(({ layer, depth }) =>
    placed.flatMap(({ layer: other, depth: otherDepth }) => {
      const file = fileIn(other);
      return layer !== other && relation(depth, otherDepth) && file !== undefined ? [{ layer, other, file }] : [];
    }),
  );
}

const machine = new Set(['src/cli', 'src/action', 'src/lsp', 'src/build', 'src/node']);
const pure = layers.flat().filter((layer) => !machine.has(layer));

// Who looks for cycles reads the whole tree once: longer than a test usually takes on a busy machine.
describe('the guard of the layers', { timeout: 30_000 }, () => {
  it('knows every folder of src', () => {
    const folders = readdirSync(path.join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of folders) {
      expect(layers.flat()).toContain(`src/${name}`);
      expect(fileIn(`src/${name}`)).toBeDefined();
    }
  });

  it.each(pairs((depth, other) => other < depth))('keeps $layer from importing $other, which is above it', async ({ layer, file }) => {
    expect(await complaintsAbout(probeIn(layer), importing(layer, file))).toContain('import-x/no-restricted-paths');
  });

  it.each(pairs((depth, other) => other === depth))('keeps $layer from importing $other, which is beside it', async ({ layer, file }) => {
    expect(await complaintsAbout(probeIn(layer), importing(layer, file))).toContain('import-x/no-restricted-paths');
  });

  it.each(pairs((depth, other) => other === depth + 1))('lets $layer import $other, which is below it', async ({ layer, file }) => {
    expect(await complaintsAbout(probeIn(layer), importing(layer, file))).toEqual([]);
  });

  it('also sees imports of types and exports', async () => {
    const specifier = `'../${String(fileIn('src/graph')).slice('src/'.length)}'`;
    for (const code of [`import type * as other from ${specifier};\nexport type Used = typeof other;\n`, `export * from ${specifier};\n`]) {
      expect(await complaintsAbout('src/text/probe.ts', code)).toContain('import-x/no-restricted-paths');
    }
  });

  it.each(['probe.test.ts', 'probe.test-support.ts'])('lets a test import any layer: %s', async (name) => {
    const code = `import * as other from '../node/${path.basename(String(fileIn('src/node')))}';\nimport 'node:fs';\nexport const used = other;\n`;
    expect(await complaintsAbout(`src/text/${name}`, code)).toEqual([]);
  });

  it('keeps code from importing tests', async () => {
    expect(await complaintsAbout('src/testing/probe.ts', `import './layers.test.ts';\n`)).toContain('import-x/no-restricted-paths');
  });

  it('keeps rules from importing each other', async () => {
    const code = `import { rules } from '../index.ts';\nexport const used = rules;\n`;
    expect(await complaintsAbout('rules/mtls/probe.ts', code)).toContain('import-x/no-restricted-paths');
  });

  it('finds cycles', async () => {
    const code = `import { rules } from '../index.ts';\nexport const permissiveMtls = rules;\n`;
    expect(await complaintsAbout('rules/mtls/permissive-mtls.ts', code)).toContain('import-x/no-cycle');
  });
});

describe('the guard of the machine', () => {
  it.each(pure)('keeps node:* and what Node has globally out of %s', async (layer) => {
    for (const code of [`import 'node:fs';`, `import 'fs';`, `export * from 'node:path';`, `export const fs = import('node:fs');`]) {
      expect(await complaintsAbout(probeIn(layer), `${code}\n`), code).toContain('import-x/no-nodejs-modules');
    }
    for (const code of ['process.exit();', `console.log('');`, `Buffer.from('');`]) {
      expect(await complaintsAbout(probeIn(layer), `${code}\n`), code).toContain('no-restricted-globals');
    }
  });

  it.each([...machine])('lets %s touch the machine', async (layer) => {
    expect(await complaintsAbout(probeIn(layer), `import 'node:fs';\nprocess.exitCode = 1;\n`)).toEqual([]);
  });
});

describe('the guard of the chunks', () => {
  it.each(pure)('keeps import() out of %s', async (layer) => {
    expect(await complaintsAbout(probeIn(layer), `export const other = import('./other.ts');\n`)).toContain('no-restricted-syntax');
  });

  it.each(['src/index.ts', 'src/validator-chunks.ts', 'src/node/probe.ts', 'src/cli/probe.ts'])(
    'lets %s load a module of ours only',
    async (file) => {
      expect(await complaintsAbout(file, `export const other = import('./other.ts');\n`)).toEqual([]);
      expect(await complaintsAbout(file, `export const other = import('ignore');\n`)).toContain('no-restricted-syntax');
    },
  );
});

describe('the guard of the packages', () => {
  it.each(layers.flat().filter((layer) => layer !== 'src/yaml' && layer !== 'src/build'))(
    'keeps the package yaml out of %s',
    async (layer) => {
      expect(await complaintsAbout(probeIn(layer), `export { parseDocument } from 'yaml';\n`)).toContain('no-restricted-imports');
    },
  );

  it('lets src/yaml import it', async () => {
    expect(await complaintsAbout('src/yaml/probe.ts', `export { parseDocument } from 'yaml';\n`)).toEqual([]);
  });

  it.each(['rules', 'src/testing', 'src/yaml', 'src/cli'])('keeps test runners out of %s', async (layer) => {
    expect(await complaintsAbout(probeIn(layer), `export { it } from 'vitest';\n`)).toContain('no-restricted-imports');
  });
});
