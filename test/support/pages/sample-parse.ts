import type { AccelerateReport } from '../../../src/reporting/answers/accelerate';
import type { WholeSnapshot } from '../../../src/reporting/snapshot';

/** Knows every filter but a team that is nobody's. */
export function createSampleParse({ range: { from, to, interval } }: AccelerateReport): WholeSnapshot['parseFilter'] {
  return ({ team, data }) =>
    team?.includes('nobody') === true
      ? { problems: [{ name: 'team', value: 'nobody', message: 'There is no team "nobody".' }] }
      : {
          filter: {
            from,
            to,
            interval,
            systems: [],
            teams: [...(team ?? [])],
            isRaw: data?.includes('raw') ?? false,
          },
        };
}
