import { describe, expect, it } from 'vitest';
import { byCodeUnits, clip, jsonText, visible } from './escape.ts';

describe('visible', () => {
  it('leaves exactly what a terminal, a log or a reader could mistake', () => {
    const meant = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\ufeff]/u;
    const wrong = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code)).filter(
      (character) => (visible(character) !== character) !== meant.test(character),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['a terminal escape', '\u001b[31m', '\\u001b[31m'],
    ['a C1 escape', '\u009b31m', '\\u009b31m'],
    ['line ends', 'a\r\nb\u0085c\u2028d\u2029e', 'a\\u000d\\u000ab\\u0085c\\u2028d\\u2029e'],
    ['a tab and DEL', '\t\u007f', '\\u0009\\u007f'],
    ['turned reading directions', '\u202a\u202b\u202c\u202d\u202e', '\\u202a\\u202b\\u202c\\u202d\\u202e'],
    ['isolated reading directions', '\u2066\u2067\u2068\u2069\u200e\u200f\u061c', '\\u2066\\u2067\\u2068\\u2069\\u200e\\u200f\\u061c'],
    ['a byte order mark', '\ufeffa', '\\ufeffa'],
    ['half a character', 'a\ud83d', 'a\\ud83d'],
    ['a command to a runner', 'a ##[add-mask]b ###[c]', 'a \\u0023#[add-mask]b #\\u0023#[c]'],
    ['a command to an agent', 'a##vso[task.setvariable]b', 'a\\u0023#vso[task.setvariable]b'],
  ])('shows %s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves everything else as it is', () => {
    const text = 'naïve-服务-🚀-e\u0301-👩\u200d💻 "quoted" \\ %0A ::error:: ##a ##vso #[b]';
    expect(visible(text)).toBe(text);
  });
});

describe('jsonText', () => {
  it('parses to the same value, and has nothing that a terminal would obey', () => {
    const value = { '\u001b': '\u007f\u009b\u2028\u202e\ud83d\n🚀', '##[group]': '##vso[a]', nested: [1, null, true] };
    const text = jsonText(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(text).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Cs}]|##(vso)?\[/u);
  });

  it('keeps a key that is called __proto__', () => {
    expect(jsonText(Object.fromEntries([['__proto__', 1]]))).toBe('{"__proto__":1}');
  });
});

describe('clip', () => {
  it('keeps what fits', () => {
    expect(clip('abc', 3)).toBe('abc');
  });

  it('says that something was left out', () => {
    expect(clip('abcd', 3)).toBe('ab…');
  });

  it('never cuts a character in half', () => {
    expect(clip('a🚀bc', 3)).toBe('a…');
    expect(clip('a🚀bc', 4)).toBe('a🚀…');
  });
});

describe('byCodeUnits', () => {
  it('sorts without a locale', () => {
    expect(['b', 'a', 'ä', 'B', 'a'].sort(byCodeUnits)).toEqual(['B', 'a', 'a', 'b', 'ä']);
  });
});
