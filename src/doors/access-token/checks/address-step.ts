import { BlockList, isIP } from 'node:net';
import { notAllowed, works, type Finding } from './check';

/** Networks that nobody outside can reach. */
const ownNetworks = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  ...['::/127', 'fc00::/7', 'fe80::/10'],
];
const ownNames = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|test|invalid|home\.arpa)$/u;

const blocked = new BlockList();
for (const network of ownNetworks) {
  const [address = '', bits = ''] = network.split('/');
  blocked.addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

/** Can this host be reached from anywhere, as far as its name tells? Nobody is asked. */
export function isPublicHost(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/gu, '')
    .replace(/\.$/u, '');
  const version = isIP(host);
  if (version !== 0) return !blocked.check(host, version === 4 ? 'ipv4' : 'ipv6');
  return host.includes('.') && !ownNames.test(host);
}

export interface AskedAddress {
  readonly baseUrl: string;
  readonly bitbucketApiUrl: string;
}

/** Why Bitbucket cannot call this address; `null`: nothing speaks against it. */
export function findAddressProblem({ baseUrl, bitbucketApiUrl }: AskedAddress): 'private' | 'not_https' | null {
  const [own, api] = [new URL(baseUrl), new URL(bitbucketApiUrl)];
  // A stand-in for Bitbucket in the own network reaches what lies in it.
  if (!isPublicHost(api.hostname)) return null;
  if (!isPublicHost(own.hostname)) return 'private';
  return own.protocol === 'https:' ? null : 'not_https';
}

/**
 * 9: can Bitbucket call us? `answers`: whether BASE_URL itself answered just now, `null` where nobody asked. From here
 * that says nothing of the way from Bitbucket, so the sentence does not either.
 */
export function judgeAddress(asked: AskedAddress & { readonly answers: boolean | null }): Finding {
  const { host, hostname } = new URL(asked.baseUrl);
  const setPublic = 'Set BASE_URL to an https address that can be reached from outside, then connect again.';
  const problem = findAddressProblem(asked);
  if (problem === 'private') {
    return notAllowed(`${hostname} cannot be reached from outside, so Bitbucket is asked what moved.`, setPublic);
  }
  if (problem === 'not_https') {
    return notAllowed(`BASE_URL is not https, so Bitbucket is asked what moved.`, setPublic);
  }
  if (asked.answers === false) {
    return {
      result: 'works',
      sentence: `${host} can be called by Bitbucket, as far as its address tells; it did not answer from here just now.`,
      wayOut: 'If the server runs already, look whether its proxy leads to it.',
    };
  }
  const answered = asked.answers === true ? ', and it answers' : ', as far as its address tells';
  return works(`${host} can be called by Bitbucket${answered}.`);
}
