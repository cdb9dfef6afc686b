import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseArguments } from '../cli/arguments.ts';
import { UsageError } from '../engine/options.ts';
import { commandLine } from './command-line.ts';
import { type Inputs, readInputs } from './inputs.ts';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}
const action = parse(readFileSync(resolve(import.meta.dirname, '../../action.yml'), 'utf8')) as Action;
const defaults = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default]));

const env = process.env;
afterEach(() => {
  process.env = env;
});

const variableOf = (name: string): string => `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;

/** Reads the inputs where the runner hands over these, and action.yml's defaults for all others. */
function inputs(given: Readonly<Record<string, string>> = {}, onRead: (variable: string) => void = () => undefined): Inputs {
  const values = Object.entries({ ...defaults, ...given }).map(([name, value]) => [variableOf(name), value] as const);
  process.env = new Proxy(Object.fromEntries(values), {
    get(target: NodeJS.ProcessEnv, variable: string) {
      onRead(variable);
      return target[variable];
    },
  });
  return readInputs();
}

describe('the inputs', () => {
  it('are those that action.yml has', () => {
    const read = new Set<string>();
    inputs({}, (variable) => read.add(variable));
    expect([...read].sort()).toEqual(Object.keys(action.inputs).map(variableOf).sort());
  });

  it('have descriptions, and defaults that are texts', () => {
    for (const [name, input] of Object.entries(action.inputs)) {
      expect(input.description, name).toMatch(/^[A-Z].+\.$/);
      expect(typeof input.default, name).toBe('string');
    }
  });

  it('are what the command line is without options, where nothing is said', () => {
    expect(commandLine(inputs(), {})).toEqual(['lint', '--format=text', '--', '.']);
    expect(parseArguments(commandLine(inputs(), {}))).toEqual({
      ...parseArguments(['lint', '.']),
      given: new Set(['format']),
    });
  });

  it('become options', () => {
    const all = inputs({
      paths: 'a b\n\n  -c \n',
      config: 'x.yaml',
      'config-ref': 'main',
      baseline: 'known.json',
      since: 'main',
      preset: 'strict',
      'fail-on': 'never',
      plugins: 'a.mjs\nb.mjs',
      formats: 'concise\njson=a b.json',
      'sarif-file': 'out=1.sarif',
    });
    expect(commandLine(all, { github: '/tmp/annotations' })).toEqual([
      'lint',
      '--preset=strict',
      '--config=x.yaml',
      '--config-ref=main',
      '--baseline=known.json',
      '--since=main',
      '--fail-on=never',
      '--plugin=a.mjs',
      '--plugin=b.mjs',
      '--format=concise',
      '--format=json=a b.json',
      '--format=sarif=out=1.sarif',
      '--format=github=/tmp/annotations',
      '--',
      'a b',
      '-c',
    ]);
    expect(parseArguments(commandLine(all, {}))).toMatchObject({
      operands: ['a b', '-c'],
      failOn: 'never',
      reports: [{ format: 'concise' }, { format: 'json', file: 'a b.json' }, { format: 'sarif', file: 'out=1.sarif' }],
    });
  });

  it('are refused where they can be no value', () => {
    expect(() => inputs({ annotations: 'yes' })).toThrow(UsageError);
    expect(() => inputs({ formats: 'github=-' })).toThrow('annotations are made without it');
    expect(inputs({ formats: 'github=file' }).formats).toEqual(['github=file']);
  });
});

describe('action.yml', () => {
  it('starts the bundle on a Node that GitHub has', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.cjs' });
  });
});
