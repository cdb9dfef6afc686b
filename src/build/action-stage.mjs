/** What the scripts that prove the built Action have in common: a place of its own, where nothing is installed beside it, and a tally. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { step } from './action-runner.mjs';
import { put } from './workspaces.mjs';

export const root = path.resolve(import.meta.dirname, '../..');
export const folder = mkdtempSync(path.join(tmpdir(), 'meshlint-'));
export const action = path.join(folder, 'action');
cpSync(path.join(root, 'dist'), path.join(action, 'dist'), { recursive: true });
cpSync(path.join(root, 'action.yml'), path.join(action, 'action.yml'));

let failures = 0;
export function check(what, holds, detail = '') {
  if (!holds) failures += 1;
  console.log(`${holds ? 'ok    ' : 'FAILED'}  ${what}${holds || detail === '' ? '' : `\n${detail}`}`);
}

export function done() {
  rmSync(folder, { recursive: true });
  console.log(`Node ${process.versions.node}: ${failures === 0 ? 'all as it should be' : `${failures} failed`}`);
  process.exitCode = failures === 0 ? 0 : 1;
}

/** One step in a workspace of its own with these files, or in the repository without any. */
export function run(
  inputs,
  { files, workspace = files === undefined ? root : mkdtempSync(path.join(folder, 'workspace-')), ...options } = {},
) {
  put(workspace, files ?? {});
  return { workspace, ...step(action, inputs, { workspace, ...options }) };
}

export const titles = ({ annotations }) =>
  annotations.map(({ name, properties }) => `${name} ${properties.title ?? ''}`.replace('%3A ', ': '));
export const counts = ({ outputs: { 'exit-code': code, total, errors, warnings, infos } }) =>
  [code, total, errors, warnings, infos].join(' ');
