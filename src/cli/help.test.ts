import { describe, expect, it } from 'vitest';
import { limits } from '../yaml/limits.ts';
import { parseArguments } from './arguments.ts';
import { completionOf } from './completion-model.ts';
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

describe.each(commandNames)('the help of %s', (command) => {
  const text = helpText('meshlint', command);

  it('has its options, and no other', () => {
    const own = completionOf([], helpText('meshlint')).options.filter(({ commands }) => commands.includes(command));
    const named = Array.from(text.matchAll(/^ +(?:-\w, )?--([a-z-]+)/gm), ([, name]) => name);
    expect(named.toSorted()).toEqual(own.map(({ name }) => name).toSorted());
  });

  it('has examples that are understood', () => {
    const examples = Array.from(text.matchAll(/^ {2}.*?\bmeshlint( [^|&>)\n]*)/gm), ([, words = '']) => words.trim().split(' '));
    expect(examples.length).toBeGreaterThan(1);
    for (const words of examples) expect(parseArguments(words).kind).toMatch(/^(?:lint|other)$/);
    expect(text.match(/^Usage: (.*)$/m)?.[1]).toMatch(command === 'lint' ? /^meshlint \[lint\]/ : new RegExp(`^meshlint ${command}`));
  });

  it('fits into 120 columns, and calls the program by its name', () => {
    expect(text.split('\n').filter((line) => line.length > 120)).toEqual([]);
    const others = helpText('kubectl meshlint', command).replaceAll('kubectl meshlint', '');
    expect(others).not.toMatch(/\bmeshlint (?:lint|init|rules|explain|completion|problem-matcher)\b/);
  });
});
