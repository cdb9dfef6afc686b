import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { type LintOptions, ReadError, type Source } from './index.ts';

/** A source as an edit leaves it; `fault`: it can't be read. */
export interface Held {
  readonly text: string;
  readonly context?: boolean;
  readonly named?: boolean;
  readonly fault?: 'unreadable' | 'not-utf8';
}

export type Files = ReadonlyMap<string, Held>;

/** Makes other files of those that there are; numbers pick what is changed. */
export interface Edit {
  readonly apply: (files: Files) => Files;
  /** How a failed property shows it. */
  readonly [fc.toStringMethod]: () => string;
}

const fixtures = path.join(import.meta.dirname, '../fixtures');

function fixture(folder: string): Files {
  const root = path.join(fixtures, folder);
  return new Map(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map((file) => [file.replaceAll(path.sep, '/'), { text: readFileSync(path.join(root, file), 'utf8') }]),
  );
}

export const meshes: readonly Files[] = ['shop', 'shop-broken', 'tutorial', 'identity/gitops', 'identity/samples', 'identity/rendered'].map(
  fixture,
);

const documents: readonly string[] = meshes
  .flatMap((files) => [...files.values()])
  .flatMap(({ text }) => text.split(/^---$/m))
  .filter((text) => text.includes('kind:'));

