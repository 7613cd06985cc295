import type { Instant } from '../instant';
import type { Team } from './team';
import { pickFreeSlug, toTeamSlug } from './team-slugs';

/** A group as Bitbucket lists it. */
export interface GroupOfPeople {
  readonly slug: string;
  readonly name: string;
  /** With braces. */
  readonly memberUuids: readonly string[];
}

/** A team, and which group it is. */
export interface KnownTeam extends Team {
  /** The group's own slug, which a team kept by hand may have taken before; `null` of one kept by hand. */
  readonly groupSlug: string | null;
}

type Teams = ReadonlyMap<string, KnownTeam>;

/**
 * The teams that groups are after a reading of all groups: those no longer listed are deleted, and a group whose slug a
 * team kept by hand has taken goes by `<slug>-group`.
 * @param before By slug.
 */
export function replaceGroups(before: Teams, groups: readonly GroupOfPeople[]): KnownTeam[] {
  const slugOfGroup = new Map([...before.values()].map(({ groupSlug, slug }) => [groupSlug, slug]));
  const taken = new Set(before.keys());
  const replaced = new Map<string, KnownTeam>();
  for (const group of groups) {
    const slug = slugOfGroup.get(group.slug) ?? pickGroupSlug(group.slug, taken);
    taken.add(slug);
    replaced.set(slug, toTeamOfGroup(slug, group));
  }
  const missing = [...before.values()]
    .filter(({ source, slug }) => source === 'group' && !replaced.has(slug))
    .map((team) => ({ ...team, isDeleted: true, members: [] }));
  return [...replaced.values(), ...missing];
}

function toTeamOfGroup(slug: string, { slug: groupSlug, name, memberUuids }: GroupOfPeople): KnownTeam {
  const members = [...new Set(memberUuids)].toSorted().map((userUuid) => ({ userUuid, since: null, until: null }));
  return { slug, source: 'group', groupSlug, name, isDeleted: false, members };
}

function pickGroupSlug(slug: string, taken: ReadonlySet<string>): string {
  return taken.has(slug) ? pickFreeSlug(`${slug}-group`, taken) : slug;
}

/** The slug of a team kept by hand: its own if it has one, else a free one after its name. */
export function pickManualSlug(team: { readonly slug: string | null; readonly name: string }, before: Teams): string {
  if (team.slug !== null && before.get(team.slug)?.source === 'manual') {
    return team.slug;
  }
  return pickFreeSlug(team.slug ?? toTeamSlug(team.name), new Set(before.keys()));
}

/** Every membership ends: the team stays selectable for the facts it has and gets no new ones. */
export function endTeam<T extends Team>(team: T, at: Instant): T {
  const members = team.members.map((one) => ({ ...one, until: Math.min(one.until ?? at, at) }));
  return { ...team, isDeleted: true, members };
}
