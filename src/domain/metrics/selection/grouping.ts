import type { NamesAsText } from '../../columns/names';

/** What rows are told apart by: their systems, or the teams of their authors, of which a row may have several. */
export interface Grouping {
  readonly by: 'system' | 'teamSet';
  /** Of each group, in order: the uuid of a system, or the slug of a team. */
  readonly names: readonly string[];
  /** The groups, by their places in `names`, of each number of a system or of a set of teams. */
  readonly groupsOf: readonly (readonly number[])[];
}

/** A group for each system that is chosen and has rows. `null`: all. */
export function groupBySystem({ systems }: NamesAsText, chosen: readonly string[] | null): Grouping {
  const wanted = new Set(chosen);
  const names: string[] = [];
  const groupsOf = systems.map((uuid) => (chosen === null || wanted.has(uuid) ? [names.push(uuid) - 1] : []));
  return { by: 'system', names, groupsOf };
}

/** A group for each team by its slug: a row of several teams is in the group of each. */
export function groupByTeam({ teamSets }: NamesAsText, slugs: readonly string[]): Grouping {
  const places = new Map(slugs.map((slug, place) => [slug, place]));
  return {
    by: 'teamSet',
    names: slugs,
    groupsOf: teamSets.map((set) => set.flatMap((slug) => places.get(slug) ?? [])),
  };
}

/** In how many groups one row may be. */
export function countMostGroups({ groupsOf }: Grouping): number {
  return groupsOf.reduce((most, groups) => Math.max(most, groups.length), 0);
}
