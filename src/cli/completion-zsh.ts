import { type Completion, type CompletionOption, quoted, type Values } from './completion-model.ts';

/** For zsh: the file `_meshlint` in a folder of `$fpath`, or sourced after compinit. */
export function zshCompletion({ options, commands, rules, levels }: Completion): string {
  const taking = options
    .filter(({ value }) => value !== undefined)
    .flatMap(({ name, short }) => [...(short === undefined ? [] : [`-${short}`]), `--${name}`]);
  const specs = (command: string): string =>
    options
      .filter((option) => option.commands.includes(command))
      .map((option) => `        ${optionSpec(option)} \\`)
      .join('\n');
  const others = commands.filter(({ name }) => name !== 'lint');

  return `#compdef meshlint
# Completion of meshlint in zsh. To load it, after compinit: source <(meshlint completion zsh)

_meshlint_rules() {
  local -a rules=(${rules.join(' ')})
  compadd "$@" -a rules
}

_meshlint_rule_levels() {
  if compset -P '*='; then
    compadd "$@" ${levels.join(' ')}
  else
    local -a rules=(${rules.join(' ')})
    compadd "$@" -S '=' -a rules
  fi
}

_meshlint_commands() {
  local -a commands=(
${commands.map(({ name, about }) => `    ${quoted(`${name}:${about.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  _describe -t commands command commands
  _files
}

_meshlint() {
  local word command='' skip=''
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n $skip ]]; then skip=''; continue; fi
    case $word in
      ${taking.join('|')}) skip=1 ;;
      -*) ;;
      *) command=$word; break ;;
    esac
  done
  case $command in
${others
  .map(
    ({ name, operands }) => `    ${name})
      _arguments -s -S : \\
${specs(name)}
        '1: :(${name})'${operandSpec(operands, rules)} ;;`,
  )
  .join('\n')}
    *)
      _arguments -s -S : \\
${specs('lint')}
        '1: :_meshlint_commands' '*:path:_files' ;;
  esac
}

if [[ \${funcstack[1]} == _meshlint ]]; then _meshlint "$@"; else compdef _meshlint meshlint; fi
`;
}

function optionSpec({ name, short, value, about }: CompletionOption): string {
  const text = `[${about.replace(/[[\]\\]/g, '\\$&')}]`;
  const rest = value === undefined ? '' : `:${value.placeholder.replaceAll(':', '\\:')}:${valueSpec(value.values)}`;
  const equals = value === undefined ? '' : '=';
  // Whatever may be repeated may be offered again.
  if (short === undefined) return quoted(`*--${name}${equals}${text}${rest}`);
  return `${quoted(`*-${short}${value === undefined ? '' : '+'}${text}${rest}`)} ${quoted(`*--${name}${equals}${text}${rest}`)}`;
}

function valueSpec(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `(${values.words.join(' ')})`;
    case 'rules':
      return '_meshlint_rules';
    case 'levels':
      return '_meshlint_rule_levels';
    case 'files':
      return '_files';
    case 'unknown':
      return ' ';
    default:
      return values satisfies never;
  }
}

function operandSpec(operands: readonly string[] | 'files', rules: readonly string[]): string {
  if (operands === 'files' || operands.length === 0) return '';
  return operands === rules ? " '2:rule:_meshlint_rules'" : ` '2: :(${operands.join(' ')})'`;
}
