var a=require("./shared.cjs");function h({options:s,commands:o,rules:l,levels:t}){let i=e=>[...e.short===void 0?[]:[`-${e.short}`],`--${e.name}`],r=s.filter(({value:e})=>e!==void 0),m=e=>s.filter($=>$.commands.includes(e)).flatMap(i),n=o.filter(({name:e})=>e!=="lint");return`# Completion of meshlint in bash. To load it: source <(meshlint completion bash)

_meshlint_rules=${(0,a.c$2)(l.join(" "))}

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
      ${r.flatMap(i).join(" | ")}) ((i++)) ;;
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
${r.map(e=>`    ${i(e).join(" | ")})${_(e.value?.values)} return ;;`).join(`
`)}
  esac

  if [[ $cur == -* ]]; then
    case $command in
${n.map(({name:e})=>`      ${e}) _meshlint_offer '' "$cur" ${m(e).join(" ")} ;;`).join(`
`)}
      *) _meshlint_offer '' "$cur" ${m("lint").join(" ")} ;;
    esac
    return
  fi
  case $command in
    '') _meshlint_offer '' "$cur" ${o.map(({name:e})=>e).join(" ")}
      while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "$cur")
      compopt -o filenames 2>/dev/null ;;
${n.map(({name:e,operands:$})=>`    ${e})${p($,l)} ;;`).join(`
`)}
  esac
}

_meshlint_levels() {
  if [[ $2 == *=* ]]; then
    _meshlint_offer "$1\${2%%=*}=" "\${2#*=}" ${t.join(" ")}
  else
    compopt -o nospace 2>/dev/null
    _meshlint_offer "$1" "$2" \${_meshlint_rules// /= }=
  fi
}

complete -o bashdefault -o default -F _meshlint meshlint
`}function _(s){switch(s?.kind){case"words":return` _meshlint_offer "$front" "$value" ${s.words.join(" ")};`;case"rules":return' [[ $value == *,* ]] && front=$front${value%,*}, value=${value##*,}; _meshlint_offer "$front" "$value" $_meshlint_rules;';case"levels":return' _meshlint_levels "$front" "$value";';default:return""}}function p(s,o){return s==="files"||s.length===0?"":` _meshlint_offer '' "$cur" ${s===o?"$_meshlint_rules":s.join(" ")}`}function v({options:s,commands:o,rules:l,levels:t}){let i=o.filter(({name:n})=>n!=="lint").map(({name:n})=>n),r=s.filter(({value:n})=>n!==void 0).flatMap(({name:n,short:e})=>[...e===void 0?[]:[`-${e}`],`--${n}`]),m=n=>{let e=n.commands.includes("lint"),$=e?i.filter(f=>!n.commands.includes(f)):n.commands;return $.length===0?"":` -n '${e?"not ":""}__meshlint_is ${$.join(" ")}'`};return`# Completion of meshlint in fish. To load it: meshlint completion fish | source

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
            case ${r.join(" ")}
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

set -g __meshlint_rules ${l.join(" ")}

function __meshlint_rule_levels
    for rule in $__meshlint_rules
        printf '%s\\n' $rule={${t.join(",")}}
    end
end

complete -c meshlint -n '__meshlint_is ${i.join(" ")}' -f
${o.map(({name:n,about:e})=>`complete -c meshlint -n 'not __meshlint_command >/dev/null' -a ${n} -d ${c(e)}`).join(`
`)}
${o.flatMap(({name:n,operands:e})=>e==="files"||e.length===0?[]:[`complete -c meshlint -n '__meshlint_is ${n}' -a '${e===l?"$__meshlint_rules":e.join(" ")}'`]).join(`
`)}
${s.map(n=>{let e=n.short===void 0?"":` -s ${n.short}`;return`complete -c meshlint${m(n)} -l ${n.name}${e}${w(n.value?.values)} -d ${c(n.about)}`}).join(`
`)}
`}function w(s){switch(s?.kind){case void 0:return"";case"words":return` -x -a '${s.words.join(" ")}'`;case"rules":return" -x -a '$__meshlint_rules'";case"levels":return" -x -a '(__meshlint_rule_levels)'";case"files":return" -r -F";case"unknown":return" -x";default:return s}}function c(s){return`'${s.replace(/['\\]/g,"\\$&")}'`}function j({options:s,commands:o,rules:l,levels:t}){let i=s.filter(({value:n})=>n!==void 0).flatMap(({name:n,short:e})=>[...e===void 0?[]:[`-${e}`],`--${n}`]),r=n=>s.filter(e=>e.commands.includes(n)).map(e=>`        ${b(e)} \\`).join(`
`),m=o.filter(({name:n})=>n!=="lint");return`#compdef meshlint
# Completion of meshlint in zsh. To load it, after compinit: source <(meshlint completion zsh)

_meshlint_rules() {
  local -a rules=(${l.join(" ")})
  compadd "$@" -a rules
}

_meshlint_rule_levels() {
  if compset -P '*='; then
    compadd "$@" ${t.join(" ")}
  else
    local -a rules=(${l.join(" ")})
    compadd "$@" -S '=' -a rules
  fi
}

_meshlint_commands() {
  local -a commands=(
${o.map(({name:n,about:e})=>`    ${(0,a.c$2)(`${n}:${e.replaceAll(":","\\:")}`)}`).join(`
`)}
  )
  _describe -t commands command commands
  _files
}

_meshlint() {
  local word command='' skip=''
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n $skip ]]; then skip=''; continue; fi
    case $word in
      ${i.join("|")}) skip=1 ;;
      -*) ;;
      *) command=$word; break ;;
    esac
  done
  case $command in
${m.map(({name:n,operands:e})=>`    ${n})
      _arguments -s -S : \\
${r(n)}
        '1: :(${n})'${g(e,l)} ;;`).join(`
`)}
    *)
      _arguments -s -S : \\
${r("lint")}
        '1: :_meshlint_commands' '*:path:_files' ;;
  esac
}

if [[ \${funcstack[1]} == _meshlint ]]; then _meshlint "$@"; else compdef _meshlint meshlint; fi
`}function b({name:s,short:o,value:l,about:t}){let i=`[${t.replace(/[[\]\\]/g,"\\$&")}]`,r=l===void 0?"":`:${l.placeholder.replaceAll(":","\\:")}:${k(l.values)}`,m=l===void 0?"":"=";return o===void 0?(0,a.c$2)(`*--${s}${m}${i}${r}`):`${(0,a.c$2)(`*-${o}${l===void 0?"":"+"}${i}${r}`)} ${(0,a.c$2)(`*--${s}${m}${i}${r}`)}`}function k(s){switch(s.kind){case"words":return`(${s.words.join(" ")})`;case"rules":return"_meshlint_rules";case"levels":return"_meshlint_rule_levels";case"files":return"_files";case"unknown":return" ";default:return s}}function g(s,o){return s==="files"||s.length===0?"":s===o?" '2:rule:_meshlint_rules'":` '2: :(${s.join(" ")})'`}var u=["bash","zsh","fish"];function d(s,o,l){let t=(0,a.a$2)(o,l);switch(s){case"bash":return h(t);case"zsh":return j(t);case"fish":return v(t);default:return s}}module.exports={completionScript:d,shells:u};
