import type { Instant } from '../instant';

/** A team people can filter by: a Bitbucket group of two or more, or one kept by hand. */
export interface Team {
  readonly slug: string;
  readonly name: string;
  readonly source: 'group' | 'manual';
  readonly isDeleted: boolean;
  /** A group lists its members as of now; a team kept by hand knows since when and until when. */
  readonly members: readonly TeamMember[];
}

export interface TeamMember {
  /** With braces. */
  readonly userUuid: string;
  /** `null`: always. */
  readonly since: Instant | null;
  /** `null`: still. Exclusive. */
  readonly until: Instant | null;
}

/** A group with one member, or none, would single a person out: it is no team. */
export const smallestTeam = 2;

/** Whether people can filter by it: one kept by hand always, a group while it has enough members. */
export function isTeam({ source, members }: Pick<Team, 'source' | 'members'>): boolean {
  return source === 'manual' || members.length >= smallestTeam;
}
