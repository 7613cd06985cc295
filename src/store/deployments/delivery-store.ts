import type { Deployment } from '../../domain/deployments/deployment';
import type { Incident } from '../../domain/incidents/incident';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { isOneOf, toJson } from '../database/table';
import type { Transaction } from '../database/transaction';
import {
  changeTable,
  deploymentTable,
  incidentTable,
  teamTable,
  toChangeRows,
  toDeploymentRow,
  toIncidentRow,
  toTeamRows,
  type ChangeRow,
  type DeploymentRow,
  type IncidentRow,
  type TeamRow,
} from './delivery-tables';

/** The deployments and incidents that were created in one UTC month. */
export interface DeliveryMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly startAt: Instant;
  /** Exclusive. */
  readonly endAt: Instant;
  /** Another one whenever something of the month is different. */
  readonly digest: string;
  readonly deployments: readonly Deployment[];
  readonly incidents: readonly Incident[];
}

/** What stands in the tables, in the order of ids. */
export interface DeliveryRows {
  readonly deployments: readonly DeploymentRow[];
  readonly changes: readonly ChangeRow[];
  readonly teams: readonly TeamRow[];
  readonly incidents: readonly IncidentRow[];
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
    const rows = await this.#database.read<{ uuid: string }>(
      `SELECT w.uuid FROM workspaces w LEFT JOIN delivery_recordings r ON r.workspace = w.uuid
       WHERE (r.version IS NULL OR r.version <> w.version) AND NOT EXISTS (
         SELECT 1 FROM imports i WHERE i.workspace = w.uuid AND i.phase NOT IN ('done', 'failed'))
       ORDER BY w.uuid`,
      [],
    );
    return rows.map(({ uuid }) => uuid);
  }

  /** The version that the rows are of; `null`: none were written yet. */
  async getVersion(workspace: string): Promise<number | null> {
    const row = await this.#database.readOne<{ version: number }>(
      'SELECT version FROM delivery_recordings WHERE workspace = $1',
      [workspace],
    );
    return row?.version ?? null;
  }

  async noteVersion(workspace: string, version: number): Promise<void> {
    await this.#database.write(
      `INSERT INTO delivery_recordings (workspace, version) SELECT uuid, $2 FROM workspaces WHERE uuid = $1
       ON CONFLICT (workspace) DO UPDATE SET version = excluded.version`,
      [workspace, version],
    );
  }

  /** The digest of each month that has rows. */
  async listDigests(workspace: string): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#database.read<{ month: string; digest: string }>(
      'SELECT month, digest FROM delivery_months WHERE workspace = $1',
      [workspace],
    );
    return new Map(rows.map(({ month, digest }) => [month, digest]));
  }

  /**
   * The rows of the month are those given, and no others. What moves from one month to another may be written in either
   * order. A workspace that is gone meanwhile stays gone.
   */
  async replaceMonth(workspace: string, month: DeliveryMonth): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const known = await this.#database.readOne('SELECT uuid FROM workspaces WHERE uuid = $1', [workspace], tx);
      if (known === null) return;
      await this.#clear(workspace, month, tx);
      const { deployments, incidents } = month;
      const keep = { onConflict: 'overwrite', tx } as const;
      await this.#database.insert(
        deploymentTable,
        deployments.map((one) => toDeploymentRow(workspace, one)),
        keep,
      );
      await this.#database.insert(
        changeTable,
        deployments.flatMap((one) => toChangeRows(workspace, one)),
        keep,
      );
      await this.#database.insert(
        teamTable,
        deployments.flatMap((one) => toTeamRows(workspace, one)),
        keep,
      );
      await this.#database.insert(
        incidentTable,
        incidents.map((one) => toIncidentRow(workspace, one)),
        keep,
      );
      await this.#noteMonth(workspace, month, tx);
    });
  }

  /** All of a workspace: for comparisons, and as an example of how to read them. */
  async read(workspace: string): Promise<DeliveryRows> {
    const select = <Row extends object>(table: string, order: string): Promise<Row[]> =>
      this.#database.read<Row>(`SELECT * FROM ${table} WHERE workspace = $1 ORDER BY ${order}`, [workspace]);
    return {
      deployments: await select<DeploymentRow>('deployments', 'deploy_id'),
      changes: await select<ChangeRow>('deployment_changes', 'deploy_id, change_id'),
      teams: await select<TeamRow>('deployment_teams', 'deploy_id, team'),
      incidents: await select<IncidentRow>('incidents', 'incident_id'),
    };
  }

  async #clear(workspace: string, month: DeliveryMonth, tx: Transaction): Promise<void> {
    const { startAt, endAt, deployments } = month;
    const isMeant = isOneOf(this.#database.dialect, 'deploy_id', { parameter: '$4', type: 'text' });
    const ids = toJson(deployments.map(({ deployId }) => deployId));
    for (const { name } of [changeTable, teamTable]) {
      await this.#database.write(
        `DELETE FROM ${name} WHERE workspace = $1 AND (${isMeant} OR deploy_id IN (
           SELECT deploy_id FROM deployments WHERE workspace = $1 AND created_at >= $2 AND created_at < $3))`,
        [workspace, startAt, endAt, ids],
        tx,
      );
    }
    for (const { name } of [deploymentTable, incidentTable]) {
      await this.#database.write(
        `DELETE FROM ${name} WHERE workspace = $1 AND created_at >= $2 AND created_at < $3`,
        [workspace, startAt, endAt],
        tx,
      );
    }
  }

  async #noteMonth(workspace: string, { month, digest, ...rows }: DeliveryMonth, tx: Transaction): Promise<void> {
    if (rows.deployments.length + rows.incidents.length === 0) {
      await this.#database.write(
        'DELETE FROM delivery_months WHERE workspace = $1 AND month = $2',
        [workspace, month],
        tx,
      );
      return;
    }
    await this.#database.write(
      `INSERT INTO delivery_months (workspace, month, digest) VALUES ($1, $2, $3)
       ON CONFLICT (workspace, month) DO UPDATE SET digest = excluded.digest`,
      [workspace, month, digest],
      tx,
    );
  }
}
