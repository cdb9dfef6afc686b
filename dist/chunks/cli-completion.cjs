var i=require("./core.cjs");var p={format:"how to report",preset:"which rules are on",rule:"the severity of a rule",exclude:"leave out files",color:"when to use colours",for:"which tool reads it"};function v(e,o){let t=i.h$4.map(l=>({name:l.name,short:l.short,value:l.takesValue===void 0?void 0:{placeholder:l.takesValue,values:w(l)},about:p[l.name]??c(o,`--${l.name}`),commands:j(l)})),r=i.g$4.map(l=>({name:l,about:c(o,l),operands:k(l,e)}));return{options:t,commands:r,rules:e,levels:i.d$4}}function w({values:e,takesValue:o=""}){return e!==void 0?{kind:"words",words:e}:o==="ID=SEVERITY"?{kind:"levels"}:/^ID\b/.test(o)?{kind:"rules"}:{kind:/FILE|DIR|PATH/.test(o)?"files":"unknown"}}function j({name:e,command:o}){return o!==void 0?[o]:e==="help"||e==="version"?i.g$4:e==="format"?["lint","rules"]:e==="color"?["lint","rules","explain"]:["lint"]}function k(e,o){return e==="lint"?"files":e==="explain"?o:e==="completion"?["bash","zsh","fish"]:[]}function c(e,o){return(new RegExp(`^ +(?:-\\w, )?${o}(?: [A-Z]\\S*)?(?: {2,}|\\n +)(\\S.*)$`,"m").exec(e)?.[1]??"").split(/[;:]|, | \(/)[0]??""}function $(e){return`'${e.replaceAll("'","'\\''")}'`}function b({options:e,commands:o,rules:t,levels:r}){let l=n=>[...n.short===void 0?[]:[`-${n.short}`],`--${n.name}`],a=e.filter(({value:n})=>n!==void 0),m=n=>e.filter(u=>u.commands.includes(n)).flatMap(l),s=o.filter(({name:n})=>n!=="lint");return`# Completion of meshlint in bash. To load it: source <(meshlint completion bash)

_meshlint_rules=${$(t.join(" "))}

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
      ${a.flatMap(l).join(" | ")}) ((i++)) ;;
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
${a.map(n=>`    ${l(n).join(" | ")})${g(n.value?.values)} return ;;`).join(`
`)}
  esac

  if [[ $cur == -* ]]; then
    case $command in
${s.map(({name:n})=>`      ${n}) _meshlint_offer '' "$cur" ${m(n).join(" ")} ;;`).join(`
`)}
      *) _meshlint_offer '' "$cur" ${m("lint").join(" ")} ;;
    esac
    return
  fi
  case $command in
    '') _meshlint_offer '' "$cur" ${o.map(({name:n})=>n).join(" ")}
      while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "$cur")
      compopt -o filenames 2>/dev/null ;;
${s.map(({name:n,operands:u})=>`    ${n})${S(u,t)} ;;`).join(`
`)}
  esac
}

_meshlint_levels() {
  if [[ $2 == *=* ]]; then
    _meshlint_offer "$1\${2%%=*}=" "\${2#*=}" ${r.join(" ")}
  else
    compopt -o nospace 2>/dev/null
    _meshlint_offer "$1" "$2" \${_meshlint_rules// /= }=
  fi
}

complete -o bashdefault -o default -F _meshlint meshlint
`}function g(e){switch(e?.kind){case"words":return` _meshlint_offer "$front" "$value" ${e.words.join(" ")};`;case"rules":return' [[ $value == *,* ]] && front=$front${value%,*}, value=${value##*,}; _meshlint_offer "$front" "$value" $_meshlint_rules;';case"levels":return' _meshlint_levels "$front" "$value";';default:return""}}function S(e,o){return e==="files"||e.length===0?"":` _meshlint_offer '' "$cur" ${e===o?"$_meshlint_rules":e.join(" ")}`}function x({options:e,commands:o,rules:t,levels:r}){let l=o.filter(({name:s})=>s!=="lint").map(({name:s})=>s),a=e.filter(({value:s})=>s!==void 0).flatMap(({name:s,short:n})=>[...n===void 0?[]:[`-${n}`],`--${s}`]),m=s=>{let n=s.commands.includes("lint"),u=n?l.filter(_=>!s.commands.includes(_)):s.commands;return u.length===0?"":` -n '${n?"not ":""}__meshlint_is ${u.join(" ")}'`};return`# Completion of meshlint in fish. To load it: meshlint completion fish | source

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
            case ${a.join(" ")}
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

set -g __meshlint_rules ${t.join(" ")}

function __meshlint_rule_levels
    for rule in $__meshlint_rules
        printf '%s\\n' $rule={${r.join(",")}}
    end
end

complete -c meshlint -n '__meshlint_is ${l.join(" ")}' -f
${o.map(({name:s,about:n})=>`complete -c meshlint -n 'not __meshlint_command >/dev/null' -a ${s} -d ${d(n)}`).join(`
`)}
${o.flatMap(({name:s,operands:n})=>n==="files"||n.length===0?[]:[`complete -c meshlint -n '__meshlint_is ${s}' -a '${n===t?"$__meshlint_rules":n.join(" ")}'`]).join(`
`)}
${e.map(s=>{let n=s.short===void 0?"":` -s ${s.short}`;return`complete -c meshlint${m(s)} -l ${s.name}${n}${P(s.value?.values)} -d ${d(s.about)}`}).join(`
`)}
`}function P(e){switch(e?.kind){case void 0:return"";case"words":return` -x -a '${e.words.join(" ")}'`;case"rules":return" -x -a '$__meshlint_rules'";case"levels":return" -x -a '(__meshlint_rule_levels)'";case"files":return" -r -F";case"unknown":return" -x";default:return e}}function d(e){return`'${e.replace(/['\\]/g,"\\$&")}'`}function C({options:e,commands:o,rules:t,levels:r}){let l=e.filter(({value:s})=>s!==void 0).flatMap(({name:s,short:n})=>[...n===void 0?[]:[`-${n}`],`--${s}`]),a=s=>e.filter(n=>n.commands.includes(s)).map(n=>`        ${M(n)} \\`).join(`
`),m=o.filter(({name:s})=>s!=="lint");return`#compdef meshlint
# Completion of meshlint in zsh. To load it, after compinit: source <(meshlint completion zsh)

_meshlint_rules() {
  local -a rules=(${t.join(" ")})
  compadd "$@" -a rules
}

_meshlint_rule_levels() {
  if compset -P '*='; then
    compadd "$@" ${r.join(" ")}
  else
    local -a rules=(${t.join(" ")})
    compadd "$@" -S '=' -a rules
  fi
}

_meshlint_commands() {
  local -a commands=(
${o.map(({name:s,about:n})=>`    ${$(`${s}:${n.replaceAll(":","\\:")}`)}`).join(`
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
      ${l.join("|")}) skip=1 ;;
      -*) ;;
      *) command=$word; break ;;
    esac
  done
  case $command in
