/** The project's address and the domain of its annotations, each in this one place. */
export const projectUrl = 'https://github.com/meshlint/meshlint';
export const annotationDomain = 'meshlint.dev';

/** The permanent address of a rule's page. */
export function ruleUrl(id: string): string {
  return `${projectUrl}/blob/main/docs/rules/${id}.md`;
}
