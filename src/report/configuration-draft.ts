import { projectUrl } from '../rule/project.ts';
import { plural } from './counts.ts';

export interface Draft {
  /** None: all files are one mesh. */
  readonly meshes: readonly { readonly name: string; readonly paths: readonly string[] }[];
  /** The files that hold manifests. */
  readonly files: readonly string[];
}

/** Folders that are named; more say nothing. */
const mostFolders = 5;

/** A first meshlint.yaml: what is needed, and what most add next. */
export function configurationDraft({ meshes, files }: Draft): string {
  return `# yaml-language-server: $schema=${projectUrl}/raw/main/schemas/config.schema.json
# What meshlint is to know of the manifests here: ${plural(files.length, 'file')}${places(files)}.

# The rules that are on: recommended (what is wrong, or almost surely so), strict (hardening and hygiene too) or all.
preset: recommended
${meshes.length === 0 ? oneMesh : severalMeshes(meshes)}`;
}

const oneMesh = `
# Are these files the whole mesh? Then what they do not define does not exist, and every name that leads nowhere is found.
# complete: true
`;

function severalMeshes(meshes: Draft['meshes']): string {
  const lines = meshes.flatMap(({ name, paths }) => [
    `  - name: ${scalar(name)}`,
    `    paths: [${paths.map(pattern).map(scalar).join(', ')}]`,
  ]);
  return `
# Some resources are defined differently in different places, so these are several meshes. Each is looked at by itself; a file may be in more than
# one. With "complete: true" beside its paths a mesh is taken as whole: what its files do not define does not exist.
meshes:
${lines.join('\n')}
`;
}

function places(files: readonly string[]): string {
  const tops = [...new Set(files.map((file) => (file.includes('/') ? `${file.slice(0, file.indexOf('/'))}/` : '')))];
  const folders = tops.filter((top) => top !== '').map((folder) => JSON.stringify(folder).slice(1, -1));
  if (folders.length === 0 || folders.length > mostFolders) return '';
  return ` in ${[...folders, ...(tops.includes('') ? ['this folder'] : [])].join(', ')}`;
}

/** What stands for other characters in a glob stands for one here. */
function pattern(path: string): string {
  return path.replace(/[*?[\]{}]/g, '?');
}

function scalar(text: string): string {
  return /^[A-Za-z./][\w./-]*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text) ? text : JSON.stringify(text);
}
