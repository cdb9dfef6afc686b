import { aboutReports } from './completion-model.ts';
import { type CommandName, type OptionName, optionNames } from './option-table.ts';

/** What one command does, takes and is used for. */
export function commandHelp(program: string, command: CommandName, lint: { readonly options: string; readonly notes: string }): string {
  switch (command) {
    case 'lint':
      return `Finds what is wrong in manifests. The word lint may be left out.

Usage: ${program} [lint] [OPTION]... [PATH...]

${paths}
Examples:
${lintExamples(program)}
${lint.options}${lint.notes}`;
    case 'init':
      return `Writes a first meshlint.yaml for the manifests in this folder and below. Files that define the same resource
differently, and overlays of one base, are no one mesh: each branch is one, from where their paths part.

Usage: ${program} init [--dry-run | --force]

Examples:
  ${program} init --dry-run
  ${program} init && ${program} lint

      --dry-run               print it, and write nothing
      --force                 write it over one that is there
`;
    case 'rules':
      return `Lists the rules, with their severities and presets.

Usage: ${program} rules [--equivalent CODE] [-f json]

Examples:
  ${program} rules
  ${program} rules --equivalent IST0101
  ${program} rules -f json

      --equivalent CODE       only those that find what istioctl or Kiali has a code for, such as IST0101 or KIA1107
  -f, --format FMT            text (default) or json
      --plugin FILE           rules of your own besides: a module that you have reviewed
      --color WHEN            auto (default), always or never
`;
    case 'baseline':
      return `Keeps what was found before in a file, so that lint --baseline FILE reports and fails on what is new only.

Usage: ${program} baseline create|prune [OPTION]... [FILE] [PATH...]

Examples:
  ${program} baseline create
  ${program} baseline create accepted.json manifests/
  ${program} baseline prune
  ${program} lint --baseline meshlint-baseline.json

create writes all that is found now, prune takes out what no longer occurs. The name of a FILE ends in .json
(default: meshlint-baseline.json).

${onlyOptions(lint.options, (name) => !aboutReports.has(name))}`;
    case 'explain':
      return `Says what a rule finds, why it matters and what to do, with a manifest that is wrong and one that is right.

Usage: ${program} explain RULE

Examples:
  ${program} explain subset-not-found
  ${program} explain permissive-mtls --color always | less -R

      --plugin FILE           rules of your own besides: a module that you have reviewed
      --color WHEN            auto (default), always or never
`;
    case 'problem-matcher':
      return `Prints what makes problems of the lines of --format concise: for VS Code the problemMatcher of a task, also of a
background task with --watch; for GitHub Actions a file for ::add-matcher::.

Usage: ${program} problem-matcher --for TOOL

Examples:
  ${program} problem-matcher --for vscode
  ${program} problem-matcher --for github > .github/meshlint.json

      --for TOOL              vscode or github
`;
    case 'completion':
      return `Prints the completion of commands, options, formats and rules for a shell.

Usage: ${program} completion SHELL

Examples:
  source <(${program} completion bash)
  source <(${program} completion zsh)
  ${program} completion fish | source

A SHELL is bash, zsh or fish.

      --plugin FILE           rules of your own besides: a module that you have reviewed
`;
    default:
      return command satisfies never;
  }
}

/** The sections of a help with some of its options, each with the lines that go on about it. */
function onlyOptions(help: string, wants: (name: OptionName) => boolean): string {
  const sections = help.split('\n\n').flatMap((section) => {
    const [title = '', ...lines] = section.split('\n');
    let wanted = false;
    const kept = lines.filter((line) => {
      const name = /^ +(?:-\w, )?--([a-z-]+)/.exec(line)?.[1];
      if (name !== undefined) wanted = optionNames.some((known) => known === name && wants(known));
      return wanted && line !== '';
    });
    return kept.length === 0 ? [] : [`${title}\n${kept.join('\n')}\n`];
  });
  return sections.join('\n');
}

export const paths = `A PATH is a file, a folder (all *.yaml, *.yml, *.json, Kustomization below it), a quoted glob, or - for standard input.
Without a PATH the current folder is read.
`;

export const lintExamples = (program: string): string => `  ${program} lint manifests/
  helm template . | ${program} lint -
  kustomize build overlays/prod | ${program} lint -
  kubectl get ns,svc,deploy,vs,dr,gtw,pa,ap -A -o yaml | ${program} lint --complete -
  ${program} lint --format text --format sarif=meshlint.sarif .
  ${program} lint --watch
`;
