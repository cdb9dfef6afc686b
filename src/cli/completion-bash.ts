import { type Completion, type CompletionOption, quoted, type Values } from './completion-model.ts';

/**
 * For bash from 3.2 on (macOS), without the package bash-completion. It looks at the line itself, since bash cuts words at `=`, and
 * gives back only what stands behind the last one; where it offers nothing, bash offers files.
 */
export function bashCompletion({ options, commands, rules, levels }: Completion): string {
  const written = (option: CompletionOption): string[] => [...(option.short === undefined ? [] : [`-${option.short}`]), `--${option.name}`];
  const taking = options.filter(({ value }) => value !== undefined);
  const optionsOf = (name: string): string[] => options.filter((option) => option.commands.includes(name)).flatMap(written);
  const others = commands.filter(({ name }) => name !== 'lint');

  return `# Completion of meshlint in bash. To load it: source <(meshlint completion bash)

_meshlint_rules=${quoted(rules.join(' '))}

# Offers the words that begin like what is written; $1 is what stands in front of that in the same word.
_meshlint_offer() {
  local front=$1 begun=$2 word
  shift 2
  [[ $COMP_WORDBREAKS == *=* ]] && front=\${front##*=}
  for word in "$@"; do
    [[ $word == "$begun"* ]] && COMPREPLY+=("$front$word")
  done
}

_meshlint() {
  local IFS=$' \\t\\n' line=\${COMP_LINE:0:COMP_POINT} words cur prev command= option= front= value= i
  COMPREPLY=()
  read -r -a words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  cur=\${words[\${#words[@]}-1]}
  prev=\${words[\${#words[@]}-2]}

  for ((i = 1; i < \${#words[@]} - 1; i++)); do
    case \${words[i]} in
      --) return ;;
      ${taking.flatMap(written).join(' | ')}) ((i++)) ;;
      -*) ;;
      *) command=\${words[i]} && break ;;
    esac
  done

  if [[ $cur == --*=* ]]; then
    option=\${cur%%=*} front=$option= value=\${cur#*=}
  else
    option=$prev value=$cur
  fi
  case $option in
${taking.map((option) => `    ${written(option).join(' | ')})${valueCode(option.value?.values)} return ;;`).join('\n')}
  esac

  if [[ $cur == -* ]]; then
    case $command in
${others.map(({ name }) => `      ${name}) _meshlint_offer '' "$cur" ${optionsOf(name).join(' ')} ;;`).join('\n')}
      *) _meshlint_offer '' "$cur" ${optionsOf('lint').join(' ')} ;;
    esac
    return
  fi
  case $command in
    '') _meshlint_offer '' "$cur" ${commands.map(({ name }) => name).join(' ')}
      while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "$cur")
      compopt -o filenames 2>/dev/null ;;
${others.map(({ name, operands }) => `    ${name})${operandCode(operands, rules)} ;;`).join('\n')}
  esac
}

_meshlint_levels() {
  if [[ $2 == *=* ]]; then
    _meshlint_offer "$1\${2%%=*}=" "\${2#*=}" ${levels.join(' ')}
  else
    compopt -o nospace 2>/dev/null
    _meshlint_offer "$1" "$2" \${_meshlint_rules// /= }=
  fi
}

complete -o bashdefault -o default -F _meshlint meshlint
`;
}

function valueCode(values: Values | undefined): string {
  switch (values?.kind) {
    case 'words':
      return ` _meshlint_offer "$front" "$value" ${values.words.join(' ')};`;
    case 'rules':
      // After a comma comes the next one.
      return ` [[ $value == *,* ]] && front=$front\${value%,*}, value=\${value##*,}; _meshlint_offer "$front" "$value" $_meshlint_rules;`;
    case 'levels':
      return ' _meshlint_levels "$front" "$value";';
    default:
      return '';
  }
}

function operandCode(operands: readonly string[] | 'files', rules: readonly string[]): string {
  if (operands === 'files' || operands.length === 0) return '';
  return ` _meshlint_offer '' "$cur" ${operands === rules ? '$_meshlint_rules' : operands.join(' ')}`;
}
