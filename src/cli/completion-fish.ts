import type { Completion, CompletionOption, Values } from './completion-model.ts';

/** For fish: the file meshlint.fish in its folder of completions, or sourced. */
export function fishCompletion({ options, commands, rules, levels }: Completion): string {
  const others = commands.filter(({ name }) => name !== 'lint').map(({ name }) => name);
  const taking = options
    .filter(({ value }) => value !== undefined)
    .flatMap(({ name, short }) => [...(short === undefined ? [] : [`-${short}`]), `--${name}`]);
  const when = (option: CompletionOption): string => {
    const first = option.commands.includes('lint');
    const names = first ? others.filter((name) => !option.commands.includes(name)) : option.commands;
    if (names.length === 0) return '';
    return ` -n '${first ? 'not ' : ''}__meshlint_is ${names.join(' ')}'`;
  };

  return `# Completion of meshlint in fish. To load it: meshlint completion fish | source

# The first word that is neither an option nor the value of one.
function __meshlint_command
    set -l words (commandline -opc)
    set -e words[1]
    set -l skip no
    for word in $words
        if test $skip = yes
            set skip no
            continue
        end
        switch $word
            case ${taking.join(' ')}
                set skip yes
            case '-*'
            case '*'
                echo -- $word
                return
        end
    end
    return 1
end

function __meshlint_is
    set -l command (__meshlint_command)
    and contains -- $command $argv
end

set -g __meshlint_rules ${rules.join(' ')}

function __meshlint_rule_levels
    for rule in $__meshlint_rules
        printf '%s\\n' $rule={${levels.join(',')}}
    end
end

complete -c meshlint -n '__meshlint_is ${others.join(' ')}' -f
${commands.map(({ name, about }) => `complete -c meshlint -n 'not __meshlint_command >/dev/null' -a ${name} -d ${quoted(about)}`).join('\n')}
${commands
  .flatMap(({ name, operands }) => {
    if (operands === 'files' || operands.length === 0) return [];
    return [`complete -c meshlint -n '__meshlint_is ${name}' -a '${operands === rules ? '$__meshlint_rules' : operands.join(' ')}'`];
  })
  .join('\n')}
${options
  .map((option) => {
    const short = option.short === undefined ? '' : ` -s ${option.short}`;
    return `complete -c meshlint${when(option)} -l ${option.name}${short}${valueFlags(option.value?.values)} -d ${quoted(option.about)}`;
  })
  .join('\n')}
`;
}

function valueFlags(values: Values | undefined): string {
  switch (values?.kind) {
    case undefined:
      return '';
    case 'words':
      return ` -x -a '${values.words.join(' ')}'`;
    case 'rules':
      return " -x -a '$__meshlint_rules'";
    case 'levels':
      return " -x -a '(__meshlint_rule_levels)'";
    case 'files':
      return ' -r -F';
    case 'unknown':
      return ' -x';
    default:
      return values satisfies never;
  }
}

/** In single quotes of fish a backslash escapes a quote. */
function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
