import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as implementation from './implementation.test-support.ts';
import { lookUps } from './look-ups.test-support.ts';

const seed = Number(process.env['MESHLINT_ORACLE_SEED'] ?? 20261124);
const numRuns = Number(process.env['MESHLINT_ORACLE_RUNS'] ?? 200);

describe('each look-up says what the slow, literal reading of the semantics says', { timeout: Math.max(60_000, numRuns * 50) }, () => {
  it.each(lookUps.map((one) => [one.name, one] as const))('%s', (_name, { property }) => {
    const result = fc.check(property(implementation), { seed, numRuns });
    expect(result.failed ? `${String(result.counterexamplePath)} ${String(result.errorInstance)}` : 'the same').toBe('the same');
  });
});
