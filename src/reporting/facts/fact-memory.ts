import { isDeepStrictEqual } from 'node:util';
import { findIgnored, leaveOut } from '../../domain/corrections/leave-out';
import type { Correction } from '../../domain/corrections/correction';
import type { DeploymentFacts } from '../../domain/deployments/strategies/all-strategies';
import type { UndatedMerge } from '../../domain/pull-requests/pull-request';
import type { ReviewedPullRequest } from '../../domain/reviews/review-numbers';
import type { Person } from '../../domain/people/person';
import type { WorkspaceSettings } from '../../domain/settings/workspace-settings';
import type { Stores } from '../../store/stores';
import type { Workspace } from '../../store/workspaces/workspace-store';
import { buildDeliveryFacts, type DeliveryFacts, type FactMaterial } from './delivery-facts';
import { MonthSegments } from './month-segments';

export type FactStores = Pick<
  Stores,
  'workspaces' | 'settings' | 'repositories' | 'pullRequests' | 'teams' | 'people' | 'corrections' | 'notes'
>;

/** Beside merges, what all facts are worked out from. */
interface Basis {
  readonly settings: WorkspaceSettings;
  /** Undone ones too. */
  readonly corrections: readonly Correction[];
  /** What else deployments are found in, what a rule leaves out too. */
  readonly besideMerges: Omit<DeploymentFacts, 'merged'>;
}

/** What is known of a workspace as of one version of it. */
export interface WorkspaceFacts {
  /** Everybody seen beside a pull request, by uuid. */
  readonly people: ReadonlyMap<string, Person>;
  /** Uuids of bots and of people left out. */
  readonly ignored: ReadonlySet<string>;
  /** All merged pull requests, those that a rule leaves out too. */
  readonly everyMerge: readonly ReviewedPullRequest[];
  /** Uuids of the repositories with merges. */
  readonly repositories: ReadonlySet<string>;
  /** Merges that nobody can date, those that a rule leaves out too. */
  readonly undated: readonly UndatedMerge[];
  /** How many reviews and comments each person made on merged pull requests. */
  readonly activitiesBy: ReadonlyMap<string, number>;
  /** As pages show them by default: with the corrections made by hand. */
  readonly corrected: DeliveryFacts;
  /** As they came; worked out when first asked for. */
  getRaw(): DeliveryFacts;
  readonly basis: Basis;
  /** What the corrected facts were worked out from. */
  readonly material: FactMaterial;
}

interface Kept {
  /** Facts, teams and settings all give the workspace a new version; an erased one begins anew when it reconnects. */
  readonly key: string;
  readonly segments: MonthSegments;
  readonly facts: Promise<WorkspaceFacts>;
  rowCount: number;
  isRead: boolean;
}

/** About 2 GB of pull requests; the workspaces asked for longest ago are forgotten first. */
const mostRows = 1_000_000;

/** Keeps the facts of each workspace in memory until something of it changes. */
export class FactMemory {
  readonly #stores: FactStores;
  /** Asked for longest ago first. */
  readonly #kept = new Map<string, Kept>();

  constructor(stores: FactStores) {
    this.#stores = stores;
  }

  /** Whether the facts of this version have been read, so that loading them reads nothing. */
  holds({ uuid, connectedAt, version }: Workspace): boolean {
    const kept = this.#kept.get(uuid);
    return kept?.isRead === true && kept.key === `${connectedAt}/${version}`;
  }

  /** However many ask at once, the facts of a version are read once. */
  async load(workspace: Workspace): Promise<WorkspaceFacts> {
    const key = `${workspace.connectedAt}/${workspace.version}`;
    const known = this.#kept.get(workspace.uuid);
    const kept = known?.key === key ? known : this.#read(workspace, key, known);
    this.#kept.delete(workspace.uuid);
    this.#kept.set(workspace.uuid, kept);
    try {
      const facts = await kept.facts;
      kept.rowCount = facts.everyMerge.length;
      kept.isRead = true;
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
    return { key, segments, facts, rowCount: before?.rowCount ?? 0, isRead: false };
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
  readonly last: WorkspaceFacts | null;
}

/**
 * Most new versions are about open pull requests, which no report on merges is made of: then the last facts serve
 * again, with the people and the undated merges as they are now. They are worked out anew, in time linear in all
 * merges, when a merge, the settings, the teams, a correction or the set of bots changed.
 */
async function readFacts(stores: FactStores, { workspace, segments, last }: Reading): Promise<WorkspaceFacts> {
  const [settings, teams, corrections, people, undated] = await Promise.all([
    stores.settings.get(workspace),
    stores.teams.list(workspace),
    stores.corrections.list(workspace),
    stores.people.list(workspace),
    stores.pullRequests.listUndated(workspace),
  ]);
  const ignored = findIgnored(people, settings.exclusions);
  const changed = await segments.load(ignored);
  const known = { people: new Map(people.map((person) => [person.uuid, person])), ignored, undated };
  const basis = { settings, corrections, besideMerges: { teams } };
  if (changed === null && last !== null && isDeepStrictEqual(last.basis, basis)) {
    return { ...last, ...known };
  }
  const everyMerge = changed ?? segments.list();
  const repositories = new Set(everyMerge.map(({ repositoryUuid }) => repositoryUuid));
  const counted = { activitiesBy: segments.countActivities(), everyMerge, repositories };
  return { ...known, ...counted, basis, ...workOut(basis, everyMerge) };
}

function workOut({ settings, corrections, besideMerges }: Basis, everyMerge: readonly ReviewedPullRequest[]) {
  const acting = corrections.filter(({ undoneAt }) => undoneAt === null);
  const merged = leaveOut(everyMerge, settings.exclusions);
  const material = { ...besideMerges, settings, corrections: acting, merged };
  const corrected = buildDeliveryFacts(material);
  let raw = acting.length === 0 ? corrected : null;
  return {
    material,
    corrected,
    getRaw: () => (raw ??= buildDeliveryFacts({ ...material, corrections: [] })),
  };
}
