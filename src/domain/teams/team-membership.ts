import { compareText } from '../compare-text';
import type { Instant } from '../instant';
import type { MergedPullRequest } from '../pull-requests/pull-request';
import { isTeam, smallestTeam, type Team, type TeamMember } from './team';

/**
 * Prepares the snapshot of group membership for many merges at once: gives the slugs of the groups a person is in, by
 * their uuid; none for nobody.
 */
export function indexGroups(teams: readonly Team[]): (userUuid: string | null) => string[] {
  const byUser = new Map<string, string[]>();
  for (const team of teams) {
    if (team.source !== 'group' || team.isDeleted || !isTeam(team)) continue;
    for (const { userUuid } of team.members) byUser.set(userUuid, [...(byUser.get(userUuid) ?? []), team.slug]);
  }
  return (userUuid) => (userUuid === null ? [] : (byUser.get(userUuid) ?? []));
}

/**
 * The teams of a deployment: the groups written down at its merge, and every team kept by hand to which its author
 * belonged at that moment. A membership without a beginning covers all history, also of a team made today.
 */
export function createTeamsOf(
  teams: readonly Team[],
): (deployment: Pick<MergedPullRequest, 'authorUuid' | 'mergedAt' | 'teams'>) => readonly string[] {
  const memberships = new Map<string, { slug: string; member: TeamMember }[]>();
  for (const team of teams.filter(({ source }) => source === 'manual')) {
    for (const member of team.members) {
      const known = memberships.get(member.userUuid) ?? [];
      memberships.set(member.userUuid, [...known, { slug: team.slug, member }]);
    }
  }
  return (deployment) => {
    const ofAuthor = memberships.get(deployment.authorUuid ?? '') ?? [];
    const covering = ofAuthor.filter(({ member }) => isMember(member, deployment.mergedAt)).map(({ slug }) => slug);
    return covering.length === 0
      ? deployment.teams
      : [...new Set([...deployment.teams, ...covering])].sort(compareText);
  };
}

/**
 * The teams that a person belongs to now, as slugs by the uuid of the person: groups of two or more as Bitbucket lists
 * them, and teams kept by hand.
 */
export function findPresentTeams(teams: readonly Team[], now: Instant): ReadonlyMap<string, readonly string[]> {
  const slugsOf = new Map<string, string[]>();
  for (const team of teams.filter((one) => !one.isDeleted && isTeam(one))) {
    for (const { userUuid } of team.members.filter((one) => isMember(one, now))) {
      slugsOf.set(userUuid, [...(slugsOf.get(userUuid) ?? []), team.slug]);
    }
  }
  return slugsOf;
}

/**
 * Whether a team may have numbers of its own: those of fewer than two people would be those of a person. Of one that was
 * deleted everybody counts who ever belonged to it; a group was written down at a merge only while it was large enough.
 */
export function mayHaveNumbers({ source, members, isDeleted }: Team, now: Instant): boolean {
  if (isDeleted && source === 'group') return true;
  const counted = isDeleted ? members : members.filter((one) => isMember(one, now));
  return new Set(counted.map(({ userUuid }) => userUuid)).size >= smallestTeam;
}

/** Whether it is a membership at that moment. */
export function isMember({ since, until }: TeamMember, at: Instant): boolean {
  return (since === null || since <= at) && (until === null || at < until);
}
