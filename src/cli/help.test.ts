import { describe, expect, it } from 'vitest';
import { limits } from '../yaml/limits.ts';
import { helpText } from './help.ts';
import { commandNames, optionNames } from './option-table.ts';

describe('the help', () => {
  const text = helpText('meshlint');

  it.each(optionNames)('has --%s', (name) => {
    expect(text).toMatch(new RegExp(`^ +(-\\w, )?--${name}\\b`, 'm'));
  });

  it.each(commandNames)('has the command %s', (name) => {
    expect(text).toMatch(new RegExp(`^ {2}${name}( [A-Z]+)? {2,}\\S`, 'm'));
  });

  it('names no option that there is not', () => {
    const named = new Set(Array.from(text.matchAll(/--([a-z][a-z-]*)/g), ([, name]) => name));
    expect([...named].filter((name) => !optionNames.some((known) => known === name))).toEqual([]);
  });

  it('says the limits', () => {
    expect(text).toContain(`${String(limits.fileBytes / 1024 / 1024)} MiB a file`);
    expect(text).toContain(`${String(limits.depth)} levels`);
  });

  it('fits into 120 columns, and the examples call the program by its name', () => {
    expect(text.split('\n').filter((line) => line.length > 120)).toEqual([]);
    expect(helpText('kubectl meshlint')).toContain('helm template . | kubectl meshlint lint -');
  });
});
