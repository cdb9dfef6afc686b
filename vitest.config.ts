import { defineConfig } from 'vitest/config';
import { viteValidators } from './src/build/validators.mjs';

/** Where CI wants the results as JSON, besides what a person reads. */
const report = process.env['TEST_REPORT'];

export default defineConfig({
  plugins: [viteValidators()],
  test: {
    include: ['{src,rules,bench}/**/*.test.ts'],
    // A process or a fresh module graph for each file costs ten times what these tests cost.
    pool: 'threads',
    // Plugins that a test writes are loaded by Node itself, as a user's are.
    server: { deps: { external: [/\/meshlint-test-/] } },
    isolate: false,
    // A machine that does other things as well is slow, and nothing here is timed.
    testTimeout: 30_000,
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
