import type { DeployIdParts } from '../../domain/deployments/deploy-id';
import type { Transaction } from '../../store/database/transaction';
import type { WorkParts } from '../requests/work-parts';

export const readPullRequestKind = 'read-pull-request';
/** Payload of a job for what could not be read whole before: its commits are asked for again, too. */
export const readWhole = 'whole';

export interface PullRequestKey extends DeployIdParts {
  readonly workspace: string;
}

/** Puts one pull request down to be read again from Bitbucket. */
export async function planReading(
  { stores, clock }: Pick<WorkParts, 'stores' | 'clock'>,
  { workspace, repositoryUuid, number }: PullRequestKey,
  { payload, tx }: { readonly payload?: typeof readWhole; readonly tx?: Transaction } = {},
): Promise<void> {
  const key = `${repositoryUuid}/${number}`;
  await stores.jobs.enqueue({ workspace, kind: readPullRequestKind, key, runAt: clock.now(), payload }, tx);
}

/** Which pull request a job is about. */
export function parseReadingKey(key: string): DeployIdParts {
  const cut = key.lastIndexOf('/');
  return { repositoryUuid: key.slice(0, cut), number: Number(key.slice(cut + 1)) };
}
