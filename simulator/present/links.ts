/** Addresses of the simulator: site and API are one server. */
export interface Addresses {
  /** Without a trailing slash. */
  readonly base: string;
}

export interface Link {
  readonly href: string;
}

export function toLink(href: string): Link {
  return { href };
}

/** `{a-b}` → `%7Ba-b%7D`, as Bitbucket writes uuids into addresses. */
export function encodeUuid(uuid: string): string {
  return encodeURIComponent(uuid);
}

export function apiLink({ base }: Addresses, path: string): Link {
  return { href: `${base}/2.0/${path}` };
}

export function siteLink({ base }: Addresses, path: string): Link {
  return { href: `${base}/${path}` };
}