${m.map(({name:s,operands:n})=>`    ${s})
      _arguments -s -S : \\
${a(s)}
        '1: :(${s})'${E(n,t)} ;;`).join(`
`)}
    *)
      _arguments -s -S : \\
${a("lint")}
        '1: :_meshlint_commands' '*:path:_files' ;;
  esac
}

if [[ \${funcstack[1]} == _meshlint ]]; then _meshlint "$@"; else compdef _meshlint meshlint; fi
`}function M({name:e,short:o,value:t,about:r}){let l=`[${r.replace(/[[\]\\]/g,"\\$&")}]`,a=t===void 0?"":`:${t.placeholder.replaceAll(":","\\:")}:${R(t.values)}`,m=t===void 0?"":"=";return o===void 0?$(`*--${e}${m}${l}${a}`):`${$(`*-${o}${t===void 0?"":"+"}${l}${a}`)} ${$(`*--${e}${m}${l}${a}`)}`}function R(e){switch(e.kind){case"words":return`(${e.words.join(" ")})`;case"rules":return"_meshlint_rules";case"levels":return"_meshlint_rule_levels";case"files":return"_files";case"unknown":return" ";default:return e}}function E(e,o){return e==="files"||e.length===0?"":e===o?" '2:rule:_meshlint_rules'":` '2: :(${e.join(" ")})'`}var f=["bash","zsh","fish"];function h(e,o,t){let r=v(o,t);switch(e){case"bash":return b(r);case"zsh":return C(r);case"fish":return x(r);default:return e}}module.exports={completionScript:h,shells:f};
