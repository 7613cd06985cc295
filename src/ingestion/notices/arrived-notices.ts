import type { Notice } from '../../bitbucket/notices/to-notice';
import type { Instant } from '../../domain/instant';
import type { Transaction } from '../../store/database/transaction';
import type { Stores } from '../../store/stores';

/** With the moment it arrived: what it means may depend on what was known then. */
export type Arrived<N> = N & { readonly receivedAt: Instant };
export type PullRequestNotice = Arrived<Extract<Notice, { kind: 'pull_request' }>>;
export type PushNotice = Arrived<Extract<Notice, { kind: 'push' }>>;
export type RepositoryNotice = Arrived<Extract<Notice, { kind: 'repository' }>>;

/** One transaction's work on one workspace. */
export interface Round {
  readonly stores: Stores;
  readonly workspace: string;
  readonly now: number;
  readonly tx: Transaction;
}

export const isPullRequestNotice = (notice: Arrived<Notice>): notice is PullRequestNotice =>
  notice.kind === 'pull_request';
export const isPushNotice = (notice: Arrived<Notice>): notice is PushNotice => notice.kind === 'push';
export const isRepositoryNotice = (notice: Arrived<Notice>): notice is RepositoryNotice => notice.kind === 'repository';
