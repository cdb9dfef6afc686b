import { describe, expect, it } from 'vitest';
import { resolveKey, resolvePlain } from './scalar.ts';

describe('a plain scalar', () => {
  it.each(['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'])('is true if it is %s', (text) => {
    expect(resolvePlain(text)).toBe(true);
  });

  it.each(['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'])('is false if it is %s', (text) => {
    expect(resolvePlain(text)).toBe(false);
  });

  it.each(['', '~', 'null', 'Null', 'NULL'])('is null if it is %j', (text) => {
    expect(resolvePlain(text)).toBeNull();
  });

  it.each([
    ['0', 0],
    ['-0', 0],
    ['8080', 8080],
    ['+12', 12],
    ['-12', -12],
    ['010', 8],
    ['-010', -8],
    ['0o17', 15],
    ['0O7', 7],
    ['0x1F', 31],
    ['+0x1f', 31],
    ['0b101', 5],
    ['0B1', 1],
    ['-0b11', -3],
    ['1_000', 1000],
    ['1_', 1],
    ['0x_1F', 31],
    ['0b_1', 1],
    ['09', 9],
    ['08.5', 8.5],
    ['1.0', 1],
    ['1.', 1],
    ['.5', 0.5],
    ['.5_0', 0.5],
    ['.5e1_0', 5e9],
    ['1._5', 1.5],
    ['1e3', 1000],
    ['1E+3', 1000],
    ['-1.5e-3', -0.0015],
    ['12345678901234567890', 12345678901234567890],
    ['123456789012345678901', 123456789012345678901],
    ['.inf', Infinity],
    ['+.INF', Infinity],
    ['-.Inf', -Infinity],
    ['.nan', NaN],
  ])('%s is the number %d', (text, value) => {
    expect(resolvePlain(text)).toBe(value);
  });

  it.each([
    ...['yEs', 'oN', 'nULL', 'tRue', 'none', 'yes ', 'Trues', 'inf', 'nan', '+.nan', '._5', '.5_', '.', '..5', '-', '+', '--1'],
    ...[
      '0x',
      '0o8',
      '0b2',
      '0x1p4',
      '_1',
      '1:30',
      '1:30:00',
      '2001-12-14',
      '2001-12-14T21:59:43Z',
      '1.2.3',
      '1e',
      'e3',
      '1e400',
      '+',
      '=',
      '<<',
      '1 000',
      '0x1.5',
    ],
  ])('%s is text', (text) => {
    expect(resolvePlain(text)).toBe(text);
  });
});

describe('a plain key', () => {
  it.each([
    ['host', 'host'],
    ['8080', '8080'],
    ['+8080', '8080'],
    ['0x10', '16'],
    ['010', '8'],
    ['-010', '-8'],
    ['1_000', '1000'],
    ['9007199254740993', '9007199254740993'],
    ['1.0', '1'],
    ['1.50', '1.5'],
    ['0.1', '0.1'],
    ['100000.0', '100000'],
    ['1e6', '1e+06'],
    ['1.25e-7', '1.25e-07'],
    ['123456789012345123456890123456789067890', '1.2345679e+38'],
    ['1.5e300', '.inf'],
    ['-.inf', '-.inf'],
    ['.nan', '.nan'],
    ['y', 'true'],
    ['Off', 'false'],
    ['2001-01-01', '2001-01-01'],
    ['=', '='],
  ])('%s becomes %s', (text, key) => {
    expect(resolveKey(text)).toBe(key);
  });

  it('cannot be null', () => {
    expect(['', '~', 'null'].map(resolveKey)).toEqual([undefined, undefined, undefined]);
  });
});
