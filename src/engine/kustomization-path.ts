const fileNames: ReadonlySet<string> = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization']);

/** Whether Kustomize would take a file of that name for one of its own. */
export function isKustomizationPath(path: string): boolean {
  return fileNames.has(path.slice(path.lastIndexOf('/') + 1));
}
