import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import { collectPages } from '../../bitbucket/client/pages';
import type { Clock } from '../../domain/clock';
import type { Instant } from '../../domain/instant';
import type { PullRequestActivity } from '../../domain/pull-requests/pull-request-activity';
import type { PullRequestKey } from '../plans/reading-plan';
import type { Facts } from './recorder';

/** An answer may lag behind what happened, but not by so much. */
const longestLag = 15 * 60_000;

/** The whole activity of one pull request. */
export interface ActivityReading {
  readonly activities: readonly PullRequestActivity[];
  readonly mergedAt: Instant | null;
  /** False when an entry could not be understood. */
  readonly isWhole: boolean;
}

/** All pages. An edit after the merge is an `update` with state MERGED too: the first one is the merge. */
export async function readActivity(api: BitbucketApi, of: PullRequestKey): Promise<ActivityReading> {
  const { workspace, repositoryUuid, number } = of;
  const { items, unreadable } = await collectPages((cursor) =>
    api.listActivity(workspace, repositoryUuid, { number, cursor }),
  );
  const merges = items.flatMap(({ mergedAt }) => (mergedAt === null ? [] : [mergedAt]));
  return {
    activities: items.flatMap(({ activity }) => (activity === null ? [] : [activity])),
    mergedAt: merges.length === 0 ? null : Math.min(...merges),
    isWhole: unreadable.length === 0,
  };
}

/**
 * Up to when an answer must know everything: its own last change, which every approval, comment and edit moves; or so
 * long ago that no answer lags behind it.
 */
export function findAsOf(updatedAt: Instant, clock: Clock): Instant {
  return Math.max(updatedAt, clock.now() - longestLag);
}

/**
 * The activities, and, where all could be understood, what Bitbucket showed: what it showed once and shows no more is
 * gone.
 */
export function toActivityFacts(
  number: number,
  activity: ActivityReading | null,
  asOf: Instant,
): Pick<Facts, 'activities' | 'wholeReadings'> {
  if (activity === null) return {};
  const shown = new Set(activity.activities.map(({ key }) => key));
  return {
    activities: activity.activities.map((activity) => ({ number, activity })),
    wholeReadings: activity.isWhole ? [{ number, shown, asOf }] : [],
  };
}
