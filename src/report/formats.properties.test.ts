import { Ajv, type JSONSchemaType } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LintResult } from '../rule/finding.ts';
import { reportAzure } from './azure.ts';
import { reportCheckstyle } from './checkstyle.ts';
import { reportConcise } from './concise.ts';
import { clip, visible } from './escape.ts';
import { reportGithub } from './github.ts';
import { reportGitlab } from './gitlab.ts';
import { reportMarkdown } from './job-summary.ts';
import { reportJunit } from './junit.ts';
import type { ReportOptions } from './options.ts';
import { reportRdjson } from './rdjson.ts';
import { arbitraryResult, unprintable } from './results.test-support.ts';
import { azureCommand, githubCommand } from './runners.test-support.ts';
import { sampleOptions } from './samples.ts';
import { reportText } from './text.ts';
import { parseXml, type XmlElement } from './xml.test-support.ts';

const formats = {
  text: reportText,
  concise: reportConcise,
  github: reportGithub,
  gitlab: reportGitlab,
  junit: reportJunit,
  checkstyle: reportCheckstyle,
  rdjson: reportRdjson,
  azure: reportAzure,
  markdown: reportMarkdown,
};

function textOf(report: (result: LintResult, options: ReportOptions) => Iterable<string>, result: LintResult): string {
  return [...report(result, { ...sampleOptions, rootPrefix: 'a/' })].join('');
}

/** Lines without the last, empty one. */
function linesOf(text: string): readonly string[] {
  return text.split('\n').slice(0, -1);
}

describe.each(Object.entries(formats))('for every result the report %s', (format, report) => {
  it('can be looked at, chunk by chunk, and ends with a line end', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const chunks = [...report(result, sampleOptions)];
        for (const chunk of chunks) expect(chunk).not.toMatch(unprintable);
        expect(chunks.join('')).toMatch(/\n$|^$/);
      }),
    );
  });

  it('gives no command to a runner in whose log it stands, but for those that it is made of', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        for (const line of linesOf(textOf(report, result))) {
          if (format !== 'github') expect(githubCommand(line)).toBe(undefined);
          if (format !== 'azure') expect(azureCommand(line)).toBe(undefined);
        }
      }),
    );
  });
});

const conciseLine = /^(.+?):(\d+):(\d+)-(\d+):(\d+): (error|warning|info): (.*) \[([a-z-]+)\]$/s;

