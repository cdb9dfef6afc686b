var c=Object.defineProperty;var v=Object.getOwnPropertyDescriptor;var w=Object.getOwnPropertyNames;var j=Object.prototype.hasOwnProperty;var k=(e,s)=>{for(var t in s)c(e,t,{get:s[t],enumerable:!0})},b=(e,s,t,r)=>{if(s&&typeof s=="object"||typeof s=="function")for(let l of w(s))!j.call(e,l)&&l!==t&&c(e,l,{get:()=>s[l],enumerable:!(r=v(s,l))||r.enumerable});return e};var g=e=>b(c({},"__esModule",{value:!0}),e);var L={};k(L,{completionScript:()=>_,shells:()=>h});module.exports=g(L);var i=require("./core.cjs");var x={format:"how to report",preset:"which rules are on",rule:"the severity of a rule",exclude:"leave out files",color:"when to use colours",for:"which tool reads it"};function P(e,s){let t=i.h$2.map(l=>({name:l.name,short:l.short,value:l.takesValue===void 0?void 0:{placeholder:l.takesValue,values:S(l)},about:x[l.name]??d(s,`--${l.name}`),commands:C(l)})),r=i.g$2.map(l=>({name:l,about:d(s,l),operands:M(l,e)}));return{options:t,commands:r,rules:e,levels:i.d$2}}function S({values:e,takesValue:s=""}){return e!==void 0?{kind:"words",words:e}:s==="ID=SEVERITY"?{kind:"levels"}:/^ID\b/.test(s)?{kind:"rules"}:{kind:/FILE|DIR|PATH/.test(s)?"files":"unknown"}}function C({name:e,command:s}){return s!==void 0?[s]:e==="help"||e==="version"?i.g$2:e==="format"?["lint","rules"]:e==="color"?["lint","rules","explain"]:["lint"]}function M(e,s){return e==="lint"?"files":e==="explain"?s:e==="completion"?["bash","zsh","fish"]:[]}function d(e,s){return(new RegExp(`^ +(?:-\\w, )?${s}(?: [A-Z]\\S*)?(?: {2,}|\\n +)(\\S.*)$`,"m").exec(e)?.[1]??"").split(/[;:]|, | \(/)[0]??""}function $(e){return`'${e.replaceAll("'","'\\''")}'`}function R({options:e,commands:s,rules:t,levels:r}){let l=n=>[...n.short===void 0?[]:[`-${n.short}`],`--${n.name}`],a=e.filter(({value:n})=>n!==void 0),m=n=>e.filter(u=>u.commands.includes(n)).flatMap(l),o=s.filter(({name:n})=>n!=="lint");return`# Completion of meshlint in bash. To load it: source <(meshlint completion bash)

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
${a.map(n=>`    ${l(n).join(" | ")})${E(n.value?.values)} return ;;`).join(`
`)}
  esac

  if [[ $cur == -* ]]; then
    case $command in
${o.map(({name:n})=>`      ${n}) _meshlint_offer '' "$cur" ${m(n).join(" ")} ;;`).join(`
`)}
      *) _meshlint_offer '' "$cur" ${m("lint").join(" ")} ;;
    esac
    return
  fi
  case $command in
    '') _meshlint_offer '' "$cur" ${s.map(({name:n})=>n).join(" ")}
      while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "$cur")
      compopt -o filenames 2>/dev/null ;;
${o.map(({name:n,operands:u})=>`    ${n})${O(u,t)} ;;`).join(`
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
`}function E(e){switch(e?.kind){case"words":return` _meshlint_offer "$front" "$value" ${e.words.join(" ")};`;case"rules":return' [[ $value == *,* ]] && front=$front${value%,*}, value=${value##*,}; _meshlint_offer "$front" "$value" $_meshlint_rules;';case"levels":return' _meshlint_levels "$front" "$value";';default:return""}}function O(e,s){return e==="files"||e.length===0?"":` _meshlint_offer '' "$cur" ${e===s?"$_meshlint_rules":e.join(" ")}`}function I({options:e,commands:s,rules:t,levels:r}){let l=s.filter(({name:o})=>o!=="lint").map(({name:o})=>o),a=e.filter(({value:o})=>o!==void 0).flatMap(({name:o,short:n})=>[...n===void 0?[]:[`-${n}`],`--${o}`]),m=o=>{let n=o.commands.includes("lint"),u=n?l.filter(p=>!o.commands.includes(p)):o.commands;return u.length===0?"":` -n '${n?"not ":""}__meshlint_is ${u.join(" ")}'`};return`# Completion of meshlint in fish. To load it: meshlint completion fish | source

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
${s.map(({name:o,about:n})=>`complete -c meshlint -n 'not __meshlint_command >/dev/null' -a ${o} -d ${f(n)}`).join(`
`)}
${s.flatMap(({name:o,operands:n})=>n==="files"||n.length===0?[]:[`complete -c meshlint -n '__meshlint_is ${o}' -a '${n===t?"$__meshlint_rules":n.join(" ")}'`]).join(`
`)}
${e.map(o=>{let n=o.short===void 0?"":` -s ${o.short}`;return`complete -c meshlint${m(o)} -l ${o.name}${n}${T(o.value?.values)} -d ${f(o.about)}`}).join(`
`)}
`}function T(e){switch(e?.kind){case void 0:return"";case"words":return` -x -a '${e.words.join(" ")}'`;case"rules":return" -x -a '$__meshlint_rules'";case"levels":return" -x -a '(__meshlint_rule_levels)'";case"files":return" -r -F";case"unknown":return" -x";default:return e}}function f(e){return`'${e.replace(/['\\]/g,"\\$&")}'`}function A({options:e,commands:s,rules:t,levels:r}){let l=e.filter(({value:o})=>o!==void 0).flatMap(({name:o,short:n})=>[...n===void 0?[]:[`-${n}`],`--${o}`]),a=o=>e.filter(n=>n.commands.includes(o)).map(n=>`        ${z(n)} \\`).join(`
`),m=s.filter(({name:o})=>o!=="lint");return`#compdef meshlint
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
${s.map(({name:o,about:n})=>`    ${$(`${o}:${n.replaceAll(":","\\:")}`)}`).join(`
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
${m.map(({name:o,operands:n})=>`    ${o})
      _arguments -s -S : \\
${a(o)}
        '1: :(${o})'${F(n,t)} ;;`).join(`
`)}
    *)
      _arguments -s -S : \\
${a("lint")}
        '1: :_meshlint_commands' '*:path:_files' ;;
  esac
}

if [[ \${funcstack[1]} == _meshlint ]]; then _meshlint "$@"; else compdef _meshlint meshlint; fi
`}function z({name:e,short:s,value:t,about:r}){let l=`[${r.replace(/[[\]\\]/g,"\\$&")}]`,a=t===void 0?"":`:${t.placeholder.replaceAll(":","\\:")}:${D(t.values)}`,m=t===void 0?"":"=";return s===void 0?$(`*--${e}${m}${l}${a}`):`${$(`*-${s}${t===void 0?"":"+"}${l}${a}`)} ${$(`*--${e}${m}${l}${a}`)}`}function D(e){switch(e.kind){case"words":return`(${e.words.join(" ")})`;case"rules":return"_meshlint_rules";case"levels":return"_meshlint_rule_levels";case"files":return"_files";case"unknown":return" ";default:return e}}function F(e,s){return e==="files"||e.length===0?"":e===s?" '2:rule:_meshlint_rules'":` '2: :(${e.join(" ")})'`}var h=["bash","zsh","fish"];function _(e,s,t){let r=P(s,t);switch(e){case"bash":return R(r);case"zsh":return A(r);case"fish":return I(r);default:return e}}0&&(module.exports={completionScript,shells});
