import { execFileSync, spawnSync } from 'node:child_process';
import { RDFormatValidator } from '@umbrelladocs/rdformat-validator';
import { commandFromString } from 'azure-pipelines-task-lib/taskcommand.js';
import { ParseOption, XmlDocument, XsdValidator } from 'libxml2-wasm';
import MarkdownIt from 'markdown-it';
import { beforeAll, describe, expect, it } from 'vitest';
import { docs } from '../../rules/docs.ts';
import type { LintResult } from '../rule/finding.ts';
import { reportAzure } from './azure.ts';
import { reportCheckstyle } from './checkstyle.ts';
import { clip, visible } from './escape.ts';
import { lintHostile } from './hostile-mesh.test-support.ts';
import { reportMarkdown } from './job-summary.ts';
import { reportJunit } from './junit.ts';
import type { ReportOptions } from './options.ts';
import { pathFromRoot } from './path.ts';
import { reportRdjson } from './rdjson.ts';
import { clean, good, hostile, nothing, sampleOptions } from './samples.ts';
import { reportSarif } from './sarif.ts';

// Reports as programs read them that others have written for these formats.

const options: ReportOptions = { ...sampleOptions, docs, rootPrefix: 'a b/' };
const results: Record<string, LintResult> = { good, clean, nothing, hostile };
beforeAll(async () => {
  results['a mesh of hostile names'] = await lintHostile();
});
const names = [...Object.keys(results), 'a mesh of hostile names'];

function resultOf(name: string): LintResult {
  const result = results[name];
  if (result === undefined) throw new Error(`no result ${name}`);
  return result;
}

/** Elements and attributes of JUnit's XML as Jenkins takes them. Source: xunit-plugin, junit-10.xsd. */
const junitSchema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:complexType name="outcome" mixed="true"><xs:attribute name="type" type="xs:string"/><xs:attribute name="message" type="xs:string"/></xs:complexType>
  <xs:complexType name="case">
    <xs:choice minOccurs="0" maxOccurs="unbounded">
      <xs:element name="skipped" type="outcome"/><xs:element name="error" type="outcome"/><xs:element name="failure" type="outcome"/>
    </xs:choice>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="classname" type="xs:string"/>
    <xs:attribute name="time" type="xs:string"/>
  </xs:complexType>
  <xs:complexType name="suite">
    <xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="testcase" type="case"/></xs:choice>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
  </xs:complexType>
  <xs:element name="testsuites">
    <xs:complexType>
      <xs:sequence><xs:element name="testsuite" type="suite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
      <xs:attribute name="name" type="xs:string"/>
      <xs:attribute name="tests" type="xs:nonNegativeInteger"/>
      <xs:attribute name="failures" type="xs:nonNegativeInteger"/>
      <xs:attribute name="errors" type="xs:nonNegativeInteger"/>
    </xs:complexType>
  </xs:element>
</xs:schema>`;

const checkstyleSchema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="checkstyle"><xs:complexType>
    <xs:sequence><xs:element name="file" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
      <xs:sequence><xs:element name="error" maxOccurs="unbounded"><xs:complexType>
        <xs:attribute name="line" type="xs:positiveInteger" use="required"/>
        <xs:attribute name="column" type="xs:positiveInteger" use="required"/>
        <xs:attribute name="severity" use="required"><xs:simpleType><xs:restriction base="xs:string">
          <xs:enumeration value="error"/><xs:enumeration value="warning"/><xs:enumeration value="info"/>
        </xs:restriction></xs:simpleType></xs:attribute>
        <xs:attribute name="message" type="xs:string" use="required"/>
        <xs:attribute name="source" type="xs:string" use="required"/>
      </xs:complexType></xs:element></xs:sequence>
      <xs:attribute name="name" type="xs:string" use="required"/>
    </xs:complexType></xs:element></xs:sequence>
    <xs:attribute name="version" type="xs:string" use="required"/>
  </xs:complexType></xs:element>
</xs:schema>`;

/** Read by libxml2, which recovers from nothing, and held against a schema. */
function readXml(text: string, schema: string): XmlDocument {
  using xsd = XmlDocument.fromString(schema);
  using validator = XsdValidator.fromDoc(xsd);
  const document = XmlDocument.fromString(text, { option: ParseOption.XML_PARSE_NONET });
  validator.validate(document);
  return document;
}

function attributesOf(document: XmlDocument, path: string, name: string): readonly string[] {
  return document.find(`${path}/@${name}`).map(({ content }) => content);
}

describe('libxml2', () => {
  it.each(names)('reads junit, and every finding in it: %s', (name) => {
    const result = resultOf(name);
    using document = readXml([...reportJunit(result, options)].join(''), junitSchema);
    const messages = attributesOf(document, '//failure', 'message');
    expect(messages.toSorted()).toEqual(
      result.findings
        .map(({ message }) => visible(clip(message, 2000)))
        .map(withoutNoncharacters)
        .toSorted(),
    );
  });

  it.each(names)('reads checkstyle, and every finding in it: %s', (name) => {
    const result = resultOf(name);
    using document = readXml([...reportCheckstyle(result)].join(''), checkstyleSchema);
    const messages = attributesOf(document, '//error', 'message');
    expect(messages.toSorted()).toEqual(
      result.findings
        .map(({ message }) => visible(clip(message, 2000)))
        .map(withoutNoncharacters)
        .toSorted(),
    );
  });

  it('refuses what is no XML, and what is no such report', () => {
    const text = [...reportJunit(good, options)].join('');
    expect(() => readXml(text.replace('</testsuite>', ']]>'), junitSchema)).toThrow();
    expect(() => readXml(text.replace('&quot;', '&quot'), junitSchema)).toThrow();
    expect(() => readXml(text.replace('<failure', '<fault').replace('</failure>', '</fault>'), junitSchema)).toThrow();
    expect(() => readXml(text.replace(/tests="\d+"/, 'tests="many"'), junitSchema)).toThrow();
  });
});

