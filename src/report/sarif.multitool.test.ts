import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Log } from 'sarif';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clean, good, hostile, nothing, sampleOptions } from './samples.ts';
import { reportSarif } from './sarif.ts';

// Microsoft's validator with the rules of code scanning: what it accepts, GitHub takes. About 2 s for a file.

/** The multitool's own executable. Its `bin` goes through a shell, which takes the `;` in its arguments for its own. */
function multitool(): string | undefined {
  try {
    const file: unknown = createRequire(import.meta.url)('@microsoft/sarif-multitool');
    return typeof file === 'string' && existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** These rules are off unless a configuration turns them on. */
const githubRules = [
  'GH1001.ProvideRequiredLocationProperties',
  'GH1002.InlineThreadFlowLocations',
  'GH1003.ProvideRequiredRegionProperties',
  'GH1004.ReviewArraysThatExceedConfigurableDefaults',
  'GH1005.LocationsMustBeRelativeUrisOrFilePaths',
  'GH1006.ProvideCheckoutPath',
  'GH1007.ProvideFullyFormattedMessageStrings',
];

const configuration = `<?xml version="1.0" encoding="utf-8"?>
<Properties>
${githubRules
  .map(
    (rule) => `<Properties Key="${rule}.Options"><Property Key="RuleEnabled" Value="Error" Type="Driver.RuleEnabledState" /></Properties>`,
  )
  .join('\n')}
</Properties>
`;

const executable = multitool();

describe.skipIf(executable === undefined)(
  'the multitool (skipped: @microsoft/sarif-multitool has no executable for this platform here)',
  () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'meshlint-sarif-'));
      writeFileSync(join(folder, 'github.xml'), configuration);
      // Its install script does this; package managers may not have run it.
      if (executable !== undefined) chmodSync(executable, 0o755);
    });
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    /** What it objects to. It exits with 0 whatever it finds, so its report is what counts; a result without a level is a warning. */
    async function objections(name: string, text: string): Promise<readonly string[]> {
      const input = join(folder, `${name}.sarif`);
      const output = join(folder, `${name}.report.sarif`);
      writeFileSync(input, text);
      const options = ['--config', join(folder, 'github.xml'), '--rule-kind', 'Sarif;Gh;Ghas', '--level', 'Error;Warning'];
      await promisify(execFile)(executable ?? '', [
        'validate',
        input,
        ...options,
        '--quiet',
        'true',
        '-o',
        output,
        '--log',
        'ForceOverwrite',
      ]);
      const report = JSON.parse(readFileSync(output, 'utf8').replace(/^\ufeff/, '')) as Log;
      expect(report.runs).toHaveLength(1);
      return report.runs.flatMap(({ results, invocations }) => [
        ...(results ?? []).map(
          ({ ruleId, level, message }) => `${ruleId ?? ''} ${level ?? 'warning'} ${JSON.stringify(message.arguments)}`,
        ),
        ...(invocations ?? []).filter((invocation) => !invocation.executionSuccessful).map(() => 'did not run to its end'),
      ]);
    }

    it.each(Object.entries({ good, clean, nothing, hostile }))('accepts what we write: %s', { timeout: 30_000 }, async (name, result) => {
      const text = [...reportSarif(result, { ...sampleOptions, rootPrefix: 'some where/' })].join('');
      expect(await objections(name, text)).toEqual([]);
    });

    it('objects to what code scanning would not take', { timeout: 30_000 }, async () => {
      const text = [...reportSarif(good, sampleOptions)].join('');
      const bad = text
        .replaceAll('"uri":"mesh/policy.yaml"', '"uri":"C:\\\\mesh\\\\policy 1.yaml"')
        .replaceAll('"ruleIndex":1,', '"ruleIndex":7,')
        .replaceAll('"text":"Route to a subset that no DestinationRule defines."', '"text":""');
      const rules = new Set((await objections('bad', bad)).map((objection) => objection.replace(/^(\S+ \S+).*$/s, '$1')));
      expect([...rules].sort()).toEqual(expect.arrayContaining(['GH1006 error', 'SARIF1002 error', 'SARIF1009 error']));
    });

    it('objects to what is not JSON', { timeout: 30_000 }, async () => {
      expect(await objections('none', '{ not JSON')).not.toEqual([]);
    });
  },
);
