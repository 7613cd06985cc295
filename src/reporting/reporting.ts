import type { ExclusionRules } from '../domain/settings/exclusion-rules';
import type { IncidentRules } from '../domain/incidents/incident-rules';
import type { Instant } from '../domain/instant';
import type { Team } from '../domain/teams/team';
import type { WorkspaceSettings } from '../domain/settings/workspace-settings';
import type { AccelerateReport } from './delivery/accelerate-report';
import { createCorrectionAnswers } from './corrections/correction-answers';
import type { CorrectionItem, ExclusionCounts, IncidentPreview, NoteItem } from './corrections/corrections-report';
import { createDeliveryAnswers } from './delivery/delivery-answers';
import type { DeliveryFilter, ParsedFilter, Query } from './filter/delivery-filter';
import type { DeploymentItem, IncidentItem } from './delivery/delivery-rows';
import type { DeliveryFacts } from './facts/delivery-facts';
import type { FactStores } from './facts/fact-memory';
import { createLoader, type LoaderNeeds } from './facts/workspace-material';
import { loadTimeLine } from './pull-requests/load-time-line';
import type { PullRequestTimeLine } from './pull-requests/time-line';
import type { MergedPullRequestItem, OpenPullRequestItem, WorkInProgressReport } from './reviews/pull-request-items';
import { createReviewAnswers } from './reviews/review-answers';
import type { ReviewsReport } from './reviews/reviews-report';
import type { RowPage, Rows } from './filter/row-page';
import type { SystemItem } from './filter/system-directory';
import type { UndatedMergeItem } from './delivery/undated-merges';

/** What the caller may see: one repository, or with `null` the whole workspace. */
export interface Scope {
  readonly repositoryUuid: string | null;
}

export interface TeamItem {
  readonly slug: string;
  readonly name: string;
  readonly source: 'group' | 'manual';
  /** How many people belong to it now. */
  readonly members: number;
  readonly deleted: boolean;
}

/** Settings as the API shows them. */
export interface SettingsReport {
  readonly timezone: string;
  readonly levels: WorkspaceSettings['levels'];
  readonly incident_rules: {
    readonly revert: boolean;
    readonly branch_prefixes: readonly string[];
    readonly title_prefixes: readonly string[];
  };
  readonly exclusions: {
    /** Uuids with braces. */
    readonly people: readonly string[];
    /** Patterns of display names. */
    readonly bots: readonly string[];
    /** Uuids with braces. */
    readonly repositories: readonly string[];
  };
}

/** The answers of the API and the pages, for one workspace at a time, from facts alone. */
export interface Reporting {
  parseFilter(workspace: string, query: Query, scope: Scope): Promise<ParsedFilter>;
  loadAccelerate(workspace: string, filter: DeliveryFilter): Promise<AccelerateReport>;
  /** The same report for each system that passes the filter, without series, in the order of `loadSystems`. */
  loadPerSystem(
    workspace: string,
    filter: DeliveryFilter,
  ): Promise<readonly { readonly system: SystemItem; readonly report: AccelerateReport }[]>;
  /** A cursor that is none of ours (`parseRowPage` finds it) leaves nothing. */
  loadDeployments(workspace: string, filter: DeliveryFilter, page: RowPage): Promise<Rows<DeploymentItem>>;
  loadIncidents(workspace: string, filter: DeliveryFilter, page: RowPage): Promise<Rows<IncidentItem>>;
  /** Merges that nobody can date, whatever the range: they count in no number and are named instead. */
  loadUndatedMerges(workspace: string, filter: DeliveryFilter, page: RowPage): Promise<Rows<UndatedMergeItem>>;
  loadReviews(workspace: string, filter: DeliveryFilter): Promise<ReviewsReport>;
  /** The same for each system that passes the filter, without series. */
  loadReviewsPerSystem(
    workspace: string,
    filter: DeliveryFilter,
  ): Promise<readonly { readonly system: SystemItem; readonly report: ReviewsReport }[]>;
  /** The pull requests merged in the range, newest merge first. */
  loadMergedPullRequests(
    workspace: string,
    filter: DeliveryFilter,
    page: RowPage,
  ): Promise<Rows<MergedPullRequestItem>>;
  /** All that are open now, newest first; the range does not matter. */
  loadOpenPullRequests(workspace: string, filter: DeliveryFilter, page: RowPage): Promise<Rows<OpenPullRequestItem>>;
  loadWorkInProgress(workspace: string, filter: DeliveryFilter): Promise<WorkInProgressReport>;
  /** `null` when the repository has no such pull request. */
  loadTimeLine(workspace: string, repositoryUuid: string, number: number): Promise<PullRequestTimeLine | null>;
  /** Newest first, undone ones too. */
  loadCorrections(workspace: string): Promise<readonly CorrectionItem[]>;
  /** By date, newest first. */
  loadNotes(workspace: string): Promise<readonly NoteItem[]>;
  previewIncidentRules(workspace: string, rules: IncidentRules): Promise<IncidentPreview>;
  /** What the given rules leave out, whether they are stored or only tried. */
  countExclusions(workspace: string, rules: ExclusionRules): Promise<ExclusionCounts>;
  loadSystems(workspace: string, scope?: Scope): Promise<readonly SystemItem[]>;
  /** Deleted ones too: they stay selectable for the facts they have. */
  loadTeams(workspace: string): Promise<readonly TeamItem[]>;
  loadSettings(workspace: string): Promise<SettingsReport>;
  /** What counts, with rules and corrections in force, each in the order of time, and of which version that is. */
  loadDeliveries(
    workspace: string,
  ): Promise<Pick<DeliveryFacts, 'deployments' | 'incidents'> & { readonly version: number }>;
}

/** Joins what the subjects answer. */
export function createReporting(stores: FactStores, needs: LoaderNeeds): Reporting {
  const loader = createLoader(stores, needs);
  return {
    ...createDeliveryAnswers(loader),
    ...createReviewAnswers(loader),
    ...createCorrectionAnswers(stores, loader),
    loadTimeLine: (workspace, repositoryUuid, number) =>
      loadTimeLine(stores, loader, { workspace, repositoryUuid, number }),
    loadSystems: async (uuid, scope) => {
      const only = scope?.repositoryUuid ?? null;
      return (await loader.load(uuid)).systems.items.filter((system) => only === null || system.uuid === only);
    },
    loadTeams: async (uuid) => {
      const { teams } = (await loader.load(uuid)).known.corrected;
      return teams.map((team) => toTeamItem(team, needs.clock.now()));
    },
    loadSettings: async (uuid) => toSettingsReport((await loader.load(uuid)).known.corrected.settings),
    loadDeliveries: async (uuid) => {
      const { workspace, known } = await loader.load(uuid);
      const { deployments, incidents } = known.corrected;
      return { version: workspace.version, deployments, incidents };
    },
  };
}

function toTeamItem({ slug, name, source, members, isDeleted }: Team, now: Instant): TeamItem {
  const present = members.filter(({ since, until }) => (since ?? now) <= now && (until === null || now < until));
  return { slug, name, source, members: present.length, deleted: isDeleted };
}

export function toSettingsReport({ timezone, levels, incidentRules, exclusions }: WorkspaceSettings): SettingsReport {
  return {
    timezone,
    levels,
    incident_rules: {
      revert: incidentRules.revert,
      branch_prefixes: incidentRules.branchPrefixes,
      title_prefixes: incidentRules.titlePrefixes,
    },
    exclusions,
  };
}
