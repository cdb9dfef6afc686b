import { join } from 'node:path';
import { afterEach } from 'vitest';
import { docs } from '../../rules/docs.ts';
import type { LintOptions } from '../engine/options.ts';
import { lint, rules } from '../index.ts';
import type { Output } from '../node/output.ts';
import { temporaryFolder, type TemporaryFolder } from '../node/temporary-folder.ts';
import type { LintResult } from '../rule/finding.ts';
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
  /** Of the last analysis. */
  readonly result: LintResult | undefined;
}

/** Where and how a command line runs. */
export interface Scene {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The current folder, below the one that holds the files. */
  readonly cwd?: string;
  /** Called with the folder before and after the run. */
  readonly prepare?: (folder: string) => void;
  readonly after?: (folder: string) => void;
}

/** Runs a command line for real, in a folder of its own. */
export async function play(
  argv: readonly string[],
  files: Parameters<typeof temporaryFolder>[0],
  scene: Scene | string = {},
): Promise<Outcome> {
  const { stdin = '', env = {}, cwd = '.', prepare, after } = typeof scene === 'string' ? { stdin: scene } : scene;
  const { folder, play: playHere } = playground(files, env);
  prepare?.(folder);
  const outcome = await playHere(argv, cwd, stdin);
  after?.(folder);
  return outcome;
}

export interface Playground {
  /** Absolute. */
  readonly folder: string;
  /** Runs a command line in the folder, or in one below it. */
  readonly play: (argv: readonly string[], below?: string, stdin?: string) => Promise<Outcome>;
}

/** A folder in which several command lines are run for real. `env`: what git is told. */
export function playground(files: Parameters<typeof temporaryFolder>[0], env: Readonly<Record<string, string>> = {}): Playground {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return { folder: folder.path, play: (argv, below = '', stdin = '') => playIn(join(folder.path, below), argv, stdin, env) };
}

async function playIn(cwd: string, argv: readonly string[], stdin: string, env: Readonly<Record<string, string>>): Promise<Outcome> {
  const text = { stdout: '', stderr: '' };
  const sources: Source[] = [];
  let options: LintOptions = {};
  let result: LintResult | undefined;
  const output = (name: 'stdout' | 'stderr'): Output => ({
    isTerminal: () => false,
    write(more) {
      text[name] += more;
      return true;
    },
  });
  const code = await run(argv, {
    cwd,
    env,
    stdin: { isTerminal: () => false, read: () => stdin },
    stdout: output('stdout'),
    stderr: output('stderr'),
    async lint(given, settings) {
      const own = [...given];
      sources.push(...own);
      options = settings;
      return (result = await lint(own, settings));
    },
    loadRules: () => Promise.resolve(rules),
    loadDocs: () => Promise.resolve(docs),
  });
  return { code, ...text, sources, options, result };
}

/** A policy that is reported on, at its mode. */
export const policy = (namespace: string, name = 'default'): string => `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${namespace} }
spec: { mtls: { mode: PERMISSIVE } }
`;
