import type { LintCommand } from './arguments.ts';

/**
 * Whether a report in text is coloured: what the command line says, then NO_COLOR (https://no-color.org), FORCE_COLOR, TERM, and
 * whether somebody looks at it.
 */
export function wantsColor(
  mode: LintCommand['color'],
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: () => boolean,
): boolean {
  if (mode !== 'auto') return mode === 'always';
  if (isSet(env.NO_COLOR)) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return env.TERM !== 'dumb' && isTerminal();
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
