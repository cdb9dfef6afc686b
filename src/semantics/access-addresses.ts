interface Address {
  readonly bits: bigint;
  readonly length: 32 | 128;
}

/** An address or a block in the notation of CIDR; undefined for anything else. Source: pilot/pkg/networking/util, AddrStrToCidrRange. */
export interface AddressBlock extends Address {
  readonly prefix: number;
}

export function parseBlock(text: string): AddressBlock | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(slash === -1 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  if (slash === -1) return { ...address, prefix: address.length };
  const written = text.slice(slash + 1);
  if (!/^(0|[1-9]\d{0,2})$/.test(written)) return undefined;
  const prefix = Number(written);
  return prefix > address.length ? undefined : { ...address, prefix };
}

/** Undefined when the text is no address. */
export function contains(block: AddressBlock, text: string): boolean | undefined {
  const address = parseAddress(text);
  if (address === undefined) return undefined;
  if (address.length !== block.length) return false;
  const rest = BigInt(block.length - block.prefix);
  return address.bits >> rest === block.bits >> rest;
}

function parseAddress(text: string): Address | undefined {
  const bits = text.includes(':') ? parse6(text) : parse4(text);
  return bits === undefined ? undefined : { bits, length: text.includes(':') ? 128 : 32 };
}

function parse4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let bits = 0n;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    bits = (bits << 8n) | BigInt(part);
  }
  return bits;
}

function parse6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const front = groupsOf(halves[0] ?? '', halves.length === 1);
  const back = halves[1] === undefined ? [] : groupsOf(halves[1], true);
  if (front === undefined || back === undefined) return undefined;
  const missing = 8 - front.length - back.length;
  // Two colons stand for one group of zeros at least.
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...front, ...Array<number>(missing).fill(0), ...back].reduce((bits, group) => (bits << 16n) | BigInt(group), 0n);
}

/** Groups of 16 bits; the last two may be written as an IPv4 address where the text ends with them. */
function groupsOf(text: string, last: boolean): readonly number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const four = last && i === parts.length - 1 ? parse4(part) : undefined;
    if (four !== undefined) groups.push(Number(four >> 16n), Number(four & 0xffffn));
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}
