import { chmodSync, closeSync, openSync, realpathSync, renameSync, statSync, type Stats, unlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../engine/options.ts';
import { writeAll } from './descriptors.ts';
import { codeOf, quote } from './messages.ts';

const chunkLength = 256 * 1024;

/**
 * The absolute paths of files that reports go to, as the user wrote them. Throws a UsageError where one can't be written, where two are the same
 * file, and where a report would take the place of something else: of one of the `kept` files (absolute), or of a manifest.
 */
export function checkReportFiles(files: readonly string[], cwd: string, kept: Iterable<string>): readonly string[] {
  const keptFiles = new Set(Array.from(kept, realPath));
  const seen = new Map<string, string>();
  return files.map((shown) => {
    const path = resolve(cwd, shown);
    checkReportFile(path, shown);
    const real = realPath(path);
    const other = seen.get(real);
    if (other !== undefined && look(path)?.isFile() !== false)
      throw new UsageError(`two reports go to the same file: ${quote(other)} and ${quote(shown)}`);
    seen.set(real, shown);
    const stats = look(path);
    if (keptFiles.has(real) || (/\.ya?ml$/i.test(path) && stats?.isFile() === true && stats.size > 0))
      throw new UsageError(`${quote(shown)} is there already, and is no report`, 'a report would take its place; give it another name');
    return path;
  });
}

/** Where links lead, of a file that is not there yet as well. */
function realPath(path: string): string {
  const target = followed(path);
  return target === path ? join(followed(dirname(path)), basename(path)) : target;
}

/**
 * Throws a UsageError when a report could not be written there at all: its folder does not exist, or it is a folder itself.
 * `shown` is the path as the user wrote it.
 */
export function checkReportFile(path: string, shown: string): void {
  if (look(path)?.isDirectory() === true) throw new UsageError(`${quote(shown)} is a folder; a report is written to a file`);
  const folder = look(dirname(path));
  if (folder === undefined) throw new UsageError(`${quote(shown)} can't be written: ${quote(dirname(shown))} does not exist`);
  if (!folder.isDirectory()) throw new UsageError(`${quote(shown)} can't be written: ${quote(dirname(shown))} is not a folder`);
}

/**
 * Writes a file as a whole or not at all: who reads it meanwhile sees the old one. Pipes and devices (/dev/stderr), and files in
 * folders where no other can be made or put in their place, are written to as they are. Throws the system's error.
 */
export function writeReportFile(path: string, report: () => Iterable<string>): void {
  const target = followed(path);
  const before = look(target);
  if (before === undefined || before.isFile()) {
    try {
      replaceFile(target, before, report());
      return;
    } catch (error) {
      if (before === undefined || !inPlace.has(codeOf(error) ?? '')) throw error;
    }
  }
  writeTo(openSync(target, 'w'), report());
}

/** A folder that is not ours, a file that is mounted on its own. */
const inPlace: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV']);

function replaceFile(target: string, before: Stats | undefined, report: Iterable<string>): void {
  const temporary = join(
    dirname(target),
    `.${basename(target).slice(0, 200)}.${String(process.pid)}-${Math.random().toString(36).slice(2)}.tmp`,
  );
  const fd = openSync(temporary, 'wx', 0o666);
  try {
    writeTo(fd, report);
    if (before !== undefined) chmodSync(temporary, before.mode & 0o7777);
    renameSync(temporary, target);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
}

function writeTo(fd: number, report: Iterable<string>): void {
  try {
    let pending = '';
    for (const text of report) {
      pending += text;
      if (pending.length < chunkLength) continue;
      writeAll(fd, pending);
      pending = '';
    }
    writeAll(fd, pending);
  } finally {
    closeSync(fd);
  }
}

/** Where a link leads, so that the link itself stays. */
function followed(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    // Not there yet.
    return path;
  }
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // Writing will say why.
    return undefined;
  }
}