/** Everything that decides about more than itself, in several shapes. */
const oddities: readonly string[] = [
  ...[
    'trustDomain: example.org\nrootNamespace: shop',
    'outboundTrafficPolicy: { mode: REGISTRY_ONLY }\nenableAutoMtls: false',
    'defaultVirtualServiceExportTo: ["."]\nextensionProviders:\n  - name: ext\n',
    'rootNamespace: [no, name]',
    'a: [',
  ].map(
    (mesh) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: istio, namespace: istio-system }\ndata:\n  mesh: |\n${mesh.replaceAll(/^/gm, '    ')}\n`,
  ),
  'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: { name: it }\nspec: { meshConfig: { trustDomain: other.example } }\n',
  'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: default, namespace: istio-system }\nspec: { mtls: { mode: PERMISSIVE } }\n',
  'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: nothing, namespace: shop }\nspec: {}\n',
  'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: open, namespace: istio-system }\nspec: { rules: [{}] }\n',
  'apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: { name: default, namespace: shop }\nspec: { egress: [{ hosts: ["./*"] }] }\n',
  'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: all, namespace: istio-system }\nspec: { host: "*.local", trafficPolicy: { tls: { mode: DISABLE } } }\n',
  'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: { name: out, namespace: shop }\nspec: { hosts: [out.example], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS }\n',
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: "${NAME}", namespace: shop }\nspec: { hosts: [reviews], http: [{ route: [{ destination: { host: "{{ .Values.host }}", subset: v1 } }] }] }\n',
  'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Namespace\n    metadata: { name: shop, labels: { istio-injection: disabled } }\n  - { apiVersion: v1, kind: Service, metadata: { name: reviews } }\n',
  'apiVersion: v1\nkind: Service\nmetadata: { name: &n shared, namespace: shop }\nspec: { selector: { app: *n }, ports: [{ port: 80, name: http }] }\n',
  'kind: {{ .Values.kind }}\n',
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: x\nspec:\n  hosts: [a\n',
  'some: { other: yaml }\n',
  '- 1\n- kind: Service\n',
];

const kustomizations: readonly ((names: readonly string[]) => string)[] = [
  (names) => `resources: [${names.join(', ')}]\n`,
  (names) => `resources: [${names.join(', ')}]\nnamespace: elsewhere\n`,
  (names) => `resources: [${names.slice(1).join(', ')}]\nnamePrefix: dev-\npatches: [{ path: ${names[0] ?? 'none.yaml'} }]\n`,
  (names) => `resources: [${names.slice(1).join(', ')}]\npatchesStrategicMerge: [${names[0] ?? 'none.yaml'}]\ncommonLabels: { team: a }\n`,
  (names) => `resources: [${names.join(', ')}]\npatches: [{ path: ${names[0] ?? 'none.yaml'}, target: { kind: VirtualService } }]\n`,
  () => 'kind: Component\nresources: [nowhere.yaml]\nsecretGenerator: [{ name: made }]\n',
  () => 'resources: [',
];

const at = <T>(list: readonly T[], number: number): T | undefined => list[number % Math.max(1, list.length)];

function changed(files: Files, pick: number, change: (held: Held) => Held): Files {
  const file = at([...files.keys()], pick);
  const held = file === undefined ? undefined : files.get(file);
  return file === undefined || held === undefined ? files : new Map(files).set(file, change(held));
}

/** Scalars behind `key: ` or `- `, which names, hosts, subsets, labels, modes and numbers are. */
const scalar = /(?<=(?:: |- |\[|, ))[^\s#{}[\],|>&*][^\s{}[\],]*/g;

function scalarsOf(text: string): readonly { readonly start: number; readonly text: string }[] {
  return [...text.matchAll(scalar)].map((match) => ({ start: match.index, text: match[0] }));
}

function withScalar(text: string, pick: number, value: (old: string) => string): string {
  const old = at(scalarsOf(text), pick);
  return old === undefined ? text : text.slice(0, old.start) + value(old.text) + text.slice(old.start + old.text.length);
}

function withLine(text: string, pick: number, line: (indentation: string) => string): string {
  const lines = text.split('\n');
  const index = pick % lines.length;
  const indentation = /^ */.exec(lines[index] ?? '')?.[0] ?? '';
  lines.splice(index, 0, line(indentation));
  return lines.join('\n');
}

/** A Namespace as somebody writes it into a file that has none of that name, or another one. */
function namespaceDocument(name: string, pick: number): string {
  const labels = at(['istio-injection: enabled', 'istio-injection: disabled', 'istio.io/dataplane-mode: ambient', 'a: b'], pick) ?? '';
  return `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { ${labels} } }\n`;
}

const namespaces = ['shop', 'edge', 'payments', 'warehouse', 'default', 'bookinfo'];

const cut = (text: string): readonly string[] => text.split(/^---$/m);
const join = (parts: readonly string[]): string => parts.join('---');

const number = fc.nat(10_000);

/** Like a person who edits a mesh, with every rule's material in mind; `ruleIds`: what suppressions may name. */
export function anyEdit(ruleIds: readonly string[]): fc.Arbitrary<Edit> {
  const edit = (name: string, make: (a: number, b: number, c: number, d: number) => Edit['apply']): fc.Arbitrary<Edit> =>
    fc
      .tuple(number, number, number, number)
      .map(([a, b, c, d]) => ({ apply: make(a, b, c, d), [fc.toStringMethod]: () => `${name} ${a} ${b} ${c} ${d}` }));
  const text = (name: string, make: (text: string, b: number, c: number, d: number) => string): fc.Arbitrary<Edit> =>
    edit(name, (a, b, c, d) => (files) => changed(files, a, (held) => ({ ...held, text: make(held.text, b, c, d) })));
  const scalars = documents.flatMap((document) => scalarsOf(document).map((found) => found.text));
  return fc.oneof(
    {
      weight: 6,
      arbitrary: text('another scalar of the same file', (old, b, c) => withScalar(old, b, () => at(scalarsOf(old), c)?.text ?? '')),
    },
    { weight: 6, arbitrary: text('a scalar of any file', (old, b, c) => withScalar(old, b, () => at(scalars, c) ?? '')) },
    {
      weight: 2,
      arbitrary: text('a number', (old, b, c) => withScalar(old, b, (value) => (/^\d+$/.test(value) ? String(c % 200) : value))),
    },
    { weight: 2, arbitrary: text('a placeholder', (old, b, c) => withScalar(old, b, () => at(['${X}', '"{{ .x }}"', '$(Y)'], c) ?? '')) },
    { weight: 2, arbitrary: text('a wrong type', (old, b, c) => withScalar(old, b, () => at(['{ a: 1 }', '[1]', 'null', '7'], c) ?? '')) },
    {
      weight: 2,
      arbitrary: text(
        'something is cut out',
        (old, b, c) => old.slice(0, b % (old.length + 1)) + old.slice((b % (old.length + 1)) + (c % 40)),
      ),
    },
    {
      weight: 2,
      arbitrary: text('a line is gone', (old, b) =>
        old
          .split('\n')
          .filter((_, i, lines) => i !== b % lines.length)
          .join('\n'),
      ),
    },
    { weight: 2, arbitrary: text('an empty line', (old, b) => withLine(old, b, () => '')) },
    { weight: 2, arbitrary: text('a document is gone', (old, b) => join(cut(old).filter((_, i, all) => i !== b % all.length))) },
    {
      weight: 2,
      arbitrary: text('a document is added', (old, b, c) =>
        c % 2 === 0 ? `${old}\n---\n${at(documents, b) ?? ''}` : `${at(documents, b) ?? ''}\n---\n${old}`,
      ),
    },
    { weight: 3, arbitrary: text('an oddity is added', (old, b) => `${old}\n---\n${at(oddities, b) ?? ''}`) },
    {
      weight: 3,
      arbitrary: text('a suppression', (old, b, c, d) =>
        withLine(old, b, (indentation) => {
          const how = at(['-next-line', '-line', '', '-next-line'], d) ?? '';
          return `${indentation}# meshlint-disable${how} ${at([...ruleIds, 'no-such-rule'], c) ?? ''}${d % 3 === 0 ? ' -- why not' : ''}`;
        }),
      ),
    },
    {
      weight: 1,
      arbitrary: text('an annotation', (old, b, c) =>
        old.replace(
          /^metadata:$/m,
          `metadata:\n  annotations: { meshlint.dev/ignore: "${at(ruleIds, b) ?? ''}: so", galley.istio.io/analyze-suppress: "IST01${String(c % 70).padStart(2, '0')}" }`,
        ),
      ),
    },
    {
      weight: 3,
      arbitrary: text(
        'the labels of a Namespace',
        (old, b, c) =>
          `${old}\n---\n${namespaceDocument(/kind: Namespace\nmetadata:\n {2}name: (\S+)/.exec(old)?.[1] ?? at(namespaces, b) ?? '', c)}`,
      ),
    },
    {
      weight: 3,
      arbitrary: edit('a copy that differs', (a, b, c, d) => (files) => {
        const original = at(cut(at([...files.values()], a)?.text ?? ''), b) ?? '';
        const copy = withScalar(original, c, () => at(scalars, d) ?? '');
        return changed(files, c, (held) => ({ ...held, text: `${held.text}\n---\n${copy}` }));
      }),
    },
    {
      weight: 2,
      arbitrary: edit('a document moves', (a, b, c) => (files) => {
        const from = at([...files.keys()], a) ?? '';
        const to = at([...files.keys()], b) ?? '';
        const parts = cut(files.get(from)?.text ?? '');
        const moved = at(parts, c) ?? '';
        const without = changed(files, a, (held) => ({ ...held, text: join(parts.filter((part) => part !== moved)) }));
        const target = without.get(to);
        return target === undefined ? files : new Map(without).set(to, { ...target, text: `${target.text}\n---\n${moved}` });
      }),
    },
    {
      weight: 2,
      arbitrary: edit(
        'a source is new',
        (a, b, c) => (files) =>
          new Map(files).set(`${at(['', 'shop/', 'overlays/dev/', 'base/'], a) ?? ''}new-${b % 3}.yaml`, {
            text: at([...documents, ...oddities], c) ?? '',
          }),
      ),
    },
    {
      weight: 2,
      arbitrary: edit('a source is gone', (a) => (files) => {
        const file = at([...files.keys()], a);
        return new Map([...files].filter(([key]) => key !== file));
      }),
    },
    {
      weight: 1,
      arbitrary: edit('a source is renamed', (a, b) => (files) => {
        const file = at([...files.keys()], a);
        return new Map([...files].map(([key, held]) => [key === file ? `renamed/${b % 4}.yaml` : key, held]));
      }),
    },
    {
      weight: 3,
      arbitrary: edit('a kustomization', (a, b, c) => (files) => {
        const folder = path.posix.dirname(at([...files.keys()], a) ?? '');
        const names = [...files.keys()].filter((file) => path.posix.dirname(file) === folder && !file.endsWith('kustomization.yaml'));
        const rotated = [...names.slice(b % (names.length + 1)), ...names.slice(0, b % (names.length + 1))].map((file) =>
          path.posix.basename(file),
        );
        return new Map(files).set(path.posix.join(folder, 'kustomization.yaml'), { text: at(kustomizations, c)?.(rotated) ?? '' });
      }),
    },
    {
      weight: 1,
      arbitrary: edit(
        'another way to take it',
        (a, b) => (files) =>
          changed(files, a, ({ text: old }) => ({
            text: old,
            ...at<Partial<Held>>([{}, { context: true }, { named: true }, { fault: 'unreadable' }, { fault: 'not-utf8' }], b),
          })),
      ),
    },
    {
      weight: 1,
      arbitrary: edit('the text that it had', (a, b) => (files) => {
        const original = at(meshes, b) ?? new Map<string, Held>();
        const file = at([...original.keys()], a);
        return file === undefined ? files : new Map(files).set(file, original.get(file) ?? { text: '' });
      }),
    },
  );
}

