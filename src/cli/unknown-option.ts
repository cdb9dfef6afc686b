import { UsageError } from '../engine/options.ts';
import { closestName } from '../node/closest.ts';
import { optionNames } from './option-table.ts';

/** Names that other linters and Istio's tools have for the same, without their dashes. */
const habits: Readonly<Record<string, string>> = {
  o: 'for another format: --format json; into a file: --format json=FILE',
  output: 'for another format: --format json; into a file: --format json=FILE',
  'output-format': 'for another format: --format json',
  'output-file': 'a report is written to a file with --format FMT=FILE',
  'output-threshold': 'that is --fail-on here',
  'failure-threshold': 'that is --fail-on here',
  'max-warnings': 'that is --fail-on here',
  'exit-zero': 'that is --fail-on never here',
  'no-color': 'that is --color never here',
  ignore: 'to leave out files: --exclude GLOB; to switch off a rule: --rule ID=off',
  'ignore-paths': 'that is --exclude here',
  'ignore-pattern': 'that is --exclude here',
  suppress: 'to switch off a rule: --rule ID=off',
  disable: 'to switch off a rule: --rule ID=off',
  'generate-baseline': 'for a new baseline: meshlint baseline create FILE PATH',
  'baseline-file': 'that is --baseline here',
  'new-from-rev': 'that is --since here',
  changed: 'to report only what is new: --since REV',
  diff: 'to report only what is new: --since REV',
  select: 'that is --only here',
  strict: 'that is --preset strict here',
  all: 'for all rules: --preset all',
  stdin: 'standard input is the path -: meshlint lint -',
  filename: 'files and folders are named without an option: meshlint lint PATH',
  R: 'folders are always read with what is below them',
  recursive: 'folders are always read with what is below them',
  A: 'all namespaces are always analysed',
  'all-namespaces': 'all namespaces are always analysed',
  'use-kube': 'meshlint never talks to a cluster',
  kubeconfig: 'meshlint never talks to a cluster',
  i: 'that is --istio-namespace here',
  istioNamespace: 'that is --istio-namespace here',
  v: 'for the version: -V',
  w: 'that is --watch here',
};

/** The error for an option that there is not, with what was meant where that can be told. */
export function unknownOption(written: string, value: string | undefined): UsageError {
  const name = written.replace(/^-+/, '');
  const habit = Object.hasOwn(habits, name) ? habits[name] : undefined;
  if (habit !== undefined) return new UsageError(`there is no option ${written}`, habit);
  const near = name.length > 1 ? closestName(name, optionNames) : undefined;
  const whole = value === undefined ? '' : `=${value}`;
  return new UsageError(
    `there is no option ${written}`,
    near === undefined ? 'meshlint --help lists the options' : `did you mean --${near}${whole}?`,
  );
}
