import { describe, expect, it } from 'vitest';
import { closestName } from './closest.ts';

describe('the closest word', () => {
  const words = ['format', 'fail-on', 'preset', 'only', 'no-ignore', 'no-config', 'quiet'];

  it.each([
    ['fromat', 'format'],
    ['form', 'format'],
    ['failon', 'fail-on'],
    ['PRESET', 'preset'],
    ['presets', 'preset'],
    ['olny', 'only'],
    ['no-ingore', 'no-ignore'],
    ['quite', 'quiet'],
  ])('to %s is %s', (word, meant) => {
    expect(closestName(word, words)).toBe(meant);
  });

  it.each(['watch', 'x', '', 'namespace', 'fix'])('is none for %s', (word) => {
    expect(closestName(word, words)).toBeUndefined();
  });
});
