import type { Instant } from '../../domain/instant';
import type { SignInLink } from '../../doors/own-window';
import { toTime } from './result-data';
import { describeInstant } from './times';

type LinkState = 'open' | 'used' | 'revoked' | 'ended';

export function getLinkState({ usedAt, revokedAt, validUntil }: SignInLink, now: Instant): LinkState {
  if (revokedAt !== null) return 'revoked';
  if (usedAt !== null) return 'used';
  return validUntil <= now ? 'ended' : 'open';
}

/** A line a link. */
export function toLinkList(links: readonly SignInLink[], now: Instant): string {
  return links
    .map((link) => {
      const role = link.isAdministrator ? 'administrator' : 'member';
      const name = link.name === null ? '' : `  for ${link.name}`;
      const state = getLinkState(link, now).padEnd('revoked'.length);
      return `${link.id}  ${state}  ${role.padEnd('administrator'.length)}  until ${describeInstant(link.validUntil, now)}${name}`;
    })
    .join('\n');
}

export function toLinkData(link: SignInLink, now: Instant) {
  const { id, name, isAdministrator, madeAt, validUntil, usedAt, revokedAt } = link;
  return {
    ...{ id, state: getLinkState(link, now), role: isAdministrator ? 'administrator' : 'member', for: name },
    ...{
      made_at: toTime(madeAt),
      valid_until: toTime(validUntil),
      used_at: toTime(usedAt),
      revoked_at: toTime(revokedAt),
    },
  };
}
