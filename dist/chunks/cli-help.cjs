var r=require("./shared.cjs");var t=require("./core.cjs");var o=t;var s=t;var n=t;function E(e,a,i){switch(a){case"lint":return`Finds what is wrong in manifests. The word lint may be left out.

Usage: ${e} [lint] [OPTION]... [PATH...]

${g}
Examples:
${b(e)}
${i.options}${i.notes}`;case"init":return`Writes a first meshlint.yaml for the manifests in this folder and below. Files that define the same resource
differently, and overlays of one base, are no one mesh: each branch is one, from where their paths part.

Usage: ${e} init [--dry-run | --force]

Examples:
  ${e} init --dry-run
  ${e} init && ${e} lint

      --dry-run               print it, and write nothing
      --force                 write it over one that is there
`;case"rules":return`Lists the rules, with their severities and presets.

Usage: ${e} rules [--equivalent CODE] [-f json]

Examples:
  ${e} rules
  ${e} rules --equivalent IST0101
  ${e} rules -f json

      --equivalent CODE       only those that find what istioctl or Kiali has a code for, such as IST0101 or KIA1107
  -f, --format FMT            text (default) or json
      --plugin FILE           rules of your own besides: a module that you have reviewed
      --color WHEN            auto (default), always or never
`;case"baseline":return`Keeps what was found before in a file, so that lint --baseline FILE reports and fails on what is new only.

Usage: ${e} baseline create|prune [OPTION]... [FILE] [PATH...]

Examples:
  ${e} baseline create
  ${e} baseline create accepted.json manifests/
  ${e} baseline prune
  ${e} lint --baseline meshlint-baseline.json

create writes all that is found now, prune takes out what no longer occurs. The name of a FILE ends in .json
(default: meshlint-baseline.json).

${v(i.options,l=>!r.b$2.has(l))}`;case"explain":return`Says what a rule finds, why it matters and what to do, with a manifest that is wrong and one that is right.

Usage: ${e} explain RULE

Examples:
  ${e} explain subset-not-found
  ${e} explain permissive-mtls --color always | less -R

      --plugin FILE           rules of your own besides: a module that you have reviewed
      --color WHEN            auto (default), always or never
`;case"problem-matcher":return`Prints what makes problems of the lines of --format concise: for VS Code the problemMatcher of a task, also of a
background task with --watch; for GitHub Actions a file for ::add-matcher::.

Usage: ${e} problem-matcher --for TOOL

Examples:
  ${e} problem-matcher --for vscode
  ${e} problem-matcher --for github > .github/meshlint.json

      --for TOOL              vscode or github
`;case"completion":return`Prints the completion of commands, options, formats and rules for a shell.

Usage: ${e} completion SHELL

Examples:
  source <(${e} completion bash)
  source <(${e} completion zsh)
  ${e} completion fish | source

A SHELL is bash, zsh or fish.

      --plugin FILE           rules of your own besides: a module that you have reviewed
`;default:return a}}function v(e,a){return e.split(`

`).flatMap(i=>{let[l="",...y]=i.split(`
`),h=!1,f=y.filter(d=>{let u=/^ +(?:-\w, )?--([a-z-]+)/.exec(d)?.[1];return u!==void 0&&(h=t.k$12.some(m=>m===u&&a(m))),h&&d!==""});return f.length===0?[]:[`${l}
${f.join(`
`)}
`]}).join(`
`)}var g=`A PATH is a file, a folder (all *.yaml, *.yml, *.json, Kustomization below it), a quoted glob, or - for standard input.
Without a PATH the current folder is read.
`,b=e=>`  ${e} lint manifests/
  helm template . | ${e} lint -
  kustomize build overlays/prod | ${e} lint -
  kubectl get ns,svc,deploy,vs,dr,gtw,pa,ap -A -o yaml | ${e} lint --complete -
  ${e} lint --format text --format sarif=meshlint.sarif .
  ${e} lint --watch
`;function $(e,a){return a!==void 0?`${E(e,a,{options:c,notes:w})}
${p}
Documentation: ${n.a$43}
`:`Finds what is wrong in the configuration of a service mesh (Istio, Gateway API, Kubernetes) before it is applied.

Usage: ${e} [lint] [OPTION]... [PATH...]
       ${e} init | baseline create|prune [OPTION]... [FILE] [PATH...]
       ${e} rules [--equivalent CODE] | explain RULE | problem-matcher --for TOOL | completion SHELL

${g}
Examples:
${b(e)}  ${e} init
  ${e} explain subset-not-found

Commands (${e} COMMAND --help has more):
  lint                        find what is wrong; the word may be left out
  init                        write a first meshlint.yaml for the manifests in this folder: one mesh, or several
      --dry-run               print it instead
      --force                 write it over one that is there
  baseline                    what was found before, so that lint --baseline FILE reports only what is new: create
                              writes all that is found to FILE, prune takes out what no longer occurs; the name of a
                              FILE ends in .json (default: meshlint-baseline.json)
  rules                       list the rules, with -f json as JSON
      --equivalent CODE       only those that find what istioctl or Kiali has a code for, such as IST0101 or KIA1107
  explain RULE                what a rule finds, why it matters and what to do
  problem-matcher             print what makes problems of the lines of --format concise
      --for TOOL              vscode or github
  completion SHELL            print the completion of words for a shell: bash, zsh or fish

${c}${p}
${w}Documentation: ${n.a$43}
`}var c=`Report:
  -f, --format FMT[=FILE]     text (default), concise, json, sarif, github, gitlab, junit, checkstyle, rdjson, azure or
                              markdown; to standard output or a file; repeatable
      --sarif-category NAME   which of several analyses of a commit a SARIF report is
      --sarif-root DIR        the root of the repository, that paths in SARIF are relative to (default: where .git is)
      --sarif-suppressed WHAT
                              what the manifests suppress, and what is not new: keep (default) or omit (default in
                              GitHub Actions, since GitHub shows it as open)
      --watch                 report again whenever a file changes; Ctrl-C ends it with the last exit code
      --timing                say on standard error how long each phase of the run and each rule took
  -q, --quiet                 findings only, no summary
      --color WHEN            auto (default), always or never; NO_COLOR and FORCE_COLOR are heeded

Rules:
      --preset NAME           recommended (default): what is wrong or almost surely so; strict: hardening and hygiene
                              as well; all: everything
      --rule ID=SEVERITY      off, info, warning or error for one rule, which also switches it on; repeatable
      --only ID[,ID]          only these rules, whatever the preset says; repeatable
      --plugin FILE           a module with rules of your own, whose code is run; repeatable; also for rules, explain
      --config FILE           the configuration (default: meshlint.yaml, .meshlint.yaml or .meshlint.json here or
                              above, up to the root of the git repository)
      --no-config             read no configuration file
      --config-ref REV        read the configuration and the baseline as they are in this revision of git, and heed no
                              .gitignore: then a change can't be judged by what it says itself
      --print-config          print what holds, as a configuration file, and stop
      --no-inline-suppressions
                              report also what comments and annotations in the manifests say not to

Exit code:
      --fail-on SEVERITY      the least severity that makes it 1: error, warning (default), info or never
      --allow-empty           nothing to analyse is no failure

Only what is new:
      --baseline FILE         neither report nor count what is in this baseline
      --since REV             nor what was there where REV and the current commit parted, as git has it
      --staged                read what git would commit now, not what lies in the folders; hooks
                              want this together with --since HEAD

Files:
      --exclude GLOB          leave out, as a line of a .gitignore in the current folder would; holds for a named PATH
                              too; repeatable
      --no-ignore             read what .gitignore and .git/info/exclude leave out
      --show-files            list the files that would be read, and stop

Mesh:
      --complete              the input is the whole mesh: what is not in it does not exist
      --istio-namespace NS    where Istio is installed (default: istio-system)
      --default-namespace NS  for resources that name none (default: default)
      --istio-version X.Y     what Istio the mesh has, or may have: 1.26-1.28
  -n, --namespace NS[,NS]     report only on what lies in these namespaces; all are analysed; repeatable
      --context PATH          part of the mesh, and never reported on: a file, a folder, a glob or -; repeatable
      --mesh-config FILE      the mesh configuration: itself, its ConfigMap, an IstioOperator or values of the chart
      --mesh-networks FILE    the mesh networks, in the same forms
      --gateway-api CHANNEL   the installed channel of the Gateway API: experimental (default) or standard

`,p=`  -h, --help                  print this
  -V, --version               print the version
`,w=`Folders whose name begins with a dot, and node_modules, are only read when they are named.

Exit codes:
  0  nothing found at or above --fail-on
  1  something found
  2  the run is not complete: something could not be read or parsed, or there was nothing to analyse
  3  wrong usage, or a PATH that does not exist

Limits, past which a text is not read (exit code 2):
  ${(0,o.c$39)(s.a$47.fileBytes)} a file; in a document ${String(s.a$47.depth)} levels and ${s.a$47.nodes.toLocaleString("en")} values, aliases counted as often as used;
  ${String(s.a$47.slowDocument/1024/1024)} Mi characters of a document with anchors, tags or broken text

`;module.exports={helpText:$};
