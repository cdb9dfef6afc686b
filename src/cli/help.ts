import { sizeText } from '../node/messages.ts';
import { projectUrl } from '../rule/project.ts';
import { limits } from '../yaml/limits.ts';
import { commandHelp, lintExamples, paths } from './command-help.ts';
import type { CommandName } from './option-table.ts';

/** What `--help` prints, of everything or of one command. `program` is `meshlint`, or `kubectl meshlint`. */
export function helpText(program: string, command?: CommandName): string {
  if (command !== undefined)
    return `${commandHelp(program, command, { options: lintOptions, notes: lintNotes })}\n${always}\nDocumentation: ${projectUrl}\n`;
  return `Finds what is wrong in the configuration of a service mesh (Istio, Gateway API, Kubernetes) before it is applied.

Usage: ${program} [lint] [OPTION]... [PATH...]
       ${program} init | baseline create|prune [OPTION]... [FILE] [PATH...]
       ${program} rules [--equivalent CODE] | explain RULE | problem-matcher --for TOOL | completion SHELL

${paths}
Examples:
${lintExamples(program)}  ${program} init
  ${program} explain subset-not-found

Commands (${program} COMMAND --help has more):
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

${lintOptions}${always}
${lintNotes}Documentation: ${projectUrl}
`;
}

const lintOptions = `Report:
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

`;

const always = `  -h, --help                  print this
  -V, --version               print the version
`;

const lintNotes = `Folders whose name begins with a dot, and node_modules, are only read when they are named.

Exit codes:
  0  nothing found at or above --fail-on
  1  something found
  2  the run is not complete: something could not be read or parsed, or there was nothing to analyse
  3  wrong usage, or a PATH that does not exist

Limits, past which a text is not read (exit code 2):
  ${sizeText(limits.fileBytes)} a file; in a document ${String(limits.depth)} levels and ${limits.nodes.toLocaleString('en')} values, aliases counted as often as used;
  ${String(limits.slowDocument / 1024 / 1024)} Mi characters of a document with anchors, tags or broken text

`;
