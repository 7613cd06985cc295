import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { between } from '../database/model';
import { isOneOf, toJson } from '../database/table';
import type { Transaction } from '../database/transaction';
import * as tables from '../schema/deliveries';
import { isUnderWay } from '../schema/repositories';
import { workspaces } from '../schema/workspaces';
import { toDeliveryRows, type Deliveries, type DeliveryRows } from './delivery-rows';

/** The deployments and incidents that were created in one UTC month. */
export interface DeliveryMonth extends Deliveries {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly startAt: Instant;
  /** Exclusive. */
  readonly endAt: Instant;
  /** Another one whenever something of the month is different. */
  readonly digest: string;
}

/** Deployments and incidents as rows, for whoever opens the database; written month by month. */
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

  async noteVersion(workspace: string, version: number): Promise<void> {
    // In the statement that sees whether the workspace is still there.
    await this.#database.write(
      `INSERT INTO delivery_recordings (workspace, version) SELECT uuid, $2 FROM workspaces WHERE uuid = $1
       ON CONFLICT (workspace) DO UPDATE SET version = excluded.version`,
      [workspace, version],
    );
  }

  /** The digest of each month that has rows. */
  async listDigests(workspace: string): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#database.find(tables.deliveryMonths, { where: { workspace } });
    return new Map(rows.map(({ month, digest }) => [month, digest]));
  }

  /**
   * The rows of the month are those given, and no others. What moves from one month to another may be written in either
   * order. A workspace that is gone meanwhile stays gone.
   */
  async replaceMonth(workspace: string, month: DeliveryMonth): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const known = await this.#database.findOne(workspaces, { uuid: workspace }, tx);
      if (known === null) return;
      await this.#clear(workspace, month, tx);
      const rows = toDeliveryRows(workspace, month);
      const options = { onConflict: 'overwrite', tx } as const;
      await this.#database.insert(tables.deployments, rows.deployments, options);
      await this.#database.insert(tables.deploymentChanges, rows.changes, options);
      await this.#database.insert(tables.deploymentTeams, rows.teams, options);
      await this.#database.insert(tables.incidents, rows.incidents, options);
      await this.#noteMonth(workspace, month, tx);
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

  async #clear(workspace: string, { startAt, endAt, deployments }: DeliveryMonth, tx: Transaction): Promise<void> {
    const isMeant = isOneOf(this.#database.dialect, 'deploy_id', { parameter: '$4', type: 'text' });
    const ids = toJson(deployments.map(({ deployId }) => deployId));
    for (const { name } of [tables.deploymentChanges, tables.deploymentTeams]) {
      // By the deployments they are of, as these stand in their table and as they come.
      await this.#database.write(
        `DELETE FROM ${name} WHERE workspace = $1 AND (${isMeant} OR deploy_id IN (
           SELECT deploy_id FROM deployments WHERE workspace = $1 AND created_at >= $2 AND created_at < $3))`,
        [workspace, startAt, endAt, ids],
        tx,
      );
    }
    const ofTheMonth = { workspace, createdAt: between(startAt, endAt) };
    await this.#database.delete(tables.deployments, ofTheMonth, tx);
    await this.#database.delete(tables.incidents, ofTheMonth, tx);
  }

  async #noteMonth(workspace: string, { month, digest, ...rows }: DeliveryMonth, tx: Transaction): Promise<void> {
    if (rows.deployments.length + rows.incidents.length === 0) {
      await this.#database.delete(tables.deliveryMonths, { workspace, month }, tx);
    } else {
      await this.#database.insert(tables.deliveryMonths, [{ workspace, month, digest }], {
        onConflict: 'overwrite',
        tx,
      });
    }
  }
}
