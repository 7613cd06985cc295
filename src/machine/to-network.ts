import { isIPv6 } from 'node:net';

/** Whoever has an IPv6 address has 2^64 of them. */
const ownHextets = 4;

/**
 * Of an address what its holder cannot choose: an IPv4 address whole, of an IPv6 address the network of one household.
 * Anything else as it is.
 */
export function toNetwork(address: string): string {
  const [plain = ''] = address.split('%', 1);
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/iu.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(plain) ? spellOut(plain).slice(0, ownHextets).join(':') : address;
}

/** The eight parts, with those that `::` stands for. */
function spellOut(address: string): readonly string[] {
  const [before = '', after] = address.toLowerCase().split('::', 2);
  const head = toParts(before);
  if (after === undefined) return head;
  const tail = toParts(after);
  return [...head, ...Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail];
}

/** Without the zeros in front that may be left out. */
function toParts(text: string): readonly string[] {
  return text === '' ? [] : text.split(':').map((part) => part.replace(/^0+(?=.)/u, ''));
}
