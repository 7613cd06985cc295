import { findLocalDay } from '../domain/calendar/time-zone';
import { toLocalDate } from '../domain/calendar/civil-day';
import { toDateRange } from '../domain/calendar/date-range';
import type { Clock } from '../domain/clock';
import type { Instant } from '../domain/instant';
import { computeAccelerate } from '../domain/metrics/accelerate';
import type { Team } from '../domain/team';
import type { WorkspaceSettings } from '../domain/workspace-settings';
import type { Stores } from '../store/stores';
import type { Workspace } from '../store/workspaces/workspace-store';
import { toAccelerateReport, type AccelerateReport } from './accelerate-report';
import { DeliveryFactsMemory, type DeliveryFacts } from './delivery-facts';
import type { ExclusionRules } from '../domain/corrections/exclusion-rules';
import type { IncidentRules } from '../domain/incident-rules';
import type { CorrectionItem, ExclusionCounts, IncidentPreview, NoteItem } from './corrections/corrections-report';
import type { PullRequestTimeLine } from './pull-requests/time-line';
import type { MergedPullRequestItem, OpenPullRequestItem, WorkInProgressReport } from './reviews/pull-request-items';
import type { ReviewsReport } from './reviews/reviews-report';
import { parseDeliveryFilter, type DeliveryFilter, type ParsedFilter, type Query } from './delivery-filter';
import { listDeployments, listIncidents, type DeploymentItem, type IncidentItem } from './delivery-rows';
import { loadPullRequestReport, type PullRequestReport } from './pull-requests/pull-request-report';
import type { RowPage, Rows } from './row-page';
import { createSystemDirectory, type SystemDirectory, type SystemItem } from './system-directory';

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
}

export interface ReportingNeeds {
  readonly clock: Clock;
  /** For links. */
  readonly bitbucketUrl: string;
  readonly isImporting: (workspace: string) => Promise<boolean>;
}

export type ReportingStores = Pick<Stores, 'workspaces' | 'settings' | 'repositories' | 'pullRequests' | 'teams'>;

interface Material {
  readonly workspace: Workspace;
  readonly facts: DeliveryFacts;
  readonly systems: SystemDirectory;
}

export function createReporting(stores: ReportingStores, needs: ReportingNeeds): Reporting {
  const load = createLoader(stores, needs);
  const loadWithImport = async (uuid: string) => Promise.all([load(uuid), needs.isImporting(uuid)]);
  return {
    parseFilter: async (uuid, query, { repositoryUuid }) => {
      const { facts, systems } = await load(uuid);
      const today = toLocalDate(findLocalDay(needs.clock.now(), facts.settings.timezone));
      return parseDeliveryFilter(query, { today, systems: systems.items, teams: facts.teams, repositoryUuid });
    },
    loadAccelerate: async (uuid, filter) => {
      const [material, isImporting] = await loadWithImport(uuid);
      return toReport(material, { filter, isImporting, hasSeries: true });
    },
    loadPerSystem: async (uuid, filter) => {
      const [material, isImporting] = await loadWithImport(uuid);
      const passes = ({ uuid: system }: SystemItem) => filter.systems.length === 0 || filter.systems.includes(system);
      return material.systems.items.filter(passes).map((system) => ({
        system,
        report: toReport(material, { filter: { ...filter, systems: [system.uuid] }, isImporting, hasSeries: false }),
      }));
    },
    loadDeployments: async (uuid, filter, page) => listDeployments({ ...(await load(uuid)), filter, page }),
    loadIncidents: async (uuid, filter, page) => listIncidents({ ...(await load(uuid)), filter, page }),
    loadSystems: async (uuid, scope) => {
      const only = scope?.repositoryUuid ?? null;
      return (await load(uuid)).systems.items.filter((system) => only === null || system.uuid === only);
    },
    loadTeams: async (uuid) => (await load(uuid)).facts.teams.map((team) => toTeamItem(team, needs.clock.now())),
    loadSettings: async (uuid) => toSettingsReport((await load(uuid)).facts.settings),
    loadPullRequest: (workspace, repositoryUuid, number) =>
      loadPullRequestReport(stores, { workspace, repositoryUuid, number }, needs.clock.now()),
  };
}

function createLoader(stores: ReportingStores, { bitbucketUrl }: ReportingNeeds): (uuid: string) => Promise<Material> {
  const memory = new DeliveryFactsMemory(stores);
  return async (uuid) => {
    const workspace = (await stores.workspaces.get(uuid)) ?? toUnknownWorkspace(uuid);
    const [facts, repositories] = await Promise.all([
      memory.load(workspace),
      stores.repositories.list(uuid, { includeGone: true }),
    ]);
    const deployed = new Set(facts.columns.systems);
    return { workspace, facts, systems: createSystemDirectory({ workspace, repositories, deployed, bitbucketUrl }) };
  };
}

function toTeamItem({ slug, name, source, members, isDeleted }: Team, now: Instant): TeamItem {
  const present = members.filter(({ since, until }) => (since ?? now) <= now && (until === null || now < until));
  return { slug, name, source, members: present.length, deleted: isDeleted };
}

interface Asked {
  readonly filter: DeliveryFilter;
  readonly isImporting: boolean;
  readonly hasSeries: boolean;
}

function toReport({ workspace, facts }: Material, { filter, isImporting, hasSeries }: Asked): AccelerateReport {
  const question = {
    range: toDateRange({ from: filter.from, to: filter.to, timezone: facts.settings.timezone }),
    interval: hasSeries ? filter.interval : null,
    systems: filter.systems,
    teams: filter.teams,
    table: facts.settings.levels,
  };
  const accelerate = computeAccelerate(facts.columns, question);
  return toAccelerateReport({ workspace, question, interval: filter.interval, accelerate, isImporting });
}

export function toSettingsReport({ timezone, levels, incidentRules }: WorkspaceSettings): SettingsReport {
  return {
    timezone,
    levels,
    incident_rules: {
      revert: incidentRules.revert,
      branch_prefixes: incidentRules.branchPrefixes,
      title_prefixes: incidentRules.titlePrefixes,
    },
  };
}

/** A connection may be a moment older than the first fact about its workspace. */
function toUnknownWorkspace(uuid: string): Workspace {
  return {
    uuid,
    slug: '',
    name: '',
    version: 0,
    connectedAt: 0,
    importedSince: null,
    verifiedAt: null,
    groupsReadAt: null,
    groupsProblem: null,
    eraseAt: null,
  };
}
