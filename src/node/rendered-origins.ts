import { contentStart, splitDocuments } from '../yaml/documents.ts';
import type { DocumentSpan } from '../yaml/value.ts';

/**
 * What a document was made of. `helm`: the path of a template, which begins with the name of its chart. `kustomize`: a path relative to the
 * folder that was built.
 */
export interface RenderedOrigin {
  readonly kind: 'helm' | 'kustomize';
  readonly path: string;
}

export interface RenderedDocument {
  readonly span: DocumentSpan;
  readonly origin: RenderedOrigin | undefined;
}

const sourceComment = '# Source: ';
const originAnnotation = 'config.kubernetes.io/origin:';

/**
 * The documents of a text with what they were made of; undefined where nothing in it says so.
 * Sources: Helm writes `# Source:` above each manifest (pkg/cmd/template.go); Kustomize's `buildMetadata: [originAnnotations]`
 * (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/buildmetadata/).
 */
export function renderedDocuments(text: string): readonly RenderedDocument[] | undefined {
  if (!text.includes(sourceComment) && !text.includes(originAnnotation)) return undefined;
  return splitDocuments(text).map((span) => ({ span, origin: helmOrigin(text, span) ?? kustomizeOrigin(text, span) }));
}

/** Of the first line that is not blank: Helm's own comment stands above those of the template. */
function helmOrigin(text: string, { start, end }: DocumentSpan): RenderedOrigin | undefined {
  const head = text.slice(start, contentStart(text, start, end));
  const first = head.split(/\r\n|[\r\n]/).find((line) => line.trim() !== '');
  return first?.startsWith(sourceComment) === true ? { kind: 'helm', path: first.slice(sourceComment.length).trim() } : undefined;
}

/** The file; of what a generator made, the file that says so. What came from another repository is not here. */
function kustomizeOrigin(text: string, { start, end }: DocumentSpan): RenderedOrigin | undefined {
  const at = text.indexOf(originAnnotation, start);
  if (at === -1 || at >= end) return undefined;
  const indent = at - text.lastIndexOf('\n', at) - 1;
  const fields = new Map<string, string>();
  for (const line of text
    .slice(at, Math.min(end, at + 4096))
    .split('\n')
    .slice(1)) {
    if (line.length - line.trimStart().length <= indent) break;
    const [, key, value] = /^\s+(path|repo|configuredIn): (.*)$/.exec(line.trimEnd()) ?? [];
    if (key !== undefined && value !== undefined) fields.set(key, value);
  }
  const path = fields.get('path') ?? fields.get('configuredIn');
  return path === undefined || fields.has('repo') ? undefined : { kind: 'kustomize', path };
}
