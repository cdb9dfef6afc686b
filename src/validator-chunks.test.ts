import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { esbuildValidators } from './build/validators.mjs';
import { kinds } from './model/kinds.ts';
import { validatorChunks } from './validator-chunks.ts';

it('has the validator of each kind, and of no other', () => {
  expect(Object.keys(validatorChunks)).toEqual(kinds.map(({ kind }) => kind));
});

it.each(kinds)('$kind is validated by its own schema', async ({ kind, written, projected }) => {
  const { validate, shape } = await validatorChunks[kind]();
  expect(validate({ kind: `${written}?`, metadata: { name: 'a' } })).toBe(false);
  expect(validate.errors).toContainEqual({ instancePath: '/kind', keyword: 'const', params: { allowedValue: written } });
  expect(shape !== undefined).toBe(projected);
});

it('becomes two chunks for each kind in a bundle, whether and what is wrong, small and without require', async () => {
  const { outputFiles } = await build({
    entryPoints: [`${import.meta.dirname}/validator-chunks.ts`],
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    outdir: 'out',
    plugins: [esbuildValidators()],
  });
  expect(outputFiles).toHaveLength(2 * kinds.length + 1);
  for (const { text } of outputFiles) {
    expect(text).not.toMatch(/require\(/);
    expect(text.length).toBeLessThan(64 * 1024);
  }
});
