import { chmodSync, closeSync, openSync, realpathSync, renameSync, statSync, type Stats, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../engine/options.ts';
import { writeAll } from './descriptors.ts';
import { codeOf, quote } from './messages.ts';

const chunkLength = 256 * 1024;

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
