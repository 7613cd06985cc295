import type { Activity } from '../../domain/pull-requests/activity';
import type { ExclusionRules } from '../../domain/settings/exclusion-rules';
import { countLeftOut } from '../../domain/corrections/leave-out';
import { findBots } from '../../domain/reviews/find-bots';
import type { WholeVersion } from '../version/workspace-version';
import type { ExclusionCounts } from './corrections-report';

/**
 * What each rule leaves out of all history: merged and open pull requests, and the reviews and comments on them. What
 * two rules leave out counts with both.
 */
export async function countExclusions(version: WholeVersion, rules: ExclusionRules): Promise<ExclusionCounts> {
  const { known, open, systems } = version;
  const bots = findBots([...known.people.values()], rules.bots);
  const merged = await version.merges.count({
    authors: rules.people,
    repositories: rules.repositories,
    actors: [...rules.people, ...bots.all],
  });
  const activitiesBy = addCounts(merged.activitiesBy, countActivitiesBy(open.flatMap(({ activities }) => activities)));
  const count = (uuids: readonly string[]) => uuids.reduce((sum, uuid) => sum + (activitiesBy.get(uuid) ?? 0), 0);
  const toAccounts = (uuids: readonly string[]) => uuids.map((uuid) => known.people.get(uuid)?.displayName ?? uuid);
  const ofOpen = countLeftOut({ pullRequests: open, deployments: [] }, rules);
  const byPerson = addCounts(merged.byAuthor, ofOpen.byPerson);
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
      pullRequests:
        (merged.byRepository.get(uuid)?.pullRequests ?? 0) + (ofOpen.byRepository.get(uuid)?.pullRequests ?? 0),
      deployments: merged.byRepository.get(uuid)?.deployments ?? 0,
    })),
  };
}

function addCounts(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const sums = new Map(one);
  other.forEach((count, uuid) => sums.set(uuid, (sums.get(uuid) ?? 0) + count));
  return sums;
}

/** Reviews and comments by the uuid of who made them; deleted and withdrawn ones too, those of nobody known not. */
function countActivitiesBy(activities: readonly Activity[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { kind, actorUuid } of activities) {
    const isSaid = kind === 'approval' || kind === 'changes_request' || kind === 'comment';
    if (isSaid && actorUuid !== null) counts.set(actorUuid, (counts.get(actorUuid) ?? 0) + 1);
  }
  return counts;
}
