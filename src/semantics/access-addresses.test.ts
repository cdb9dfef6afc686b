import { describe, expect, it } from 'vitest';
import { contains, parseBlock } from './access-addresses.ts';

describe('an address block', () => {
  it.each([
    ['10.1.0.0/16', '10.1.2.3', true],
    ['10.1.0.0/16', '10.2.0.1', false],
    ['10.1.9.9/16', '10.1.2.3', true],
    ['192.168.1.5', '192.168.1.5', true],
    ['192.168.1.5', '192.168.1.6', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '::1', false],
    ['2001:db8::/32', '2001:db8:1::5', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['::ffff:10.0.0.0/104', '::ffff:10.1.2.3', true],
    ['::1', '0:0:0:0:0:0:0:1', true],
  ])('%s has %s: %s', (block, address, has) => {
    const parsed = parseBlock(block);
    expect(parsed && contains(parsed, address)).toBe(has);
  });

  it.each([
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/08',
    'x',
    '',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7::8',
    ':::',
    '10.0.0.1::',
    '::/129',
  ])('is not %j', (text) => {
    expect(parseBlock(text)).toBeUndefined();
  });

  it('can not be asked for what is no address', () => {
    const block = parseBlock('10.0.0.0/8');
    expect(block && contains(block, 'localhost')).toBeUndefined();
  });
});
