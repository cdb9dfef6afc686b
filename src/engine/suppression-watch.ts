import { annotationDomain } from '../rule/project.ts';
import type { Source } from '../text/source.ts';

export const annotations = {
  own: `${annotationDomain}/ignore`,
  istioctl: 'galley.istio.io/analyze-suppress',
  kiali: 'kiali.io/ignore-validations',
} as const;
export const directive = 'meshlint-disable';

/**
 * Sees in passing which sources may hold suppressions, so that nothing of them is loaded where there are none. A text is looked at when it is
 * read again, because something is reported in it; with `always` when it is read at all.
 */
export class SuppressionWatch {
  readonly #always: boolean;
  readonly #marked = new Set<Source>();

  constructor(always: boolean) {
    this.#always = always;
  }

  /** Those whose text has the mark of a suppression. */
  get marked(): ReadonlySet<Source> {
    return this.#marked;
  }

  watch(source: Source): Source {
    if (source.context === true) return source;
    let again = this.#always;
    const watched: Source = {
      path: source.path,
      ...(source.named === undefined ? {} : { named: source.named }),
      read: () => {
        const text = source.read();
        if (again && hasMark(text)) this.#marked.add(watched);
        again = true;
        return text;
      },
    };
    return watched;
  }
}

export function hasMark(text: string): boolean {
  return (
    text.includes(directive) || text.includes(annotations.own) || text.includes(annotations.istioctl) || text.includes(annotations.kiali)
  );
}
