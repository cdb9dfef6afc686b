import { describe, expect, it } from 'vitest';
import { splitDocuments } from './documents.ts';
import { readHead } from './head.ts';

function headOf(text: string) {
  const [span] = splitDocuments(text);
  return readHead(text, span ?? { start: 0, end: text.length });
}

describe('the head of a document', () => {
  it.each([
    'apiVersion: v1\nkind: Service\n',
    '# c\n\nkind: Service\nmetadata:\n  name: x\n  kind: Other\napiVersion: v1',
    'apiVersion: "v1"\nkind: \'Service\' # c\n',
    '"apiVersion": v1\n\'kind\' : Service   # c\n',
    '  apiVersion: v1\n  kind: Service\n',
    'apiVersion: v1\r\nkind: Service\r\n',
    '---\napiVersion: v1\nkind: Service\n---\nkind: Other\n',
    '{"apiVersion": "v1", "kind": "Service"}',
    '{\n\t"items": [{"kind": "Other", "text": "}\\"]"}],\n\t"kind": "Service",\n\t"apiVersion": "v1"\n}',
    '{kind: Service, note: it\'s "}", apiVersion: v1}',
    '{ # {kind: Other}\n kind: Service # c\n, apiVersion: v1}',
    'data: |\n  kind: Other\nkind: Service\napiVersion: v1\n',
    'kind:\tService\napiVersion: v1\n',
  ])('is found in %j', (text) => {
    expect(headOf(text)).toEqual({ apiVersion: 'v1', kind: 'Service', unsure: false, template: false });
  });

  it.each([
    'a: 1\n',
    'kinds: Service\n',
    '- kind: Service\n',
    'text\n',
    '{"a": {"kind": "Service"}}',
    '[{"kind": "Service"}]',
    'a:\n  kind: Service\n',
  ])('is surely absent in %j', (text) => {
    expect(headOf(text)).toEqual({ apiVersion: undefined, kind: undefined, unsure: false, template: false });
  });

  it.each([
    '<<: *base\nname: x\n',
    '&all\nkind: Service\napiVersion: v1',
    'kind: *kind\napiVersion: v1\n',
    'kind: &kind Service\napiVersion: v1\n',
    'kind: |\n  Service\napiVersion: v1\n',
    'kind:\n  Service\napiVersion: v1\n',
    'kind: "Serv\\u0069ce"\napiVersion: v1\n',
    '? kind\n: Service\napiVersion: v1',
    'kind: Service\rapiVersion: v1\r',
    '%YAML 1.2\n---\nname: x\n',
    '--- !!map\nname: x\n',
    '{"kind": "Serv\\u0069ce", "apiVersion": "v1"}',
  ])('is unsure in %j', (text) => {
    expect(headOf(text).unsure).toBe(true);
  });

  it('reads the first of two, and nothing of the next document', () => {
    expect(headOf('kind: A\nkind: B\n---\napiVersion: v1\n')).toMatchObject({ kind: 'A', apiVersion: undefined, unsure: false });
  });

  it('takes linear time for many documents without one', () => {
    for (const text of ["kind: 'x\na: b\n---\n", '"x\n---\n', '{"a\n---\n', 'a: b\n---\n']) {
      const stream = text.repeat(100_000);
      const begin = performance.now();
      for (const span of splitDocuments(stream)) readHead(stream, span);
      expect(performance.now() - begin).toBeLessThan(3000);
    }
  });
});

describe('a template', () => {
  it.each([
    'host: {{ .Values.host }}\n',
    '{{- if .Values.on }}\nkind: Service\n{{- end }}\n',
    'a: x-{{ y }}\n',
    '{% for x in y %}\na: b\n{% endfor %}\n',
    'a: <%= x %>\n',
    '%{ if x }\na: b\n',
    'text: |\n  {{ literal }}\nhost: {{ x }}\n',
    "a: it's\nb: {{ x }}\n",
    'a: "x # {{ y }}" {{ z }}\n',
    '{ "a": {{ b }} }',
  ])('is recognised in %j', (text) => {
    expect(headOf(text).template).toBe(true);
  });

  it.each([
    'host: "{{ .Values.host }}"\n',
    "host: '{{ .Values.host }}'\n",
    'host: ${HOST}\n',
    '# {{ x }}\na: b # {{ y }}\n',
    'a: "x\n  {{ y }}"\n',
    'summary: >-\n\n  {{ $labels.instance }} is down\n',
    'steps:\n  - |\n    {{ x }}\n  - b\n',
    "a: 'it''s {{ x }}'\n",
    'a: "\\" {{ x }}"\n',
    '{"a": {"b": {}}}\n',
    'format: "%{x}"\n',
  ])('is not suspected in %j', (text) => {
    expect(headOf(text).template).toBe(false);
  });
});
