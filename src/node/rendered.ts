import { ManifestAligner } from '../engine/align-manifest.ts';
import { type Aligned, TemplateAligner } from '../engine/align-template.ts';
import { compareFindings } from '../engine/findings.ts';
import type { Finding, LintResult, Location, RelatedLocation } from '../rule/finding.ts';
import { createLines, type Lines } from '../text/lines.ts';
import { lineHashes } from '../text/line-hash.ts';
import type { Range } from '../text/range.ts';
import type { Source } from '../text/source.ts';
import { library } from '../yaml/library.ts';
import type { DocumentSpan } from '../yaml/value.ts';
import { type RenderedDocument, renderedDocuments, type RenderedOrigin } from './rendered-origins.ts';
import { type TemplateFile, TemplateFiles } from './template-files.ts';

interface RenderedStream {
  readonly text: string;
  readonly documents: readonly RenderedDocument[];
  readonly origins: readonly RenderedOrigin[];
}

/**
 * Moves findings in what `helm template` or `kustomize build` has written to the templates and manifests that it was made of, where their
 * files are at hand. `streams` are the sources that such text may come from; their `read` must be repeatable.
 */
export function mapRendered(result: LintResult, streams: readonly Source[], cwd: string): LintResult {
  const rendered = new Map<string, RenderedStream>();
  for (const stream of streams) {
    if (
      !result.findings.some(({ location, related }) =>
        [location, ...related.map((place) => place.location)].some(({ file }) => file === stream.path),
      )
    )
      continue;
    const read = readRendered(stream);
    if (read !== undefined) rendered.set(stream.path, read);
  }
  if (rendered.size === 0) return result;
  const mapper = new RenderedMapper(rendered, cwd);
  return { ...result, findings: result.findings.map((finding) => mapper.finding(finding)).sort(compareFindings) };
}

/**
 * The template or manifest that a document of a stream was made of, where its file is at hand. A stream is read when it is first asked for; its
 * `read` must be repeatable.
 */
export function templatePathsOf(streams: readonly Source[], cwd: string): (path: string, document: number) => string | undefined {
  const files = new TemplateFiles(cwd);
  const rendered = new Map<string, RenderedStream | undefined>();
  return (path, document) => {
    const source = streams.find((stream) => stream.path === path);
    if (source === undefined) return undefined;
    if (!rendered.has(path)) rendered.set(path, readRendered(source));
    const stream = rendered.get(path);
    const origin = stream?.documents[document]?.origin;
    return stream === undefined || origin === undefined ? undefined : files.find(origin, stream.origins)?.shown;
  };
}

function readRendered(stream: Source): RenderedStream | undefined {
  const text = stream.read();
  const documents = renderedDocuments(text);
  return documents === undefined ? undefined : { text, documents, origins: documents.flatMap(({ origin }) => origin ?? []) };
}

class RenderedMapper {
  readonly #rendered: ReadonlyMap<string, RenderedStream>;
  readonly #files: TemplateFiles;
  readonly #views = new Map<TemplateFile, FileView>();

  constructor(rendered: ReadonlyMap<string, RenderedStream>, cwd: string) {
    this.#rendered = rendered;
    this.#files = new TemplateFiles(cwd);
  }

  finding(finding: Finding): Finding {
    const location = this.#location(finding.location);
    const related: RelatedLocation[] = finding.related.map((place) => ({ ...place, location: this.#location(place.location) }));
    if (location.file === finding.location.file) return { ...finding, location, related };
    if (location.lines[0]?.trim() !== finding.location.lines[0]?.trim())
      related.unshift({ message: 'rendered to this', location: finding.location });
    // An edit is one of the rendered text.
    const { fix: _, ...rest } = finding;
    return { ...rest, location, related };
  }

  #location(location: Location): Location {
    const stream = this.#rendered.get(location.file);
    const document = stream?.documents.find(({ span }) => location.range.start >= span.start && location.range.start <= span.end);
    if (stream === undefined || document?.origin === undefined) return location;
    const file = this.#files.find(document.origin, stream.origins);
    if (file === undefined) return { ...location, renderedFrom: document.origin.path };
    let view = this.#views.get(file);
    if (view === undefined) this.#views.set(file, (view = new FileView(file)));
    return view.locate(stream.text, document.span, location);
  }
}

/** One file while places in it are looked up. */
class FileView {
  readonly #file: TemplateFile;
  readonly #lines: Lines;
  readonly #hashes: (line: number) => string;
  readonly #align: (rendered: string, span: DocumentSpan, place: Range) => Aligned;

  constructor(file: TemplateFile) {
    this.#file = file;
    this.#lines = createLines(file.text);
    this.#hashes = lineHashes(file.text);
    if (file.text.includes('{{')) {
      const aligner = new TemplateAligner(file.text);
      this.#align = (rendered, { start, end }, place) =>
        aligner.align(rendered.slice(start, end), { start: place.start - start, end: place.end - start });
    } else {
      const aligner = new ManifestAligner(file.text, library);
      this.#align = (rendered, span, place) => aligner.align(rendered, span, place);
    }
  }

  locate(rendered: string, span: DocumentSpan, { range, lineHash, approximate }: Location): Location {
    const aligned = this.#align(rendered, span, range);
    const start = this.#lines.position(aligned.range.start);
    return {
      file: this.#file.shown,
      start,
      end: this.#lines.position(aligned.range.end),
      range: aligned.range,
      lines: [this.#lines.text(start.line)],
      ...(lineHash === undefined ? {} : { lineHash: this.#hashes(start.line) }),
      ...(aligned.exact && approximate !== true ? {} : { approximate: true }),
    };
  }
}
