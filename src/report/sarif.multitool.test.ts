import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Log, Result } from 'sarif';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docs } from '../../rules/docs.ts';
import { lint, type Source } from '../index.ts';
import { lineHashes } from '../text/line-hash.ts';
import { createLines } from '../text/lines.ts';
import { lintHostile } from './hostile-mesh.test-support.ts';
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
const fixtures = join(import.meta.dirname, '../../fixtures');

function sourcesIn(name: string): readonly Source[] {
  const root = join(fixtures, name);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({ path: `fixtures/${name}/${file.replaceAll(sep, '/')}`, read: () => readFileSync(join(root, file), 'utf8') }));
}

/** Texts whose lines are hashed: real ones, and with every kind of line end and gap. */
const sources: Readonly<Record<string, string>> = {
  'catalogue.yaml': readFileSync(join(fixtures, 'shop/shop/catalogue.yaml'), 'utf8'),
  'crlf.yaml': readFileSync(join(fixtures, 'shop/mesh.yaml'), 'utf8').replaceAll('\n', '\r\n'),
  'gaps.yaml': 'a:\n\n\n\tb: 1\n  \t \n\n服务: 🚀 é\r\r\nx: 1',
  'long.yaml': `a: ${'x'.repeat(300)}\nb: ${'y'.repeat(99)}\n${'- same\n'.repeat(60)}end`,
};

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

    it.each(readdirSync(fixtures).filter((name) => name !== 'expected' && name !== 'conformance'))(
      'accepts what is said about the fixture %s',
      { timeout: 30_000 },
      async (name) => {
        const result = await lint(sourcesIn(name), { preset: 'all', lineHashes: true });
        const options = {
          ...sampleOptions,
          docs,
          sarif: { category: 'mesh/all', repository: { url: 'https://example.com/a/b', revision: '0123abc' } },
        };
        expect(await objections(name, [...reportSarif(result, options)].join(''))).toEqual([]);
      },
    );

    it('accepts what is said about a mesh of hostile names, and what is suppressed in it', { timeout: 30_000 }, async () => {
      const result = await lintHostile();
      expect(result.suppressed?.length).toBeGreaterThan(5);
      expect(await objections('hostile-mesh', [...reportSarif(result, { ...sampleOptions, docs, rootPrefix: 'ü b/' })].join(''))).toEqual(
        [],
      );
    });

    it('hashes lines as we do', { timeout: 30_000 }, async () => {
      const results: Result[] = [];
      for (const [file, text] of Object.entries(sources)) {
        writeFileSync(join(folder, file), text);
        const count = createLines(text).count;
        for (let line = 1; line <= count; line += 1) {
          const region = { startLine: line, startColumn: 1, endLine: line, endColumn: 1 };
          const physicalLocation = { artifactLocation: { uri: file, uriBaseId: '%SRCROOT%' }, region };
          results.push({ ruleId: 'x', message: { text: 'X.' }, locations: [{ physicalLocation }] });
        }
      }
      const log: Log = {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
          { tool: { driver: { name: 'x' } }, originalUriBaseIds: { '%SRCROOT%': { uri: `${pathToFileURL(folder).href}/` } }, results },
        ],
      };
      const input = join(folder, 'hashes.sarif');
      const output = join(folder, 'hashes.rewritten.sarif');
      writeFileSync(input, JSON.stringify(log));
      await promisify(execFile)(executable ?? '', [
        ...['rewrite', input, '-o', output, '--insert', 'RollingHashPartialFingerprints', '--log', 'ForceOverwrite'],
      ]);
      const rewritten = (JSON.parse(readFileSync(output, 'utf8').replace(/^\ufeff/, '')) as Log).runs[0]?.results ?? [];
      const theirs = rewritten.map(({ locations, partialFingerprints }) => {
        const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
        return [artifactLocation?.uri, region?.startLine, Object.values(partialFingerprints ?? {})[0]];
      });
      const ours = Object.entries(sources).flatMap(([file, text]) => {
        const hash = lineHashes(text);
        return Array.from({ length: createLines(text).count }, (_, i) => [file, i + 1, hash(i + 1)]);
      });
      expect(theirs.length).toBeGreaterThan(100);
      expect(theirs).toEqual(ours);
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