export const anyOptions: fc.Arbitrary<LintOptions> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<LintOptions>({ preset: 'all' }) },
  { weight: 3, arbitrary: fc.constant<LintOptions>({ preset: 'all', complete: true, lineHashes: true }) },
  {
    weight: 6,
    arbitrary: fc.constantFrom<LintOptions[]>(
      {},
      { preset: 'strict', complete: { namespaces: ['shop', 'edge'] }, suppressions: { requireReason: true } },
      {
        preset: 'all',
        complete: true,
        meshes: [
          { name: 'dev', paths: ['base', 'overlays/dev', 'shop', 'renamed'] },
          { name: 'prod', paths: ['base', 'components', 'overlays/prod', '*.yaml', 'shop', 'edge'], defaultNamespace: 'shop' },
        ],
      },
      { preset: 'all', namespaces: ['shop'], defaultNamespace: 'shop' },
      {
        preset: 'strict',
        overrides: [
          { paths: ['shop'], rules: { 'permissive-mtls': 'error', 'subset-not-found': 'off' } },
          { namespaces: ['edge'], rules: { 'unused-suppression': 'info' } },
        ],
      },
      {
        preset: 'all',
        suppressions: { inline: false, foreign: false },
        meshConfig: { trustDomain: 'given.example' },
        assume: { namespaces: ['shop'] },
      },
      { preset: 'recommended', complete: true, allowEmpty: true, istioVersion: '1.24' },
    ),
  },
);

/** Sources as somebody has them who counts how often they are read. */
export function sourcesOf(files: Files, onRead: (path: string) => void = () => undefined): Map<string, Source> {
  return new Map([...files].map(([file, held]) => [file, sourceOf(file, held, onRead)]));
}

function sourceOf(file: string, { text, context, named, fault }: Held, onRead: (path: string) => void): Source {
  return {
    path: file,
    ...(context === undefined ? {} : { context }),
    ...(named === undefined ? {} : { named }),
    read() {
      onRead(file);
      if (fault === 'unreadable') throw new ReadError({ kind: 'unreadable', message: 'permission denied' });
      if (fault === 'not-utf8') throw new ReadError({ kind: 'not-utf8', message: 'byte 3 is no UTF-8', text: `a\ufffd${text}`, offset: 1 });
      return text;
    },
  };
}
