import { isDeepStrictEqual } from 'node:util';
import { correctColumns } from '../../domain/corrections/correct-columns';
import type { Correction } from '../../domain/corrections/correction';
import type { MergedRow } from '../../domain/columns/merged-row';
import type { WorkspaceColumns } from '../../domain/columns/month-columns';
import { formatDeployId, parseDeployId } from '../../domain/deployments/deploy-id';
import type { PullRequestKey } from '../../store/pull-requests/read-recorded';
import { findRelatedWaiting, type Looking } from './affected-keys';
import { deriveRows, findUndeployed } from './derive-rows';

/** Columns as they count, with corrections, and what they were made from. */
export interface CorrectedColumns {
  readonly raw: WorkspaceColumns;
  /** Those that act. */
  readonly acting: readonly Correction[];
  readonly columns: WorkspaceColumns;
  /** Ids of the corrections that change something. */
  readonly effective: ReadonlySet<string>;
}

/** The columns with what was put right by hand; the last ones serve again where nothing has changed. */
export async function correct(
  raw: WorkspaceColumns,
  {
    corrections,
    last,
    looking,
  }: {
    readonly corrections: readonly Correction[];
    readonly last: CorrectedColumns | null;
    readonly looking: Looking;
  },
): Promise<CorrectedColumns> {
  const acting = corrections.filter(({ undoneAt }) => undoneAt === null);
  if (last !== null && last.raw === raw && isDeepStrictEqual(last.acting, acting)) return last;
  if (acting.length === 0) return { raw, acting, columns: raw, effective: new Set() };
  return { raw, acting, ...correctColumns(raw, acting, await readWaiting(acting, looking)) };
}

/**
 * What waited for a deployment that is left out waits for the next one, and so does what that deployment was made of: the
 * rows of both are derived anew. There are few.
 */
async function readWaiting(acting: readonly Correction[], looking: Looking): Promise<MergedRow[]> {
  const { merges, workspace, pause } = looking;
  const undeployed = findUndeployed(acting);
  const keys = [...undeployed].map(parseDeployId).filter((key) => key !== null);
  const derivation = { ...looking.derivation, undeployed };
  const waiting = await findRelatedWaiting(keys, { ...looking, derivation });
  const leftOut = new Set(acting.filter(({ kind }) => kind === 'leave_out_pull_request').map(({ subject }) => subject));
  const wanted = toUnique([...waiting, ...keys]).filter((key) => !leftOut.has(formatDeployId(key)));
  const recorded = await merges.readByKeys(workspace, wanted);
  return (await deriveRows(merges, workspace, { recorded, derivation, pause })).map(({ row }) => row);
}

function toUnique(keys: readonly PullRequestKey[]): PullRequestKey[] {
  return [
    ...new Map(
      keys.map(({ repositoryUuid, number }) => [
        formatDeployId({ repositoryUuid, number }),
        { repositoryUuid, number },
      ]),
    ).values(),
  ];
}
