import type { Format } from '../cli/option-table.ts';
import type { Inputs } from './inputs.ts';

/** Reports that the Action reads itself, by format: absolute files. */
export type OwnReports = Partial<Readonly<Record<Format, string>>>;

/** The command line that does what a workflow asks for: whatever the Action can do, the command line does. */
export function commandLine(inputs: Inputs, own: OwnReports): readonly string[] {
  const { preset, config, configRef, baseline, since, failOn, plugins, formats, sarifFile } = inputs;
  return [
    'lint',
    ...option('preset', preset),
    ...option('config', config),
    ...option('config-ref', configRef),
    ...option('baseline', baseline),
    ...option('since', since),
    ...option('fail-on', failOn),
    ...plugins.flatMap((file) => option('plugin', file)),
    ...formats.flatMap((format) => option('format', format)),
    ...option('format', sarifFile === '' ? '' : `sarif=${sarifFile}`),
    ...Object.entries(own).map(([format, file]) => `--format=${format}=${file}`),
    // A path may begin with a dash.
    '--',
    ...inputs.paths,
  ];
}

function option(name: string, value: string): readonly string[] {
  return value === '' ? [] : [`--${name}=${value}`];
}
