import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encounters, worthComparing } from './encounters.test-support.ts';
import * as implementation from './implementation.test-support.ts';
import { lookUps } from './look-ups.test-support.ts';

// MESHLINT_ORACLE_RUNS=8000 MESHLINT_ORACLE_SEED=… for other meshes and more: 14 look-ups × 8,000 meshes take about five minutes.
const seed = Number(process.env['MESHLINT_ORACLE_SEED'] ?? 20261124);
const numRuns = Number(process.env['MESHLINT_ORACLE_RUNS'] ?? 120);

const asked = new Set<string>();

describe('each look-up says what the slow, literal reading of the semantics says', { timeout: Math.max(60_000, numRuns * 50) }, () => {
  it.each(lookUps.map((one) => [one.name, one] as const))('%s', (name, { property }) => {
    asked.add(name);
    const result = fc.check(property(implementation), { seed, numRuns });
    expect(result.failed ? `${String(result.counterexamplePath)} ${String(result.errorInstance)}` : 'the same').toBe('the same');
  });

  it('and the meshes hold what is worth comparing', () => {
    // Fewer meshes than by default, or a part of the look-ups, may leave something out.
    const enough = numRuns >= 120 && lookUps.every(({ name }) => asked.has(name));
    expect(enough ? worthComparing.filter((what) => !encounters.has(what)) : []).toEqual([]);
  });
});
