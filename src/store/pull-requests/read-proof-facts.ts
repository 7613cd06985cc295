import type { Instant } from '../../domain/instant';
import type { MergedPullRequest } from '../../domain/pull-requests/pull-request';
import type { Database } from '../database/database';
import { pickColumns, selectList, toRows, type RowOf } from '../database/table';
import { pullRequests } from '../schema/pull-requests';

const proofFields = pickColumns(pullRequests, [
  ...(['repositoryUuid', 'number', 'title', 'author', 'openedAt', 'mergedAt'] as const),
  ...(['sourceBranch', 'destinationBranch', 'defaultBranchAtMerge'] as const),
]);

/** What tells whether a merge proves an incident, without its commits. */
export type ProofFacts = Omit<MergedPullRequest, 'changes' | 'isComplete' | 'teams' | 'teamsAsOf'> & {
  /** The first of the commits that count; `null`: there is none. */
  readonly firstChangeAt: Instant | null;
};

interface ProofRow extends RowOf<typeof proofFields> {
  readonly mergedAt: Instant;
  readonly firstChangeAt: Instant | null;
}

/** The merged and recorded pull requests of a time span whose title or branch is among what a rule looks at. */
export async function readProofFacts(
  database: Database,
  workspace: string,
  { startAt, endAt }: { readonly startAt: Instant; readonly endAt: Instant },
): Promise<ProofFacts[]> {
  // The first commit is asked beside: a list of all would be read for one number.
  const rows = await database.read<ProofRow>(
    `SELECT ${selectList(proofFields, 'p')}, (SELECT min(l.authored_at) FROM pull_request_commits l
       WHERE l.workspace = p.workspace AND l.repository = p.repository AND l.number = p.number) AS "firstChangeAt"
     FROM pull_requests p
     WHERE p.workspace = $1 AND p.merged_at >= $2 AND p.merged_at < $3 AND p.sealed_at IS NOT NULL`,
    [workspace, startAt, endAt],
  );
  return toRows(proofFields, rows).map(({ author, ...row }) => ({ ...row, authorUuid: author }));
}
