import type { TeamItem } from '../answers/choices';
import type { Instant } from '../../domain/instant';
import type { Team } from '../../domain/teams/team';
import { isMember } from '../../domain/teams/team-membership';
import type { WorkspaceVersion } from '../version/workspace-version';

/** Deleted ones too: they stay selectable for the facts they have. */
export function listTeams({ known, now }: WorkspaceVersion): readonly TeamItem[] {
  return known.teams.map((team) => toTeamItem(team, now));
}

export function toTeamItem({ slug, name, source, members, isDeleted }: Team, now: Instant): TeamItem {
  const present = members.filter((one) => isMember(one, now));
  return { slug, name, source, members: present.length, deleted: isDeleted };
}
