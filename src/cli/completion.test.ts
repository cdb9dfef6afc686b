import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../node/temporary-folder.ts';
import { completionScript, shells } from './completion.ts';
import { completionOf } from './completion-model.ts';
import { helpText } from './help.ts';
import { commandNames, formats, optionNames, ruleLevels } from './option-table.ts';

const rules = ['subset-not-found', 'weight-missing', 'weight-sum'];
const folder = temporaryFolder({
  ...Object.fromEntries(shells.map((shell) => [shell, completionScript(shell, rules, helpText('meshlint'))])),
  'work/a b.yaml': '',
  'work/ru les.yaml': '',
  'work/dir/x.yaml': '',
});
afterAll(() => folder.remove());
const cwd = join(folder.path, 'work');

function installed(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0;
}

const withoutConfiguration: Readonly<Record<string, readonly string[]>> = {
  bash: ['--norc', '--noprofile'],
  zsh: ['-f'],
  fish: ['--no-config'],
};

/** What a script prints; its arguments are `$1`, `$2` … */
function lines(shell: string, script: string, ...args: readonly string[]): readonly string[] {
  const argv = [...(withoutConfiguration[shell] ?? []), '-c', script, ...(shell === 'fish' ? [] : [shell]), ...args];
  const env = { PATH: process.env.PATH, HOME: folder.path };
  const { status, stdout, stderr } = spawnSync(shell, argv, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((line) => line !== '');
}

describe('what can be completed', () => {
  const { options, commands } = completionOf(rules, helpText('meshlint'));

  it('is every option and every command, each with what it is about', () => {
    expect(options.map(({ name }) => name)).toEqual(optionNames);
    expect(commands.map(({ name }) => name)).toEqual(commandNames);
    for (const { name, about } of [...options, ...commands]) expect([name, about]).toEqual([name, expect.stringMatching(/^[a-z].{5,}$/)]);
  });

  it('says what an option does, not the first of its values', () => {
    for (const { about, value } of options) {
      if (value?.values.kind === 'words')
        expect(value.values.words.filter((word) => about.startsWith(`${word} `) || about === word)).toEqual([]);
    }
  });
});

/** What a command takes, as it is written. */
function optionsOf(command: string): readonly string[] {
  const { options } = completionOf(rules, helpText('meshlint'));
  return options.filter(({ commands }) => commands.includes(command)).map(({ name }) => `--${name}`);
}

describe.skipIf(!installed('bash'))('in bash (skipped where it is not installed)', () => {
  /** As readline calls the function; `=` and `:` cut words unless the user has taken them out. */
  const complete = (line: string, breaks = ' \t\n"\'><=;|&(:'): readonly string[] =>
    lines(
      'bash',
      `source "$1"; COMP_WORDBREAKS=$3 COMP_LINE=$2 COMP_POINT=\${#2} COMP_CWORD=1 COMP_WORDS=(); _meshlint; printf '%s\\n' "\${COMPREPLY[@]}"`,
      join(folder.path, 'bash'),
      line,
      breaks,
    );

  it('has no mistake in it, and is registered', () => {
    expect(spawnSync('bash', ['-n', join(folder.path, 'bash')]).status).toBe(0);
    expect(lines('bash', 'source "$1"; complete -p meshlint', join(folder.path, 'bash'))).toEqual([
      'complete -o bashdefault -o default -F _meshlint meshlint',
    ]);
  });

  it.each([
    ['meshlint ru', ['rules', 'ru les.yaml']],
    ['meshlint ', [...commandNames, 'a b.yaml', 'dir', 'ru les.yaml']],
    ['meshlint --form', ['--format']],
    ['meshlint --fo', ['--format']],
    ['meshlint lint --pre', ['--preset']],
    ['meshlint -f ', formats],
    ['meshlint -q --format sa', ['sarif']],
    ['meshlint --format=j', ['json', 'junit']],
    ['meshlint --format=', formats],
    ['meshlint -f sarif=d', []],
    ['meshlint --fail-on=n', ['never']],
    ['meshlint --only w', ['weight-missing', 'weight-sum']],
    ['meshlint --only weight-sum,s', ['weight-sum,subset-not-found']],
    ['meshlint --rule weight-s', ['weight-sum=']],
    ['meshlint --rule weight-sum=', ruleLevels],
    ['meshlint --rule=weight-sum=w', ['warning']],
    ['meshlint explain ', rules],
    ['meshlint -q explain s', ['subset-not-found']],
    ['meshlint --fail-on error explain s', ['subset-not-found']],
    ['meshlint explain --', ['--color', '--help', '--plugin', '--version']],
    ['meshlint rules --e', ['--equivalent']],
    ['meshlint problem-matcher --for ', ['vscode', 'github']],
    ['meshlint completion ', shells],
    ['meshlint lint ru', []],
    ['meshlint a.yaml ex', []],
    ['meshlint -- ', []],
    ['meshlint --exclude ', []],
  ])('completes %j', (line, words) => {
    expect(complete(line).toSorted()).toEqual([...words].toSorted());
  });

  it('offers every command, option, format and rule', () => {
    expect(complete('meshlint ')).toEqual(expect.arrayContaining([...commandNames]));
    expect(complete('meshlint --format ')).toEqual([...formats]);
    expect(complete('meshlint --only ')).toEqual(rules);
    for (const command of commandNames) expect(complete(`meshlint ${command} --`).toSorted()).toEqual(optionsOf(command).toSorted());
  });

  it('gives back the whole word where = does not cut it', () => {
    expect(complete('meshlint --format=sa', ' \t\n')).toEqual(['--format=sarif']);
    expect(complete('meshlint --rule weight-sum=w', ' \t\n')).toEqual(['weight-sum=warning']);
    expect(complete('meshlint --rule=weight-sum=w', ' \t\n')).toEqual(['--rule=weight-sum=warning']);
  });
});

describe.skipIf(!installed('fish'))('in fish (skipped where it is not installed)', () => {
  const complete = (line: string): readonly string[] =>
    lines('fish', 'source $argv[1]; complete -C $argv[2] | cut -f1', join(folder.path, 'fish'), line).toSorted();

  it.each([
    ['meshlint --form', ['--format']],
    ['meshlint -f sa', ['sarif']],
    ['meshlint --format=js', ['--format=json']],
    ['meshlint --rule weight-sum=', ruleLevels.map((level) => `weight-sum=${level}`)],
    ['meshlint explain ', rules],
    ['meshlint -f json explain s', ['subset-not-found']],
    ['meshlint rules --e', ['--equivalent']],
    ['meshlint problem-matcher --for ', ['github', 'vscode']],
    ['meshlint completion ', ['bash', 'fish', 'zsh']],
    ['meshlint expl', ['explain']],
    ['meshlint lint di', ['dir/']],
  ])('completes %j', (line, words) => {
    expect(complete(line)).toEqual([...words].toSorted());
  });

  it('offers every command, option, format and rule', () => {
    expect(complete('meshlint ')).toEqual(expect.arrayContaining([...commandNames]));
    expect(complete('meshlint --format ')).toEqual(formats.toSorted());
    expect(complete('meshlint --only ')).toEqual(rules);
    for (const command of commandNames)
      expect(complete(`meshlint ${command} --`).filter((word) => !word.endsWith('='))).toEqual(optionsOf(command).toSorted());
  });
});

describe.skipIf(!installed('zsh'))('in zsh (skipped where it is not installed)', () => {
  const script = join(folder.path, 'zsh');
  /** The arguments of what zsh would be asked; its own functions need a terminal. */
  const asked = (...words: readonly string[]): readonly string[] =>
    lines(
      'zsh',
      'compdef() { :; }; source $1; shift; _arguments() { print -rl -- "$@"; }; words=("$@"); CURRENT=$#; _meshlint',
      script,
      'meshlint',
      ...words,
    );

  it('has no mistake in it, and is registered', () => {
    expect(spawnSync('zsh', ['-n', script]).status).toBe(0);
    expect(lines('zsh', 'compdef() { print -r -- "$@"; }; source $1', script)).toEqual(['_meshlint meshlint']);
  });

  it('offers what the command takes', () => {
    expect(asked('')).toEqual(expect.arrayContaining(['1: :_meshlint_commands', '*:path:_files']));
    expect(asked('').find((spec) => spec.startsWith('*--format='))).toBe(`*--format=[how to report]:FMT[=FILE]:(${formats.join(' ')})`);
    expect(asked('-f', 'json', 'explain', '')).toEqual(expect.arrayContaining(['2:rule:_meshlint_rules']));
    expect(asked('explain', '--')).not.toEqual(expect.arrayContaining([expect.stringMatching(/^\*--preset/)]));
    expect(asked('rules', '--')).toEqual(expect.arrayContaining([expect.stringMatching(/^\*--equivalent=\[.*\]:CODE: $/)]));
    expect(asked('completion', '')).toEqual(expect.arrayContaining([`2: :(${shells.join(' ')})`]));
  });
});
