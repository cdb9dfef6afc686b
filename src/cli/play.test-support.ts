import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { LintOptions } from '../engine/options.ts';
import { lint, rules } from '../index.ts';
import type { Output } from '../node/output.ts';
import { temporaryFolder, type TemporaryFolder } from '../node/temporary-folder.ts';
import type { Source } from '../text/source.ts';
import { run } from './run.ts';

const folders: TemporaryFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly sources: readonly Source[];
  readonly options: LintOptions;
  /** The files directly in the current folder, afterwards. */
  readonly folder: Readonly<Record<string, string>>;
}

/** Runs a command line for real, in a folder of its own, or in one below it. */
export async function play(
  argv: readonly string[],
  files: Parameters<typeof temporaryFolder>[0],
  stdin = '',
  below = '',
): Promise<Outcome> {
  const folder = temporaryFolder(files);
  folders.push(folder);
  const text = { stdout: '', stderr: '' };
  const sources: Source[] = [];
  let options: LintOptions = {};
  const output = (name: 'stdout' | 'stderr'): Output => ({
    isTerminal: () => false,
    write(more) {
      text[name] += more;
      return true;
    },
  });
  const code = await run(argv, {
    cwd: join(folder.path, below),
    env: {},
    stdin: { isTerminal: () => false, read: () => stdin },
    stdout: output('stdout'),
    stderr: output('stderr'),
    lint(given, settings) {
      sources.push(...given);
      options = settings;
      return lint(sources, settings);
    },
    openSession: () => Promise.reject(new Error('nothing is watched here')),
    loadRules: () => Promise.resolve(rules),
    loadDocs: () => Promise.resolve(new Map()),
  });
  return {
    code,
    ...text,
    sources,
    options,
    get folder() {
      return filesIn(join(folder.path, below));
    },
  };
}

function filesIn(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** A policy that is reported on, at its mode. */
export const policy = (namespace: string, name = 'default'): string => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${namespace} }
spec: { mtls: { mode: PERMISSIVE } }
`;