describe('for every result', () => {
  it('concise has one line for each finding, in their order', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const lines = linesOf(textOf(reportConcise, result));
        expect(lines).toHaveLength(result.findings.length);
        for (const [index, { rule, severity }] of result.findings.entries()) {
          expect(conciseLine.exec(lines[index] ?? '')?.slice(6)).toMatchObject({ 0: severity, 2: rule.id });
        }
      }),
    );
  });

  it('github says what was found, in at most ten annotations of a level', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const commands = linesOf(textOf(reportGithub, result)).map(githubCommand);
        const failures = result.notifications.filter(({ level }) => level === 'error');
        expect(commands).toHaveLength(result.findings.length + failures.length);
        const messages = commands.map((command) => command?.data.split('\n')[0]).toSorted();
        const expected = [...result.findings, ...failures].map(({ message }) => visible(clip(message, 2000)));
        expect(messages).toEqual(expected.toSorted());
        for (const command of commands) expect(command?.name).toMatch(/^(error|warning|notice)$/);
      }),
    );
  });

  it('azure says what was found', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const lines = linesOf(textOf(reportAzure, result));
        const [issues, plain] = [lines.filter((line) => line.startsWith('##vso[')), lines.filter((line) => !line.startsWith('##vso['))];
        expect(plain).toHaveLength(result.findings.filter(({ severity }) => severity === 'info').length);
        for (const line of plain) expect(line).toMatch(conciseLine);
        for (const line of issues) {
          const { name, properties, data } = azureCommand(line) ?? { name: '', properties: {}, data: '' };
          expect(name).toBe('task.logissue');
          expect(properties.type).toMatch(/^(error|warning)$/);
          expect(data).toContain(`[${properties.code ?? ''}]`);
        }
      }),
    );
  });

  it('gitlab follows the schema, with a fingerprint for each finding', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const issues: unknown = JSON.parse(textOf(reportGitlab, result));
        expect(validateGitlab(issues) ? [] : validateGitlab.errors).toEqual([]);
        if (!validateGitlab(issues)) return;
        expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(result.findings.length);
      }),
    );
  });

  it('rdjson follows the schema, and its columns count bytes', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const report: unknown = JSON.parse(textOf(reportRdjson, result));
        expect(validateRdjson(report) ? [] : validateRdjson.errors).toEqual([]);
        const { diagnostics } = report as {
          diagnostics: { location: { range: { start: { column?: number }; end: { column?: number } } } }[];
        };
        for (const [index, { location }] of result.findings.entries()) {
          const { start, end } = diagnostics[index]?.location.range ?? { start: {}, end: {} };
          expect(start.column === undefined).toBe(end.column === undefined);
          if (start.column === undefined) continue;
          expect(start.column).toBe(Buffer.byteLength((location.lines[0] ?? '').slice(0, location.start.column - 1)) + 1);
        }
      }),
    );
  });

  it('junit is XML whose counts are right, and no test has the name of another', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const root = parseXml(textOf(reportJunit, result));
        expect(root.name).toBe('testsuites');
        const cases = root.children.flatMap(({ children }) => children);
        expect(countsOf(root.attributes)).toEqual(countsIn(cases));
        for (const suite of root.children) {
          expect(countsOf(suite.attributes)).toEqual(countsIn(suite.children));
          expect(new Set(suite.children.map(({ attributes }) => attributes.name)).size).toBe(suite.children.length);
        }
        expect(countsIn(cases).failures).toBe(result.findings.length);
        expect(countsIn(cases).errors > 0).toBe(!result.complete || result.notifications.some(({ level }) => level === 'error'));
      }),
    );
  });

  it('checkstyle is XML that has each finding in its file', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const root = parseXml(textOf(reportCheckstyle, result));
        expect(root.name).toBe('checkstyle');
        expect(new Set(root.children.map(({ attributes }) => attributes.name)).size).toBe(root.children.length);
        const errors = root.children.flatMap(({ children }) => children);
        expect(errors.map(({ attributes }) => attributes.severity).toSorted()).toEqual(
          result.findings.map(({ severity }) => severity).toSorted(),
        );
        for (const { attributes } of errors) expect(Object.keys(attributes)).toEqual(['line', 'column', 'severity', 'message', 'source']);
      }),
    );
  });
});

function countsOf({ tests, failures, errors }: XmlElement['attributes']): { tests: number; failures: number; errors: number } {
  return { tests: Number(tests), failures: Number(failures), errors: Number(errors) };
}

function countsIn(cases: readonly XmlElement[]): { tests: number; failures: number; errors: number } {
  const having = (name: string): number => cases.filter(({ children }) => children.some((child) => child.name === name)).length;
  return { tests: cases.length, failures: having('failure'), errors: having('error') };
}

interface GitlabIssue {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: string;
  location: { path: string; lines: { begin: number; end: number } };
}

/** The fields that GitLab documents, and nothing else. */
const gitlabSchema: JSONSchemaType<GitlabIssue[]> = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    additionalProperties: false,
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { type: 'string', enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        additionalProperties: false,
        properties: {
          path: { type: 'string', pattern: '^(?!\\./|/)' },
          lines: {
            type: 'object',
            required: ['begin', 'end'],
            additionalProperties: false,
            properties: { begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
};

const ajv = new Ajv({ strict: true, allErrors: true });
const validateGitlab = ajv.compile(gitlabSchema);

/** The messages of reviewdog's Diagnostic Format as JSON, without the fields that are not written here: these would be a mistake. */
const closed = (required: readonly string[], properties: Readonly<Record<string, object>>): object => {
  return { type: 'object', required, properties, additionalProperties: false };
};
const list = (items: object): object => ({ type: 'array', minItems: 1, items });
const text = { type: 'string', minLength: 1 };
const position = closed(['line'], { line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } });
const range = closed(['start', 'end'], { start: position, end: position });
const place = closed(['path', 'range'], { path: text, range });
const validateRdjson = ajv.compile(
  closed(['source', 'diagnostics'], {
    source: closed(['name', 'url'], { name: text, url: text }),
    diagnostics: {
      type: 'array',
      items: closed(['message', 'location', 'severity', 'code'], {
        message: text,
        location: place,
        severity: { enum: ['ERROR', 'WARNING', 'INFO'] },
        code: closed(['value'], { value: text, url: text }),
        suggestions: list(closed(['range', 'text'], { range, text: { type: 'string' } })),
        relatedLocations: list(closed(['message', 'location'], { message: { type: 'string' }, location: place })),
      }),
    },
  }),
);
