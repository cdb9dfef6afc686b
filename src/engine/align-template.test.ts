import { describe, expect, it } from 'vitest';
import { TemplateAligner } from './align-template.ts';

/** The line that a text in a rendered document is found at, with the found part in «»; `~` where that is approximate. */
function find(template: string, rendered: string, text: string, nth = 1): string {
  let start = -1;
  for (let i = 0; i < nth; i += 1) start = rendered.indexOf(text, start + 1);
  const { range, exact } = new TemplateAligner(template).align(rendered, { start, end: start + text.length });
  const before = template.slice(template.lastIndexOf('\n', range.start - 1) + 1, range.start);
  const line = template.slice(0, range.start).split('\n').length;
  return `${exact ? '' : '~'}${String(line)}: ${before.trimStart()}«${template.slice(range.start, range.end)}»`;
}

describe('a line is found exactly', () => {
  it('where it is written as it was rendered', () => {
    expect(find('a:\n  b: 1 # why\n', 'a:\n  b: 1 # why\n', '1')).toBe('2: b: «1»');
  });

  it('where an action makes a part of it', () => {
    expect(find('a: x-{{ .b }}.svc\n', 'a: x-y.svc\n', 'x-y.svc')).toBe('1: a: «x-{{ .b }}.svc»');
    expect(find('{{ .k }}: 1\n', 'key: 1\n', 'key')).toBe('1: «{{ .k }}»');
    expect(find('a: {{ .b | quote }}\n', 'a: "b: c"\n', '"b: c"')).toBe('1: a: «{{ .b | quote }}»');
  });

  it('by the keys that lead to it', () => {
    expect(find('a:\n  c: 1\nb:\n  c: 1\n', 'a:\n  c: 1\nb:\n  c: 1\n', '1', 2)).toBe('4: c: «1»');
    expect(find('a:\n- c: 1\nb:\n  - c: 1\n', 'a:\n  - c: 1\nb:\n- c: 1\n', '1', 2)).toBe('4: - c: «1»');
  });

  it('by what stands beside it in an item of a list', () => {
    const template = 'l:\n  - n: a\n    w: 1\n  - n: {{ .b }}\n    v: 2\n    w: 1\n';
    expect(find(template, 'l:\n  - n: a\n    w: 1\n  - n: b\n    v: 2\n    w: 1\n', '1', 2)).toBe('6: w: «1»');
  });

  it('by the number of its item, where none can have come or gone', () => {
    const list = 'l:\n  - w: 1\n  - w: 1\n  - w: 1\n';
    expect(find(`${list}x: {{ .x }}\n`, `${list}x: y\n`, '1', 3)).toBe('4: - w: «1»');
  });

  it('in a loop, whichever time', () => {
    const template = 'l:\n{{- range .l }}\n  - w: {{ .w }}\n    v: x\n{{- end }}\n';
    expect(find(template, 'l:\n  - w: 1\n    v: x\n  - w: 2\n    v: x\n', 'x', 2)).toBe('4: v: «x»');
  });

  it('in the section of its kind and name', () => {
    const template =
      'kind: A\nmetadata:\n  name: {{ .a }}-x\nv: 1\n---\nkind: A\nmetadata:\n  name: {{ .a }}-y\nv: 1\n---\nkind: B\nv: 1\n';
    expect(find(template, 'kind: A\nmetadata:\n  name: z-y\nv: 1\n', '1')).toBe('9: v: «1»');
    expect(find(template, '# of no name\nkind: B\nv: 1\n', '1')).toBe('12: v: «1»');
  });

  it('with the line ends of Windows', () => {
    expect(find('a: {{ .b }}\r\nc: 1\r\n', 'a: b\r\nc: 1\r\n', '1')).toBe('2: c: «1»');
  });

  it('in the text of a block scalar', () => {
    expect(find('a: |\n  x: 1\n  y: {{ .y }}\nx: 1\n', 'a: |\n  x: 1\n  y: 2\nx: 1\n', 'x: 1')).toBe('2: «x: 1»');
  });
});

describe('a line is approximate', () => {
  it('where two branches can have made it', () => {
    const template = 'a:\n  {{- if .x }}\n  b: 1\n  {{- else }}\n  b: {{ .y }}\n  {{- end }}\n';
    expect(find(template, 'a:\n  b: 1\n', '1')).toMatch(/^~3: b: «1»/);
    expect(find(template, 'a:\n  b: 2\n', '2')).toBe('5: b: «{{ .y }}»');
  });

  it('where conditions may have left out an item', () => {
    const template = 'l:\n  {{- if .x }}\n  - w: 1\n  {{- end }}\n  {{- if .y }}\n  - w: 1\n  {{- end }}\n';
    expect(find(template, 'l:\n  - w: 1\n', '1')).toMatch(/^~3/);
  });

  it('where an action may have made the same', () => {
    const template = 'l:\n  - w: 1\n  {{- toYaml .l | nindent 2 }}\n';
    expect(find(template, 'l:\n  - w: 1\n  - w: 1\n', '1', 2)).toMatch(/^~/);
    expect(find(template, 'l:\n  - w: 1\n  - w: 2\n', '2')).toBe('~3: «{{- toYaml .l | nindent 2 }}»');
  });

  it('where an include made it, at the include', () => {
    const template = 'a: 1\nspec:\n  {{- include "x" . | nindent 2 }}\nb: 2\n';
    expect(find(template, 'a: 1\nspec:\n  c:\n    d: 3\nb: 2\n', '3')).toBe('~3: «{{- include "x" . | nindent 2 }}»');
    expect(find('{{- include "all" . }}\n', 'a: 1\n', '1')).toBe('~1: «{{- include "all" . }}»');
  });

  it('where the template has changed since', () => {
    expect(find('a:\n  b: 1\n  x: {{ .x }}\n', 'a:\n  b: 2\n  x: y\n', '2')).toMatch(/^~2/);
    expect(find('{{ .x }}', 'a: 2\n', '2')).toMatch(/^~1/);
    expect(find('', 'a: 2\n', '2')).toBe('~1: «»');
  });

  it('for a text of any size, soon', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `  - w: ${String(i % 7)}\n`).join('');
    const started = performance.now();
    expect(find(`l:\n${many}x: {{ .x }}\n`, `l:\n${many}x: y\n`, '5', 9)).toMatch(/^~63: - w: «5»$/);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('for a template with actions and comments that nothing closes, soon', () => {
    for (const open of ['{{ ', '{{/* ', '{{ /*/', '{{ x }}']) {
      const many = open.repeat(Math.floor(500_000 / open.length));
      expect(find(`a: 1\nb: 2 # ${many}\n`, 'a: 1\nb: 2\n', '1')).toMatch(/^~?1: a: «1»$/);
    }
  });
});
