import type { MergedPullRequest } from '../../pull-requests/pull-request';

/** Teams of row `r`: `team[teamStart[r] … teamStart[r + 1] - 1]`, as indices. */
export interface TeamColumns {
  readonly teamStart: Uint32Array;
  readonly team: Uint32Array;
}

/** Slugs of all teams of a pull request at its merge, each once. */
export type TeamsOf = (pullRequest: MergedPullRequest) => readonly string[];

/** The teams of rows; slugs not met before are added to `teams`, whose order gives the indices. */
export function flattenTeams(slugs: readonly (readonly string[])[], teams: Map<string, number>): TeamColumns {
  return {
    teamStart: toStarts(slugs.map((row) => row.length)),
    team: Uint32Array.from(slugs.flat(), (slug) => toIndex(teams, slug)),
  };
}

/** Where each row's part begins when all parts lie one behind the other; the last entry is the end. */
export function toStarts(lengths: readonly number[]): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  let next = 0;
  lengths.forEach((length, row) => {
    next += length;
    starts[row + 1] = next;
  });
  return starts;
}

/** The index of a name, a new one for a name not met before. */
export function toIndex(names: Map<string, number>, name: string): number {
  const known = names.get(name);
  if (known !== undefined) {
    return known;
  }
  names.set(name, names.size);
  return names.size - 1;
}
