import type { WorkspaceColumns } from '../../domain/columns/month-columns';
import { formatDeployId } from '../../domain/deployments/deploy-id';
import type { MergeReader } from '../../store/pull-requests/merge-reader';
import type { PullRequestKey } from '../../store/pull-requests/read-recorded';
import type { BasisChange } from './column-basis';
import { listDeployments, type Derivation } from './derive-rows';
import { findWaiting } from './find-waiting';
import { findHeldRows } from './replace-rows';
import type { Pause } from './slices';

/** A merge whose row may be another now. */
export interface AffectedKey extends PullRequestKey {
  /** False: it is certainly not there any more, so that nothing has to be read. */
  readonly isRecorded: boolean;
}

export interface Looking {
  readonly merges: MergeReader;
  readonly workspace: string;
  readonly derivation: Derivation;
  readonly pause: Pause;
}

/**
 * The merges whose rows may be others now: what changed since the version, what another basis touches, and whatever waits
 * for one of those to be deployed. Each once.
 */
export async function findAffected(
  { version, raw }: { readonly version: number; readonly raw: WorkspaceColumns },
  change: BasisChange,
  looking: Looking,
): Promise<AffectedKey[]> {
  const { merges, workspace, pause } = looking;
  const [changed, byPeople, ofRepositories] = await Promise.all([
    merges.findChangedSince(workspace, version),
    merges.findMergesBy(workspace, change),
    merges.findMergesOf(workspace, [...change.leftOut, ...change.takenIn]),
  ]);
  const affected = new Map<string, AffectedKey>(changed.map((key) => [formatDeployId(key), key]));
  addRecorded(affected, [...byPeople, ...ofRepositories]);
  if (affected.size === 0) return [];
  const held = await findHeldRows(raw.months, { keys: [...affected.values()], names: raw.names, pause });
  addRecorded(affected, [
    ...(await findWaiting(held, { months: raw.months, names: raw.names, pause })),
    ...(await findRelatedWaiting([...affected.values()], looking)),
  ]);
  return [...affected.values()];
}

function addRecorded(affected: Map<string, AffectedKey>, keys: readonly PullRequestKey[]): void {
  for (const { repositoryUuid, number } of keys) {
    const id = formatDeployId({ repositoryUuid, number });
    if (!affected.has(id)) affected.set(id, { repositoryUuid, number, isRecorded: true });
  }
}

/** The merges that are no deployments and share a commit with one of the keys. */
export async function findRelatedWaiting(
  keys: readonly PullRequestKey[],
  { merges, workspace, derivation }: Looking,
): Promise<PullRequestKey[]> {
  const related = await merges.readRelated(workspace, keys);
  const deployed = new Set(listDeployments(related, derivation).map(({ deployId }) => deployId));
  return related.filter((one) => !deployed.has(formatDeployId(one)));
}
