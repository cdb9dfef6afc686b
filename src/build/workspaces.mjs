/** Folders for the Action to work in. For end-to-end-action.mjs. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes files by their paths. */
export function put(workspace, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
    writeFileSync(path.join(workspace, name), text);
  }
}

/** Runs git in a folder. */
export function git(workspace, ...args) {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', ['-C', workspace, ...who, ...args], { encoding: 'utf8' });
}

/** A repository in a new folder: the branch `base` has the first files, and what is checked out the second as well. */
export function repository(folder, base, change) {
  const workspace = mkdtempSync(path.join(folder, 'repository-'));
  git(workspace, 'init', '-q', '-b', 'base');
  for (const files of [base, change]) {
    put(workspace, files);
    git(workspace, 'add', '-A', '-f');
    git(workspace, 'commit', '-qm', 'mesh');
    if (files === base) git(workspace, 'checkout', '-qb', 'change');
  }
  return workspace;
}

/** A route to a subset, and a DestinationRule that defines another one. */
export const subset = (name) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: a\nspec:\n  hosts:\n    - a\n  http:\n    - route:\n        - destination:\n            host: a\n            subset: ${name}\n---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: a\nspec:\n  host: a\n  subsets:\n    - name: v1\n      labels:\n        version: v1\n`;
export const policy = (name, mode = 'PERMISSIVE') =>
  `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  mtls:\n    mode: ${mode}\n`;
