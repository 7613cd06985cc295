import { createHash } from 'node:crypto';
import type { Database } from '../../src/store/database/database';
import type { Transaction } from '../../src/store/database/transaction';
import { findEncryptionKey } from '../../src/store/encryption-key/find-encryption-key';
import { countEveryRow } from '../../src/store/migrations/0011-counted-pull-requests';
import { openDatabase } from '../../src/store/open-database';
import { people } from '../../src/store/schema/people';
import {
  factMonths,
  pullRequestActivities,
  pullRequestCommits,
  pullRequestTeams,
} from '../../src/store/schema/pull-requests';
import { imports, repositories } from '../../src/store/schema/repositories';
import { apiTokens } from '../../src/store/schema/workspaces';
import { openStores, type Stores } from '../../src/store/stores';
import { findApiToken, findClientKey, referenceKey, referenceSecret } from './access';
import { drawMerges, type ReferenceMerge } from './draw-merges';
import { day, drawWorkspace, referenceDays, type ReferencePlan, type ReferenceWorkspace } from './shape';
import { addRows, createRows, findConnectedAt, mergedTable, type MergeRows } from './to-rows';

/** Pull requests of one transaction. */
const batchSize = 5_000;

export interface ToFill {
  /** As in `DATABASE_URL`: a database that is empty, or not there yet. */
  readonly url: string;
  readonly plans: readonly ReferencePlan[];
  /** Hears of each workspace and each of its merges, for whoever writes the rows down. */
  readonly onWorkspace?: (workspace: ReferenceWorkspace) => void;
  readonly onMerge?: (workspace: ReferenceWorkspace, merge: ReferenceMerge) => void;
}

/** Fills a database as the product leaves it after an import, with a live connection that can be asked. */
export async function fillReferenceData({ url, plans, onWorkspace, onMerge }: ToFill): Promise<void> {
  const database = await openDatabase({ url });
  try {
    await findEncryptionKey(database, { databaseUrl: url, given: referenceKey });
    const stores = openStores(database, { encryptionKey: referenceKey });
    if ((await stores.workspaces.list()).length > 0) throw new Error(`${url} is not empty.`);
    // Of this one connection: what is kept in memory of the indexes, in KiB.
    if (database.dialect === 'sqlite') await database.write('PRAGMA cache_size = -400000', []);
    for (const plan of plans) {
      const workspace = drawWorkspace(plan);
      onWorkspace?.(workspace);
      await fillWorkspace(stores, workspace, (merge) => onMerge?.(workspace, merge));
    }
    await database.write(countEveryRow, []);
    if (database.dialect === 'postgres') await database.write('ANALYZE', []);
  } finally {
    await database.close();
  }
}

async function fillWorkspace(
  stores: Stores,
  workspace: ReferenceWorkspace,
  onMerge: (merge: ReferenceMerge) => void,
): Promise<void> {
  await connect(stores, workspace);
  await fillSurroundings(stores, workspace);
  const months = new Set<string>();
  let rows = createRows();
  // One batch is written while the next is drawn.
  let written = Promise.resolve();
  for (const merge of drawMerges(workspace)) {
    onMerge(merge);
    addRows(rows, workspace, merge);
    months.add(new Date(merge.mergedAt).toISOString().slice(0, 7));
    if (rows.merged.length < batchSize) continue;
    await written;
    written = insertRows(stores.database, rows);
    rows = createRows();
  }
  await written;
  await insertRows(stores.database, rows);
  await nameMonths(stores, workspace, months);
}

async function connect({ workspaces, connections, database }: Stores, workspace: ReferenceWorkspace): Promise<void> {
  const { uuid, slug, now } = workspace;
  const installedAt = findConnectedAt(now);
  await workspaces.save({ uuid, slug, name: `Reference ${workspace.index + 1}`, connectedAt: installedAt });
  const reference = findClientKey(workspace);
  await connections.saveNew({ workspace: uuid, kind: 'connect', reference, credentials: referenceSecret, installedAt });
  const tokenHash = createHash('sha256').update(findApiToken(workspace)).digest('hex');
  const token = { workspace: uuid, id: 'reference', name: 'Reference', scope: 'read_write', tokenHash } as const;
  await database.insert(
    apiTokens,
    [{ ...token, createdAt: now, ...{ madeBy: null, makerName: null, revokedAt: null } }],
    { onConflict: 'keep' },
  );
}

/** Repositories that were imported and compared since, people, teams. */
async function fillSurroundings(stores: Stores, workspace: ReferenceWorkspace): Promise<void> {
  const { uuid, slug, now } = workspace;
  const connectedAt = findConnectedAt(now);
  const read = workspace.repositories.map((repository) => ({
    ...{ ...repository, fullName: `${slug}/${repository.slug}`, defaultBranch: 'main', isPrivate: true },
    readAt: connectedAt,
  }));
  await stores.repositories.saveAll(uuid, read);
  await stores.database.update(repositories, { where: { workspace: uuid }, set: { verifiedAt: now } });
  const done = read.map((repository) => toFinishedImport(workspace, repository.uuid));
  await stores.database.insert(imports, done, { onConflict: 'keep' });
  const seen = workspace.people.map(({ uuid: person, name, isBot }) => ({
    ...{ workspace: uuid, uuid: person, displayName: name, accountId: null, seenAt: now },
    type: isBot ? 'app_user' : 'user',
  }));
  await stores.database.insert(people, seen, { onConflict: 'keep' });
  const groups = workspace.teams.map((team) => ({ slug: team.slug, name: team.name, memberUuids: team.members }));
  await stores.teams.replaceGroups(uuid, groups, now);
  const administrators = workspace.people.slice(-1).map((person) => person.uuid);
  await stores.administrators.replaceAll(uuid, { userUuids: administrators, now });
}

function toFinishedImport({ uuid, now }: ReferenceWorkspace, repositoryUuid: string) {
  const startedAt = findConnectedAt(now);
  const counts = { listed: 0, expected: null, finished: 0, pages: 0, problem: null, anew: false };
  const times = { since: startedAt - referenceDays * day, startedAt, finishedAt: startedAt + 3_600_000 };
  return { workspace: uuid, repositoryUuid, phase: 'done', cursor: null, ...counts, ...times } as const;
}

async function insertRows(database: Database, { merged, commits, teams, activities }: MergeRows): Promise<void> {
  await database.transaction(async (tx: Transaction) => {
    const options = { onConflict: 'keep', tx } as const;
    await database.insert(mergedTable, merged, options);
    await database.insert(pullRequestCommits, commits, options);
    await database.insert(pullRequestTeams, teams, options);
    await database.insert(pullRequestActivities, activities, options);
  });
}

async function nameMonths({ workspaces, database }: Stores, workspace: ReferenceWorkspace, months: Set<string>) {
  const { uuid, now } = workspace;
  const version = await workspaces.bumpVersion(uuid);
  const rows = [...months].sort().map((month) => ({ workspace: uuid, month, version }));
  await database.insert(factMonths, rows, { onConflict: 'overwrite' });
  await workspaces.update(uuid, {
    importedSince: findConnectedAt(now) - referenceDays * day,
    ...{ verifiedAt: now, repositoriesReadAt: now, groupsReadAt: now },
  });
}
