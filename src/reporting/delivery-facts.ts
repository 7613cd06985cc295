import { isDeepStrictEqual } from 'node:util';
import { findIncidents } from '../domain/incidents/find-incidents';
import type { Incident } from '../domain/incidents/incident';
import {
  buildDeliveryColumns,
  toDeploymentOrder,
  toIncidentOrder,
  type DeliveryColumns,
} from '../domain/metrics/delivery-columns';
import type { MergedPullRequest } from '../domain/pull-request';
import type { Team } from '../domain/team';
import type { WorkspaceSettings } from '../domain/workspace-settings';
import type { Stores } from '../store/stores';
import type { Workspace } from '../store/workspaces/workspace-store';
import { createTeamsOf } from './hand-kept-teams';
import { MonthSegments } from './month-segments';

/** Everything the reports of a workspace are made of, as of one version of it. */
export interface DeliveryFacts {
  readonly settings: WorkspaceSettings;
  /** Groups and teams kept by hand, deleted ones too. */
  readonly teams: readonly Team[];
  /** In the order of the rows of the columns. */
  readonly deployments: readonly MergedPullRequest[];
  readonly incidents: readonly Incident[];
  readonly columns: DeliveryColumns;
}

export type FactStores = Pick<Stores, 'workspaces' | 'settings' | 'pullRequests' | 'teams'>;

interface Kept {
  /** Facts, teams and settings all give the workspace a new version; an erased one begins anew when it reconnects. */
  readonly key: string;
  readonly segments: MonthSegments;
  readonly facts: Promise<DeliveryFacts>;
  rowCount: number;
}

/** About 2 GB of pull requests; the workspaces asked for longest ago are forgotten first. */
const mostRows = 1_500_000;

/** Keeps the facts of each workspace in memory until something of it changes. */
export class DeliveryFactsMemory {
  readonly #stores: FactStores;
  /** Asked for longest ago first. */
  readonly #kept = new Map<string, Kept>();

  constructor(stores: FactStores) {
    this.#stores = stores;
  }

  /** However many ask at once, the facts of a version are read once. */
  async load(workspace: Workspace): Promise<DeliveryFacts> {
    const key = `${workspace.connectedAt}/${workspace.version}`;
    const known = this.#kept.get(workspace.uuid);
    const kept = known?.key === key ? known : this.#read(workspace, key, known);
    this.#kept.delete(workspace.uuid);
    this.#kept.set(workspace.uuid, kept);
    try {
      const facts = await kept.facts;
      kept.rowCount = facts.deployments.length;
      this.#forgetOldest();
      return facts;
    } catch (error) {
      if (this.#kept.get(workspace.uuid) === kept) {
        this.#kept.delete(workspace.uuid);
      }
      throw error;
    }
  }

  #read(workspace: Workspace, key: string, before: Kept | undefined): Kept {
    const isSame = before?.key.startsWith(`${workspace.connectedAt}/`) === true;
    const segments = isSame ? before.segments : new MonthSegments(this.#stores.pullRequests, workspace.uuid);
    const waiting = before?.facts.catch(() => null) ?? Promise.resolve(null);
    const facts = waiting.then((last) => readFacts(this.#stores, { workspace: workspace.uuid, segments, last }));
    return { key, segments, facts, rowCount: before?.rowCount ?? 0 };
  }

  #forgetOldest(): void {
    let total = [...this.#kept.values()].reduce((sum, { rowCount }) => sum + rowCount, 0);
    for (const [uuid, { rowCount }] of this.#kept) {
      if (total <= mostRows || this.#kept.size === 1) {
        return;
      }
      this.#kept.delete(uuid);
      total -= rowCount;
    }
  }
}

interface Reading {
  readonly workspace: string;
  readonly segments: MonthSegments;
  /** What `segments` gave the last time; `null` when that failed. */
  readonly last: DeliveryFacts | null;
}

/**
 * Most new versions are about open pull requests, which no report is made of: then the last facts serve again. They
 * are worked out anew, in time linear in all merges, when a merge, the settings or the teams changed.
 */
async function readFacts(stores: FactStores, { workspace, segments, last }: Reading): Promise<DeliveryFacts> {
  const [settings, teams, changed] = await Promise.all([
    stores.settings.get(workspace),
    stores.teams.list(workspace),
    segments.load(),
  ]);
  if (changed === null && last !== null && isDeepStrictEqual([settings, teams], [last.settings, last.teams]))
    return last;
  const merged = changed ?? segments.list();
  const deployments = toDeploymentOrder(merged);
  const incidents = toIncidentOrder(findIncidents(merged, settings.incidentRules));
  const columns = buildDeliveryColumns({ deployments, incidents, teamsOf: createTeamsOf(teams) });
  return { settings, teams, deployments, incidents, columns };
}
