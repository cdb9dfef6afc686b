import { type Doubt, doubtReasons } from '../model/doubt.ts';
import type { ModelKind } from '../model/kinds.ts';
import type { Range } from '../text/range.ts';
import type { Path, Value } from '../yaml/value.ts';

/** What begins a placeholder of envsubst and Flux, Helm and other Go templates, Kustomize and Kubernetes, ERB, Jinja. */
const marks = ['${', '{{', '$(', '<%', '{%'];

/**
 * Whether parts of a text hold the beginning of a placeholder, for parts that are asked for in their order: each mark is looked for once over
 * the whole text, so that nearly all documents cost nothing.
 */
export class PlaceholderMarks {
  readonly #text: string;
  readonly #next: number[];

  constructor(text: string) {
    this.#text = text;
    this.#next = marks.map((mark) => indexOf(text, mark, 0));
  }

  within({ start, end }: Range): boolean {
    let found = false;
    for (const [i, mark] of marks.entries()) {
      let at = this.#next[i] ?? Infinity;
      if (at < start) {
        at = indexOf(this.#text, mark, start);
        this.#next[i] = at;
      }
      found ||= at < end;
    }
    return found;
  }
}

function indexOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? Infinity : at;
}

const shellLike = /\$\{[^{}]*\}|\$\([A-Za-z_][\w.-]*\)/;
const enclosing = [
  ['{{', '}}'],
  ['<%', '%>'],
  ['{%', '%}'],
] as const;

/** Whether a text has a whole placeholder in it. */
export function isPlaceholder(text: string): boolean {
  if (text.includes('$') && shellLike.test(text)) return true;
  return enclosing.some(([open, close]) => {
    const at = text.indexOf(open);
    return at !== -1 && text.includes(close, at + open.length);
  });
}

/** Paths where text in braces is meant as it stands; `*` is any step, and all that lies below is meant too. */
const literal: { readonly [K in ModelKind]?: readonly Path[] } = {
  EnvoyFilter: [['spec', 'configPatches', '*', 'patch', 'value']],
  WasmPlugin: [
    ['spec', 'pluginConfig'],
    ['spec', 'vmConfig', 'env'],
  ],
  TrafficExtension: [
    ['spec', 'lua', 'inlineCode'],
    ['spec', 'wasm', 'pluginConfig'],
    ['spec', 'wasm', 'vmConfig', 'env'],
  ],
  // CEL, and formats of access logs and tags.
  Telemetry: [
    ['spec', 'accessLogging', '*', 'filter'],
    ['spec', 'metrics', '*', 'overrides', '*', 'tagOverrides'],
    ['spec', 'tracing', '*', 'customTags'],
  ],
  ProxyConfig: [['spec', 'environmentVariables']],
  VirtualService: [['spec', 'http', '*', 'directResponse', 'body']],
  ConfigMap: [['data']],
};

/** Annotations hold templates of other tools; of those that decide something a value that is nothing but a placeholder is one. */
const wholePlaceholder = /^\s*(?:\$\{[^{}]*\}|\$\([\w.-]*\)|\{\{[^{}]*\}\}|<%[^%]*%>)\s*$/;

/** Fields and labels that say nothing about a mesh, and are placeholders more often than anything else. */
const irrelevant: ReadonlySet<string | number | undefined> = new Set(['image', 'helm.sh/chart', 'app.kubernetes.io/version']);

function isLiteral(kind: ModelKind, path: Path, text: string): boolean {
  if (irrelevant.has(path.at(-1))) return true;
  if (path.includes('annotations')) return !wholePlaceholder.test(text);
  return literal[kind]?.some((pattern) => pattern.every((step, i) => step === '*' || step === path[i])) === true;
}

/** The scalars (and keys) of a resource that are placeholders, where text in braces is not meant as it stands. */
export function placeholdersIn(kind: ModelKind, value: Value): readonly Doubt[] {
  const found: Doubt[] = [];
  const visit = (inner: Value, path: Path): void => {
    if (typeof inner === 'string') {
      if (isPlaceholder(inner) && !isLiteral(kind, path, inner)) found.push({ path, reason: doubtReasons.placeholder });
    } else if (Array.isArray(inner)) {
      for (const [i, item] of inner.entries()) visit(item as Value, [...path, i]);
    } else if (typeof inner === 'object' && inner !== null) {
      for (const [key, child] of Object.entries(inner)) {
        const at = [...path, key];
        if (isPlaceholder(key) && !isLiteral(kind, at, key)) found.push({ path: at, reason: doubtReasons.placeholder });
        else visit(child, at);
      }
    }
  };
  visit(value, []);
  return found;
}
