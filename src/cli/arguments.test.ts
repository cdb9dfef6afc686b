import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../engine/options.ts';
import { type LintCommand, parseArguments } from './arguments.ts';

function parse(...argv: string[]): LintCommand {
  const command = parseArguments(argv);
  if (command.kind !== 'lint') throw new Error(`${command.kind} instead of lint`);
  return command;
}

function problem(...argv: string[]): { message: string; hint: string | undefined } {
  try {
    parseArguments(argv);
  } catch (error) {
    if (error instanceof UsageError) return { message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error('no UsageError was thrown');
}

describe('an empty command line', () => {
  it('analyses the current folder with the defaults', () => {
    expect(parse()).toEqual({
      kind: 'lint',
      mayBePath: false,
      plugins: [],
      word: undefined,
      operands: ['.'],
      reports: [{ format: 'text' }],
      sarif: { category: undefined, root: undefined, suppressed: undefined },
      failOn: 'warning',
      exclude: [],
      staged: false,
      context: [],
      printConfig: false,
      given: new Set(),
      ignore: true,
      showFiles: false,
      watch: false,
      timing: false,
      quiet: false,
      color: 'auto',
      options: {
        preset: 'recommended',
        only: undefined,
        severities: {},
        complete: false,
        istioNamespace: undefined,
        defaultNamespace: undefined,
        allowEmpty: false,
      },
    });
  });
});

describe('paths', () => {
  it('may stand with or without the command, and anywhere', () => {
    expect(parse('lint')).toMatchObject({ mayBePath: true, operands: ['.'] });
    expect(parse('lint', 'a', '-q', 'b')).toMatchObject({ mayBePath: false, operands: ['a', 'b'], quiet: true });
    expect(parse('-q', 'lint', 'a')).toMatchObject({ mayBePath: false, operands: ['a'] });
    expect(parse('a', 'lint')).toMatchObject({ mayBePath: false, operands: ['a', 'lint'] });
    expect(parse('-')).toMatchObject({ operands: ['-'] });
  });

  it('are everything after --', () => {
    expect(parse('lint', '--', '-q', '--', 'lint')).toMatchObject({ operands: ['-q', '--', 'lint'], quiet: false });
    expect(parse('--', 'lint')).toMatchObject({ mayBePath: false, operands: ['lint'] });
  });
});

describe('another command', () => {
  it('is the first word, before or behind its options', () => {
    const given = new Map([['format', ['json']]]);
    expect(parseArguments(['rules', '-f', 'json'])).toEqual({ kind: 'other', name: 'rules', operands: [], given });
    expect(parseArguments(['-f', 'json', 'rules'])).toEqual({ kind: 'other', name: 'rules', operands: [], given });
    expect(parseArguments(['explain', 'a', 'b'])).toMatchObject({ kind: 'other', name: 'explain', operands: ['a', 'b'] });
    expect(parseArguments(['explain', '--help'])).toEqual({ kind: 'help', command: 'explain' });
  });

  it('is a path where another one, lint or -- stands before it', () => {
    for (const argv of [
      ['lint', 'rules'],
      ['--', 'rules'],
    ])
      expect(parse(...argv)).toMatchObject({ operands: ['rules'], word: undefined });
    expect(parse('a', 'rules')).toMatchObject({ operands: ['a', 'rules'], word: 'a' });
    expect(parse('./rules')).toMatchObject({ operands: ['./rules'] });
  });
});

describe('options', () => {
  it('take their value after a space, an equals sign, or at once', () => {
    for (const argv of [['--format', 'json'], ['--format=json'], ['-f', 'json'], ['-f=json'], ['-fjson'], ['-qf', 'json'], ['-qfjson']]) {
      expect(parse(...argv).reports).toEqual([{ format: 'json' }]);
    }
  });

  it('reach the analysis', () => {
    const { options } = parse(
      ...['--preset', 'strict', '--only', 'a,b', '--only', 'c', '--rule', 'd=off', '--rule=e=error,f=info', '--complete'],
      ...['--istio-namespace', 'istio', '--default-namespace', 'shop', '--allow-empty', '--no-config'],
    );
    expect(options).toEqual({
      preset: 'strict',
      only: ['a', 'b', 'c'],
      severities: { d: 'off', e: 'error', f: 'info' },
      complete: true,
      istioNamespace: 'istio',
      defaultNamespace: 'shop',
      allowEmpty: true,
    });
  });

  it('that may be given once only: the last one holds, so that an alias of the shell can be overruled', () => {
    expect(parse('--fail-on', 'error', '--fail-on=never').failOn).toBe('never');
    expect(parse('--rule', 'a=off', '--rule', 'a=error').options.severities).toEqual({ a: 'error' });
  });

  it('concern the files', () => {
    expect(parse('--exclude', '{a,b}/', '--exclude=*.json', '--no-ignore', '--show-files')).toMatchObject({
      exclude: ['{a,b}/', '*.json'],
      ignore: false,
      showFiles: true,
    });
  });

  it('--help and --version end it: what follows need not be right', () => {
    expect(parseArguments(['lint', '-h', '--nonsense'])).toEqual({ kind: 'help', command: 'lint' });
    expect(parseArguments(['-qh'])).toEqual({ kind: 'help' });
    expect(parseArguments(['--version'])).toEqual({ kind: 'version' });
    expect(parseArguments(['-V', '--help'])).toEqual({ kind: 'version' });
  });
});

describe('reports', () => {
  it('go to standard output or to files', () => {
    expect(parse('-f', 'text', '-f', 'sarif=out/x=y.sarif').reports).toEqual([
      { format: 'text' },
      { format: 'sarif', file: 'out/x=y.sarif' },
    ]);
    expect(parse('-f', 'json=-').reports).toEqual([{ format: 'json' }]);
  });

  it('may not be mixed in one place', () => {
    expect(problem('-f', 'text', '-f', 'json')).toEqual({
      message: 'two reports go to standard output: text and json',
      hint: 'give one of them a file: --format json=FILE',
    });
    expect(problem('-f', 'text=a', '-f', 'json=a').message).toBe('two reports go to "a": text=a and json=a');
    expect(problem('-f', 'json=')).toEqual({ message: '--format json= names no file', hint: 'for standard output: --format json' });
  });
});

const allFormats = 'text, concise, json, sarif, github, gitlab, junit, checkstyle, rdjson, azure or markdown';

describe('a mistake', () => {
  it.each([
    [['--fromat', 'json'], 'there is no option --fromat', 'did you mean --format?'],
    [['--fail-n=error'], 'there is no option --fail-n', 'did you mean --fail-on=error?'],
    [['-help'], 'there is no option -help', 'did you mean --help?'],
    [['-z'], 'there is no option -z', 'meshlint --help lists the options'],
    [['--frobnicate'], 'there is no option --frobnicate', 'meshlint --help lists the options'],
    [['--no-color'], 'there is no option --no-color', 'that is --color never here'],
    [['-A'], 'there is no option -A', 'all namespaces are always analysed'],
    [['--all-namespaces'], 'there is no option --all-namespaces', 'all namespaces are always analysed'],
    [['-o', 'json'], 'there is no option -o', 'for another format: --format json; into a file: --format json=FILE'],
    [['--constructor'], 'there is no option --constructor', 'meshlint --help lists the options'],
  ])('in an option is said with what was meant: %j', (argv, message, hint) => {
    expect(problem(...argv)).toEqual({ message, hint });
  });

  it.each([
    [['--preset', 'stric'], '"stric" is no value of --preset; it takes recommended, strict or all', 'did you mean strict?'],
    [['--fail-on', 'warn'], '"warn" is no value of --fail-on; it takes error, warning, info or never', 'did you mean warning?'],
    [['--fail-on', ''], '"" is no value of --fail-on; it takes error, warning, info or never', undefined],
    [['--color', 'yes'], '"yes" is no value of --color; it takes auto, always or never', undefined],
    [['-f', 'sairf'], `"sairf" is no value of --format; it takes ${allFormats}`, 'did you mean sarif?'],
    [['-f', 'toml'], `"toml" is no value of --format; it takes ${allFormats}`, undefined],
    [['-f', 'mesh/vs.yaml'], '"mesh/vs.yaml" is no format', 'files are named without -f: meshlint lint mesh/vs.yaml'],
    [['--rule', 'weights'], '--rule weights has no severity', 'for example --rule weights=off'],
    [['--rule', '=off'], '--rule =off has no severity', 'for example --rule ID=off'],
    [['--rule', 'a=warn'], '"warn" is no value of --rule; it takes off, info, warning or error', 'did you mean warning?'],
    [['--only', 'a,,b'], 'a value of --only is empty', 'is a variable of the shell not set?'],
    [['--exclude='], 'a value of --exclude is empty', 'is a variable of the shell not set?'],
    [
      ['--istio-namespace', 'Istio_System'],
      '"Istio_System" is no name of a namespace, for --istio-namespace',
      'at most 63 lower case letters, digits and "-"; the first and last no "-"',
    ],
    [['--format'], '--format needs a value: --format FMT[=FILE]', undefined],
    [['--preset', '--quiet'], '--preset needs a value: --preset NAME', undefined],
    [['--quiet=yes'], '--quiet takes no value', undefined],
    [['--equivalent', 'IST0101'], '--equivalent is for the command rules', 'meshlint rules --equivalent …'],
    [['lint', '--for', 'vscode'], '--for is for the command problem-matcher', 'meshlint problem-matcher --for …'],
  ])('in a value is said with what is right: %j', (argv, message, hint) => {
    expect(problem(...argv)).toEqual({ message, hint });
  });
});

describe('any command line', () => {
  const word = fc.oneof(
    fc.constantFrom(
      '-',
      '--',
      '-f',
      '-q',
      '-qf',
      '--format',
      '--format=json',
      '--rule',
      'a=off',
      '--only',
      'a,b',
      '--fail-on',
      '--exclude',
      'lint',
      'rules',
      'a.yaml',
    ),
    fc.string().map((text) => `-${text}`),
    fc.string().map((text) => `--${text}`),
    fc.string(),
  );

  it('is understood, or refused with a UsageError', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (argv) => {
        try {
          expect(parseArguments(argv).kind).toMatch(/^(lint|other|help|version)$/);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });

  it('with paths only names exactly these', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (paths) => {
        expect(parse('--', ...paths).operands).toEqual(paths);
      }),
    );
  });
});
