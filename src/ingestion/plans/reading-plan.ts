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
  parts: Pick<WorkParts, 'stores' | 'clock'>,
  key: PullRequestKey,
  options: { readonly payload?: typeof readWhole; readonly tx?: Transaction } = {},
): Promise<void> {
  await planReadings(parts, { workspace: key.workspace, keys: [key], ...options });
}

interface Readings {
  readonly workspace: string;
  readonly keys: readonly DeployIdParts[];
  readonly payload?: typeof readWhole | undefined;
  readonly tx?: Transaction;
}

/** As `planReading`, of several; one that is named twice is read once. */
export async function planReadings(
  { stores, clock }: Pick<WorkParts, 'stores' | 'clock'>,
  { workspace, keys, payload, tx }: Readings,
): Promise<void> {
  const each = new Set(keys.map(({ repositoryUuid, number }) => `${repositoryUuid}/${number}`));
  const job = { workspace, kind: readPullRequestKind, runAt: clock.now(), payload };
  await stores.jobs.enqueueAll(
    [...each].map((key) => ({ ...job, key })),
    tx,
  );
}

/** Which pull request a job is about. */
export function parseReadingKey(key: string): DeployIdParts {
  const cut = key.lastIndexOf('/');
  return { repositoryUuid: key.slice(0, cut), number: Number(key.slice(cut + 1)) };
}
