import type { NamesAsText } from '../../columns/names';
import type { Instant } from '../../instant';

/** Which deployments, incidents or merged pull requests are meant. */
export interface RowSelection extends FilterChoice {
  readonly startAt: Instant;
  /** Exclusive. */
  readonly endAt: Instant;
}

export interface FilterChoice {
  /** Repository uuids with braces; one without any row selects nothing, and so does an empty list. `null`: all. */
  readonly systems: readonly string[] | null;
  /** Slugs; a row passes if any of its teams is chosen. An empty list filters nothing. */
  readonly teams: readonly string[];
}

/** 1 at the number of each system and each set of teams that passes; `null`: all do. */
export interface RowFilter {
  readonly systems: Uint8Array | null;
  readonly teamSets: Uint8Array | null;
}

export function toRowFilter({ systems, teamSets }: NamesAsText, choice: FilterChoice): RowFilter {
  const chosenSystems = new Set(choice.systems);
  const chosenTeams = new Set(choice.teams);
  return {
    systems: choice.systems === null ? null : toMarks(systems, (uuid) => chosenSystems.has(uuid)),
    teamSets:
      choice.teams.length === 0 ? null : toMarks(teamSets, (slugs) => slugs.some((slug) => chosenTeams.has(slug))),
  };
}

function toMarks<Name>(names: readonly Name[], isChosen: (name: Name) => boolean): Uint8Array {
  const marks = new Uint8Array(names.length);
  names.forEach((name, number) => {
    if (isChosen(name)) marks[number] = 1;
  });
  return marks;
}

/** Whether what is of a system and of a set of teams passes. */
export function passes({ systems, teamSets }: RowFilter, system: number, teamSet: number): boolean {
  return (systems === null || systems[system] === 1) && (teamSets === null || teamSets[teamSet] === 1);
}

/** Whether nothing is filtered. */
export function passesAll({ systems, teamSets }: RowFilter): boolean {
  return systems === null && teamSets === null;
}
