/** The project's address and the domain of its annotations, each in this one place. */
export const projectUrl = 'https://github.com/meshlint/meshlint';
export const annotationDomain = 'meshlint.dev';

/** The permanent address of a rule's page; empty for a rule of one's own without one. */
export function ruleUrl({ id, url }: { readonly id: string; readonly url?: string }): string {
  return url ?? `${projectUrl}/blob/main/docs/rules/${id}.md`;
}
