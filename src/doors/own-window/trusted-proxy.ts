import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Exactly what an e-mail address may hold that is worth asking Bitbucket for; nothing that could end a quotation. */
const plausible = /^[^\s"'\\,;:<>()[\]@]{1,64}@[^\s"'\\,;:<>()[\]@]{1,190}$/u;

/** Whether the other end of a TCP connection is one of these addresses or in one of these networks. */
export function createProxyList(addresses: readonly string[]): (remoteAddress: string) => boolean {
  const list = new BlockList();
  for (const entry of addresses) addEntry(list, entry);
  return (remoteAddress) => {
    // An address of the own link comes with the name of the interface.
    const address = remoteAddress.replace(/%.*$/u, '');
    // The list knows IPv4 addresses in the clothes of IPv6 (::ffff:10.0.0.1), as sockets for both give them.
    return isIPv4(address) ? list.check(address, 'ipv4') : isIPv6(address) && list.check(address, 'ipv6');
  };
}

function addEntry(list: BlockList, entry: string): void {
  const [address = '', prefix] = entry.split('/');
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  if (prefix === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(prefix), family);
}

/** The e-mail address in small letters; `null` for none, for several headers, and for what is no address. */
export function readEmail(rawHeaders: readonly string[], name: string): string | null {
  const [value, ...others] = readHeaders(rawHeaders, name);
  if (value === undefined || others.length > 0) return null;
  const email = value.trim().toLowerCase();
  return plausible.test(email) ? email : null;
}

export function readHeaders(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
