import type { BitbucketApi } from '../../bitbucket/bitbucket-api';
import type { Clock } from '../../domain/clock';
import type { Instant } from '../../domain/instant';
import type { Log } from '../../machine/log';
import type { Stores } from '../../store/stores';
import type { OpenBitbucket } from './bitbucket-access';

/** The slugs of the groups that a person is in, by uuid; none for nobody. */
export type GroupsOf = (userUuid: string | null) => string[];

/** What work is done with. */
export interface WorkParts {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly log: Log;
  readonly open: OpenBitbucket;
  readonly importDays: number;
  readonly reconcileMinutes: number;
  /** The requests of a workspace in the hour before, and how many it may make in one. */
  readonly usage: (workspace: string, now: Instant) => Promise<{ readonly used: number; readonly limit: number }>;
  /** Readings of groups under way, by workspace: whoever asks meanwhile waits for the same answer. */
  readonly groupReadings: Map<string, Promise<boolean>>;
  /** A moment of our clock as a mark up to which Bitbucket was looked at: never later than by Bitbucket's clock. */
  readonly toMark: (at: Instant) => Instant;
  /** By workspace, with when they were read: a merge asks for one person, and there may be thousands in them. */
  readonly groupIndexes: Map<string, { readonly readAt: Instant | null; readonly groupsOf: GroupsOf }>;
  readonly administrators: { readonly freshen: (workspace: string, api: BitbucketApi) => Promise<void> };
}
