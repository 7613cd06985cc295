import type { ExclusionRules } from '../../domain/settings/exclusion-rules';
import { countLeftOut } from '../../domain/corrections/leave-out';
import { findDeployments } from '../../domain/deployments/strategies/all-strategies';
import { findBots } from '../../domain/reviews/find-bots';
import { countActivitiesBy } from '../facts/month-segments';
import type { WholeVersion } from '../version/workspace-version';
import type { ExclusionCounts } from './corrections-report';

/**
 * What each rule leaves out of all history: merged and open pull requests, and the reviews and comments on them. What
 * two rules leave out counts with both.
 */
export function countExclusions({ known, open, systems }: WholeVersion, rules: ExclusionRules): ExclusionCounts {
  const activitiesBy = addCounts(known.activitiesBy, countActivitiesBy(open.flatMap(({ activities }) => activities)));
  const count = (uuids: readonly string[]) => uuids.reduce((sum, uuid) => sum + (activitiesBy.get(uuid) ?? 0), 0);
  const toAccounts = (uuids: readonly string[]) => uuids.map((uuid) => known.people.get(uuid)?.displayName ?? uuid);
  const bots = findBots([...known.people.values()], rules.bots);
  const deployments = findDeployments({ ...known.basis.besideMerges, merged: known.everyMerge });
  const { byPerson, byRepository } = countLeftOut({ pullRequests: [...known.everyMerge, ...open], deployments }, rules);
  return {
    people: rules.people.map((uuid) => ({
      uuid,
      displayName: known.people.get(uuid)?.displayName ?? null,
      pullRequests: byPerson.get(uuid) ?? 0,
      activities: count([uuid]),
    })),
    bots: [...bots.byPattern].map(([pattern, uuids]) => ({
      pattern,
      accounts: toAccounts(uuids),
      activities: count(uuids),
    })),
    botsByType: { accounts: toAccounts(bots.byType), activities: count(bots.byType) },
    repositories: rules.repositories.map((uuid) => ({
      uuid,
      name: systems.toName(uuid).name,
      ...(byRepository.get(uuid) ?? { pullRequests: 0, deployments: 0 }),
    })),
  };
}

function addCounts(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const sums = new Map(one);
  other.forEach((count, uuid) => sums.set(uuid, (sums.get(uuid) ?? 0) + count));
  return sums;
}