function withoutNoncharacters(text: string): string {
  return text.replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}

describe('the validator of the Reviewdog Diagnostic Format', () => {
  const validator = new RDFormatValidator({ strictMode: true, allowExtraFields: false });

  it.each(names)('takes rdjson: %s', async (name) => {
    const { diagnostics, ...report } = JSON.parse([...reportRdjson(resultOf(name))].join('')) as { diagnostics: readonly object[] };
    // The validator is older than the related locations, which reviewdog has since 0.18.
    const older = diagnostics.map((diagnostic) =>
      Object.fromEntries(Object.entries(diagnostic).filter(([key]) => key !== 'relatedLocations')),
    );
    const { valid, errors } = await validator.validateString(JSON.stringify({ ...report, diagnostics: older }));
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  });

  it('refuses what is none', async () => {
    const text = [...reportRdjson(good)].join('');
    expect((await validator.validateString(text.replace('"location"', '"place"'))).valid).toBe(false);
    expect((await validator.validateString(text.replace('"ERROR"', '"FATAL"'))).valid).toBe(false);
  });
});

describe("the commands of Azure's own library", () => {
  it.each(names)('are what azure prints, word for word: %s', (name) => {
    const result = resultOf(name);
    const commands = [...reportAzure(result, options)]
      .filter((line) => line.startsWith('##vso['))
      .map((line) => commandFromString(line.replace(/\n$/, '')));
    const issues = result.findings.filter(({ severity }) => severity !== 'info');
    const failures = result.notifications.filter(({ level }) => level === 'error');
    expect(commands).toHaveLength(issues.length + failures.length);
    const said = commands.slice(failures.length).map(({ command, properties, message }) => [command, properties as unknown, message]);
    expect(said.map(([, , message]) => message).toSorted()).toEqual(
      issues.map(({ message, rule }) => `${visible(clip(message, 500))} [${rule.id}]`).toSorted(),
    );
    const paths = said.map(([, properties]) => (properties as Record<string, string>).sourcepath ?? '');
    expect(paths.toSorted()).toEqual(issues.map(({ location }) => visible(pathFromRoot(location.file, options.rootPrefix))).toSorted());
  });
});

describe('a Markdown parser', () => {
  // HTML and bare addresses on: what is text must be text also for the most generous one.
  const parser = new MarkdownIt({ html: true, linkify: true });

  it.each(names)('finds only our own structure in markdown: %s', (name) => {
    const result = resultOf(name);
    const sourceUrl = 'https://example.com/blob/main/';
    const tokens = parser.parse([...reportMarkdown(result, { ...options, sourceUrl })].join(''), {});
    const inline = tokens.flatMap(({ children }) => children ?? []);
    const kinds = new Set([...tokens, ...inline].map(({ type }) => type.replace(/_(open|close)$/, '')));
    for (const kind of ['html_block', 'html_inline', 'image', 'code_block', 'fence', 'blockquote', 'hr']) expect(kinds).not.toContain(kind);
    const links = inline.filter(({ type }) => type === 'link_open').map((token) => String(token.attrGet('href')));
    expect(
      links.filter((link) => !/^https:\/\/(?:example\.com\/(?:blob\/main\/|rule)|github\.com\/meshlint\/|istio\.io\/)/.test(link)),
    ).toEqual([]);
    expect(tokens.filter(({ type, tag }) => type === 'heading_open' && tag === 'h2')).toHaveLength(1);
    const rules = new Set(result.findings.map(({ rule, severity }) => `${severity} ${rule.id}`));
    expect(tokens.filter(({ type, tag }) => type === 'heading_open' && tag === 'h3')).toHaveLength(rules.size);
    const rows = tokens.filter(({ type }) => type === 'tr_open').length;
    expect(rows).toBe(rules.size === 0 ? 0 : rules.size + 1);
    expect(tokens.filter(({ type }) => type === 'td_open')).toHaveLength(4 * rules.size);
  });
});

const reviewdog = spawnSync('reviewdog', ['-version'], { encoding: 'utf8' });

describe.skipIf(reviewdog.status !== 0)('reviewdog (skipped where it is not installed)', () => {
  interface Diagnostic {
    readonly message: string;
    readonly location: { readonly path: string; readonly range: { readonly start: { readonly line: number; readonly column?: number } } };
    readonly severity: string;
  }
  const read = (format: string, input: string): readonly Diagnostic[] => {
    const args = [`-f=${format}`, '-reporter=rdjsonl', '-filter-mode=nofilter', '-name=meshlint'];
    const out = execFileSync('reviewdog', args, { input, encoding: 'utf8' });
    return out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Diagnostic);
  };
  const noSuppressions = { ...sampleOptions, docs, sarif: { suppressed: 'omit' } } as const;

  it.each([
    ['rdjson', (result: LintResult) => [...reportRdjson(result)].join('')],
    ['checkstyle', (result: LintResult) => [...reportCheckstyle(result)].join('')],
    ['sarif', (result: LintResult) => [...reportSarif(result, noSuppressions)].join('')],
  ] as const)('reads %s, with the place and severity of each finding', (format, write) => {
    const result = resultOf('a mesh of hostile names');
    const diagnostics = read(format, write(result));
    expect(diagnostics.map(({ location, severity }) => [location.range.start.line, severity])).toEqual(
      result.findings.map(({ location, severity }) => [location.start.line, severity.toUpperCase()]),
    );
    if (format === 'rdjson')
      expect(diagnostics.map(({ location }) => location.path)).toEqual(result.findings.map(({ location }) => location.file));
  });
});
