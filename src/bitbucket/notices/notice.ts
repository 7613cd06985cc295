import type { Instant } from '../../domain/instant';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import type { PullRequestActivity } from '../../domain/pull-requests/pull-request-activity';
import type { Push } from '../../domain/commits/push';

/** What one webhook body says, once understood. */
export type Notice = PullRequestNotice | NamingNotice | PushNotice | RepositoryNotice | UnknownNotice;

interface PullRequestNotice {
  readonly kind: 'pull_request';
  readonly eventKey: string;
  /** The pull request's `updated_on` in the body. */
  readonly at: Instant | null;
  readonly repository: NoticedRepository;
  readonly pullRequest: PullRequestSnapshot;
  /** The approval, changes request or comment that the notice is about. */
  readonly activities: PullRequestActivity[];
  /** `pullrequest:fulfilled` only: the `updated_on` in the body. */
  readonly mergedAt: Instant | null;
}

/** Something happened to a pull request that the notice does no more than name. */
interface NamingNotice {
  readonly kind: 'pull_request_name';
  readonly eventKey: string;
  readonly repository: NoticedRepository;
  readonly number: number;
}

export interface PushNotice {
  readonly kind: 'push';
  readonly eventKey: string;
  readonly repository: NoticedRepository;
  /** Branches made, moved or deleted; tags are not among them. */
  readonly branches: { name: string; isDeleted: boolean; newHash: string | null }[];
  /** Those of branches that were made or moved. */
  readonly pushes: Push[];
}

interface RepositoryNotice {
  readonly kind: 'repository';
  readonly eventKey: string;
  readonly repository: NoticedRepository;
  /** `repo:fork` only. */
  readonly fork: NoticedRepository | null;
}

/** An event we have no use for, or do not know yet. */
interface UnknownNotice {
  readonly kind: 'unknown';
  readonly eventKey: string;
}

/** A repository inside a notice has neither slug nor default branch. */
export interface NoticedRepository {
  /** With braces. */
  readonly uuid: string;
  readonly name: string;
  readonly fullName: string | null;
}
