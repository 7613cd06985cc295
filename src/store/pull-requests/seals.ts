import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Table } from '../database/table';
import type { Transaction } from '../database/transaction';
import type { PullRequestRow } from './pull-request-row';
import type { PullRequestRows, RepositoryKey } from './pull-request-rows';

/** What is written down once, at the merge or at the import. */
export interface Seal {
  readonly number: number;
  /** `null`: unknown, so it is no deployment. */
  readonly defaultBranch: string | null;
  /** Slugs. */
  readonly teams: readonly string[];
  readonly teamsAsOf: 'merge' | 'import';
  readonly sealedAt: Instant;
}

interface TeamRow {
  readonly workspace: string;
  readonly repository: string;
  readonly number: number;
  readonly team: string;
}

const teamTable: Table<TeamRow> = {
  name: 'pull_request_teams',
  key: ['workspace', 'repository', 'number', 'team'],
  columns: { workspace: 'text', repository: 'text', number: 'bigint', team: 'text' },
};

/** Seals those that exist and are not sealed yet. */
export async function sealAll(
  stored: { database: Database; rows: PullRequestRows },
  key: RepositoryKey,
  options: { seals: readonly Seal[]; tx: Transaction },
): Promise<void> {
  const teams: TeamRow[] = [];
  const change = (before: PullRequestRow | null, seal: Seal): PullRequestRow | null => {
    if (before === null || before.sealed_at !== null) {
      return null;
    }
    teams.push(...[...new Set(seal.teams)].map((team) => ({ ...key, number: seal.number, team })));
    const { defaultBranch, teamsAsOf, sealedAt } = seal;
    return { ...before, default_branch_at_merge: defaultBranch, teams_as_of: teamsAsOf, sealed_at: sealedAt };
  };
  await stored.rows.change(key, { rows: options.seals, change, tx: options.tx });
  await stored.database.insert(teamTable, teams, { onConflict: 'keep', tx: options.tx });
}
