import { describe, expect, it } from 'vitest';
import { wantsColor } from './color.ts';

const terminal = (): boolean => true;
const pipe = (): boolean => false;

describe('colour', () => {
  it('is for a terminal', () => {
    expect(wantsColor('auto', {}, terminal)).toBe(true);
    expect(wantsColor('auto', {}, pipe)).toBe(false);
    expect(wantsColor('auto', { TERM: 'xterm-256color' }, terminal)).toBe(true);
    expect(wantsColor('auto', { TERM: 'dumb' }, terminal)).toBe(false);
  });

  it('is what the command line says, before anything else', () => {
    expect(wantsColor('always', { NO_COLOR: '1', TERM: 'dumb' }, pipe)).toBe(true);
    expect(wantsColor('never', { FORCE_COLOR: '1' }, terminal)).toBe(false);
  });

  it('is off with NO_COLOR, unless that is empty', () => {
    expect(wantsColor('auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, terminal)).toBe(false);
    expect(wantsColor('auto', { NO_COLOR: '' }, terminal)).toBe(true);
  });

  it('is on with FORCE_COLOR, unless that says no', () => {
    expect(wantsColor('auto', { FORCE_COLOR: '' }, pipe)).toBe(true);
    expect(wantsColor('auto', { FORCE_COLOR: '1', TERM: 'dumb' }, pipe)).toBe(true);
    expect(wantsColor('auto', { FORCE_COLOR: '0' }, terminal)).toBe(false);
    expect(wantsColor('auto', { FORCE_COLOR: 'false' }, terminal)).toBe(false);
  });
});
