import { formatDeployId } from '../../domain/deployments/deploy-id';
import type { Database } from '../database/database';
import { between } from '../database/model';
import { isOneOf, toJson, type RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import * as tables from '../schema/deliveries';
import { isUnderWay } from '../schema/repositories';
import { workspaces } from '../schema/workspaces';
import { toDeliveryRows, type Deliveries, type DeliveryRows } from './delivery-rows';

/** Digests of deployments and of incidents; the empty text where there are none. */
export interface DayDigests {
  readonly deployments: string;
  readonly incidents: string;
}

/** The deployments and incidents that were created in one UTC day. */
export interface DeliveryDay extends Deliveries {
  /** Counted since 1970. */
  readonly day: number;
  /** Others whenever something of the day is different. */
  readonly digests: DayDigests;
}

/** Of which state of a workspace its rows are. */
export type DeliveryRecording = Omit<RowOf<typeof tables.deliveryRecordings>, 'workspace'>;

const dayMs = 86_400_000;

/** Deployments and incidents as rows, for whoever opens the database; written day by day. */
export class DeliveryStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Workspaces whose rows are of another version than their facts. One that is still being imported changes all the
   * time, and waits until it is not.
   */
  async listOutdated(): Promise<string[]> {
    // Asks three tables at once.
    const rows = await this.#database.read<{ uuid: string }>(
      `SELECT w.uuid FROM workspaces w LEFT JOIN delivery_recordings r ON r.workspace = w.uuid
       WHERE (r.version IS NULL OR r.version <> w.version) AND NOT EXISTS (
         SELECT 1 FROM imports i WHERE i.workspace = w.uuid AND ${isUnderWay})
       ORDER BY w.uuid`,
      [],
    );
    return rows.map(({ uuid }) => uuid);
  }

  /** The version that the rows are of; `null`: none were written yet. */
  async getVersion(workspace: string): Promise<number | null> {
    return (await this.#database.findOne(tables.deliveryRecordings, { workspace }))?.version ?? null;
  }

  /** What the rows are of; `null`: none were written yet. */
  async getRecording(workspace: string): Promise<DeliveryRecording | null> {
    return this.#database.findOne(tables.deliveryRecordings, { workspace });
  }

  async noteRecording(workspace: string, { version, basis }: DeliveryRecording): Promise<void> {
    // In the statement that sees whether the workspace is still there.
    await this.#database.write(
      `INSERT INTO delivery_recordings (workspace, version, basis) SELECT uuid, $2, $3 FROM workspaces WHERE uuid = $1
       ON CONFLICT (workspace) DO UPDATE SET version = excluded.version, basis = excluded.basis`,
      [workspace, version, basis],
    );
  }

  /** The digests of each day that has rows; `among`: of these days alone. */
  async listDigests(
    workspace: string,
    among: readonly number[] | null = null,
  ): Promise<ReadonlyMap<number, DayDigests>> {
    const where = { workspace };
    const rows =
      among === null
        ? await this.#database.find(tables.deliveryDays, { where })
        : await this.#database.findAmong(tables.deliveryDays, { where, field: 'day', among });
    return new Map(rows.map(({ day, deployments, incidents }) => [day, { deployments, incidents }]));
  }

  /**
   * The days on which pull requests that changed after a version were merged, and those on which what they deployed is
   * written down; `null`: more than so many changed.
   */
  async listChangedDays(workspace: string, since: number, most: number): Promise<ReadonlySet<number> | null> {
    // By the index over changes; the deployments by their ids.
    const changed = await this.#database.read<{ repositoryUuid: string; number: number; mergedAt: number | null }>(
      `SELECT repository AS "repositoryUuid", number, merged_at AS "mergedAt" FROM pull_requests
       WHERE workspace = $1 AND changed_in > $2 AND changed_in > 0 LIMIT $3`,
      [workspace, since, most + 1],
    );
    if (changed.length > most) return null;
    const written = await this.#database.findAmong(tables.deployments, {
      where: { workspace },
      field: 'deployId',
      among: changed.map(formatDeployId),
    });
    const instants = [...changed.map(({ mergedAt }) => mergedAt), ...written.map(({ createdAt }) => createdAt)];
    return new Set(instants.flatMap((at) => (at === null ? [] : [Math.floor(at / dayMs)])));
  }

  /**
   * The rows of the day are those given, and no others. What moves from one day to another may be written in either
   * order. A workspace that is gone meanwhile stays gone.
   */
  async replaceDay(workspace: string, day: DeliveryDay): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const known = await this.#database.findOne(workspaces, { uuid: workspace }, tx);
      if (known === null) return;
      await this.#clear(workspace, day, tx);
      const rows = toDeliveryRows(workspace, day);
      const options = { onConflict: 'overwrite', tx } as const;
      await this.#database.insert(tables.deployments, rows.deployments, options);
      await this.#database.insert(tables.deploymentChanges, rows.changes, options);
      await this.#database.insert(tables.deploymentTeams, rows.teams, options);
      await this.#database.insert(tables.incidents, rows.incidents, options);
      await this.#noteDay(workspace, day, tx);
    });
  }

  /** All of a workspace, in the order of ids: for comparisons, and as an example of how to read them. */
  async read(workspace: string): Promise<DeliveryRows> {
    const where = { workspace };
    const { deployments, deploymentChanges, deploymentTeams, incidents } = tables;
    return {
      deployments: await this.#database.find(deployments, { where, order: ['deployId'] }),
      changes: await this.#database.find(deploymentChanges, { where, order: ['deployId', 'changeId'] }),
      teams: await this.#database.find(deploymentTeams, { where, order: ['deployId', 'team'] }),
      incidents: await this.#database.find(incidents, { where, order: ['incidentId'] }),
    };
  }

  async #clear(workspace: string, { day, deployments }: DeliveryDay, tx: Transaction): Promise<void> {
    const [startAt, endAt] = [day * dayMs, (day + 1) * dayMs];
    const isMeant = isOneOf(this.#database.dialect, 'deploy_id', { parameter: '$2', type: 'text' });
    const ids = toJson(deployments.map(({ deployId }) => deployId));
    for (const { name } of [tables.deploymentChanges, tables.deploymentTeams]) {
      // By the deployments they are of, as these come and as they stand in their table. Either statement goes by the key;
      // one with both conditions would go through the whole table.
      await this.#database.write(`DELETE FROM ${name} WHERE workspace = $1 AND ${isMeant}`, [workspace, ids], tx);
      await this.#database.write(
        `DELETE FROM ${name} WHERE workspace = $1 AND deploy_id IN (
           SELECT deploy_id FROM deployments WHERE workspace = $1 AND created_at >= $2 AND created_at < $3)`,
        [workspace, startAt, endAt],
        tx,
      );
    }
    const ofTheDay = { workspace, createdAt: between(startAt, endAt) };
    await this.#database.delete(tables.deployments, ofTheDay, tx);
    await this.#database.delete(tables.incidents, ofTheDay, tx);
  }

  async #noteDay(workspace: string, { day, digests, ...rows }: DeliveryDay, tx: Transaction): Promise<void> {
    if (rows.deployments.length + rows.incidents.length === 0) {
      await this.#database.delete(tables.deliveryDays, { workspace, day }, tx);
    } else {
      const row = { workspace, day, ...digests };
      await this.#database.insert(tables.deliveryDays, [row], { onConflict: 'overwrite', tx });
    }
  }
}
