import type { Person } from '../domain/people/person';
import type { ExclusionRules } from '../domain/settings/exclusion-rules';
import type { IncidentRules } from '../domain/incidents/incident-rules';
import type { Instant } from '../domain/instant';
import type { Team } from '../domain/teams/team';
import type { WorkspaceSettings } from '../domain/settings/workspace-settings';
import type { Correction } from '../domain/corrections/correction';
import type { PullRequestStore } from '../store/pull-requests/pull-request-store';
import type { CorrectionItem, ExclusionCounts, IncidentPreview, NoteItem } from './corrections/corrections-report';
import { countExclusions } from './corrections/count-exclusions';
import { listCorrections, listNotes } from './corrections/list-corrections';
import { previewIncidentRules } from './corrections/preview-incident-rules';
import type { AccelerateReport } from './answers/accelerate';
import { computeAccelerate, computeAcceleratePerSystem } from './delivery/compute-accelerate';
import { listDeployments, listIncidents } from './delivery/delivery-rows';
import { type DeploymentItem, type IncidentItem } from './answers/rows';
import type { Deliveries } from './facts/delivery-facts';
import type { DeliveryFilter, ParsedFilter, Query } from './filter/delivery-filter';
import { parseFilter, type Scope } from './filter/parse-filter';
import type { RowPage, Rows } from './filter/row-page';
import type { MergedPullRequestItem, OpenPullRequestItem, WorkInProgressReport } from './answers/pull-requests';
import { listUndatedMerges } from './pull-requests/undated-merges';
import { type UndatedMergeItem } from './answers/pull-requests';
import { computeReviews, computeReviewsPerSystem } from './reviews/compute-reviews';
import { listMergedPullRequests } from './reviews/merged-pull-requests';
import type { ReviewsReport } from './answers/reviews';
import { computeWorkInProgress, listOpenPullRequests } from './reviews/work-in-progress';
import { findFirstSteps, type FirstSteps } from './settings/first-steps';
import { listTeams } from './settings/team-items';
import { type TeamItem } from './answers/choices';
import { readTimeLine } from './time-line/read-time-line';
import type { PullRequestTimeLine } from './time-line/time-line';
import { toWorkspaceName, type WorkspaceName } from './version/completeness';
import type { ImportProgress } from './version/import-progress';
import type { SystemItem } from './answers/choices';
import type { WholeVersion, WorkspaceVersion } from './version/workspace-version';

/** A report for each system, in the order of the systems. */
export type PerSystem<Report> = readonly { readonly system: SystemItem; readonly report: Report }[];

/** One version of a workspace, and what can be asked of it: every answer is worked out from that version alone. */
export interface Snapshot {
  readonly workspace: WorkspaceName;
  readonly settings: WorkspaceSettings;
  /** Repositories that are there, and those that are gone but have merges, by slug. */
  readonly systems: readonly SystemItem[];
  /** By slug, deleted ones too, with their members at all times. */
  readonly teams: readonly Team[];
  /** Everybody seen beside a pull request, by uuid. */
  readonly people: readonly Person[];
  /** Undone ones too, newest first. */
  readonly corrections: readonly Correction[];
  /** What counts, with rules and corrections in force, each in the order of time, and of which version that is. */
  readonly deliveries: Pick<Deliveries, 'deployments' | 'incidents'> & { readonly version: number };
  readonly progress: ImportProgress;
  readonly now: Instant;
  parseFilter(query: Query, scope: Scope): ParsedFilter;
  computeAccelerate(filter: DeliveryFilter): AccelerateReport;
  /** The same report for each system that passes the filter, without series. */
  computeAcceleratePerSystem(filter: DeliveryFilter): PerSystem<AccelerateReport>;
  /** A cursor that is none of ours (`parseRowPage` finds it) leaves nothing. */
  listDeployments(filter: DeliveryFilter, page: RowPage): Rows<DeploymentItem>;
  listIncidents(filter: DeliveryFilter, page: RowPage): Rows<IncidentItem>;
  /** Merges that nobody can date, whatever the range: they count in no number and are named instead. */
  listUndatedMerges(filter: DeliveryFilter, page: RowPage): Rows<UndatedMergeItem>;
  computeReviews(filter: DeliveryFilter): ReviewsReport;
  /** The same for each system that passes the filter, without series. */
  computeReviewsPerSystem(filter: DeliveryFilter): PerSystem<ReviewsReport>;
  /** The pull requests merged in the range, newest merge first. */
  listMergedPullRequests(filter: DeliveryFilter, page: RowPage): Rows<MergedPullRequestItem>;
  /** Teams as they can be filtered by, deleted ones too. */
  listTeams(): readonly TeamItem[];
  /** By date, newest first. */
  listNotes(): readonly NoteItem[];
  findFirstSteps(): FirstSteps;
  previewIncidentRules(rules: IncidentRules): IncidentPreview;
}

/** A snapshot with the pull requests that were open then. */
export interface WholeSnapshot extends Snapshot {
  computeWorkInProgress(filter: DeliveryFilter): WorkInProgressReport;
  /** All that are open, newest first; the range does not matter. */
  listOpenPullRequests(filter: DeliveryFilter, page: RowPage): Rows<OpenPullRequestItem>;
  /** With the names that people know their parts by; newest first, undone ones too. */
  listCorrections(): readonly CorrectionItem[];
  /** What the given rules leave out, whether they are stored or only tried. */
  countExclusions(rules: ExclusionRules): ExclusionCounts;
  /** Reads the title and the acts of one that is no longer open. `null` when the repository has no such pull request. */
  readTimeLine(repositoryUuid: string, number: number): Promise<PullRequestTimeLine | null>;
}

export function createSnapshot(version: WorkspaceVersion): Snapshot {
  const { known, systems, progress, now } = version;
  const { settings, teams, deployments, incidents } = known.corrected;
  return {
    deliveries: { version: version.workspace.version, deployments, incidents },
    ...{ workspace: toWorkspaceName(version), settings, systems: systems.items, teams, progress, now },
    ...{ people: [...known.people.values()], corrections: known.corrections },
    parseFilter: (query, scope) => parseFilter(version, query, scope),
    computeAccelerate: (filter) => computeAccelerate(version, filter),
    computeAcceleratePerSystem: (filter) => computeAcceleratePerSystem(version, filter),
    listDeployments: (filter, page) => listDeployments(version, { filter, page }),
    listIncidents: (filter, page) => listIncidents(version, { filter, page }),
    listUndatedMerges: (filter, page) => listUndatedMerges(version, { filter, page }),
    computeReviews: (filter) => computeReviews(version, filter),
    computeReviewsPerSystem: (filter) => computeReviewsPerSystem(version, filter),
    listMergedPullRequests: (filter, page) => listMergedPullRequests(version, { filter, page }),
    listTeams: () => listTeams(version),
    listNotes: () => listNotes(version),
    findFirstSteps: () => findFirstSteps(version),
    previewIncidentRules: (rules) => previewIncidentRules(version, rules),
  };
}

export function createWholeSnapshot(
  version: WholeVersion,
  pullRequests: Pick<PullRequestStore, 'get' | 'listActivities'>,
): WholeSnapshot {
  return {
    ...createSnapshot(version),
    computeWorkInProgress: (filter) => computeWorkInProgress(version, filter),
    listOpenPullRequests: (filter, page) => listOpenPullRequests(version, { filter, page }),
    listCorrections: () => listCorrections(version),
    countExclusions: (rules) => countExclusions(version, rules),
    readTimeLine: (repositoryUuid, number) => readTimeLine(version, pullRequests, { repositoryUuid, number }),
  };
}
