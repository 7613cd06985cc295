import type { Interval } from '../domain/calendar/bucket';
import type { DeployIdParts } from '../domain/deployments/deploy-id';
import type { IncidentRules } from '../domain/incidents/incident-rules';
import type { ExclusionRules } from '../domain/settings/exclusion-rules';
import { countExclusions } from './corrections/count-exclusions';
import { listCorrections, listNotes } from './corrections/list-corrections';
import { previewIncidentRules } from './corrections/preview-incident-rules';
import { computeAccelerate, computeAcceleratePerSystem, computeAcceleratePerTeam } from './delivery/compute-accelerate';
import { chooseDeployments, chooseNamedDeployments, listIncidents } from './delivery/delivery-rows';
import { createReleaseQueries } from './delivery/release-queries';
import type { Role } from './delivery/select-named';
import type { DeliveryFilter, Query, VisibleFilter } from './filter/delivery-filter';
import { limitFilter } from './filter/limit-filter';
import { parseFilter, type Scope } from './filter/parse-filter';
import type { RowPage } from './filter/row-page';
import { readSelected, streamSelected } from './pull-requests/read-selected';
import { listUndatedMerges } from './pull-requests/undated-merges';
import {
  computeReviewMetric,
  computeReviews,
  computeReviewsInAll,
  computeReviewsPerSystem,
  rankSystems,
} from './reviews/compute-reviews';
import type { ReviewMetricKey } from '../domain/reviews/review-metrics';
import { openMergedPoints } from './reviews/merged-points';
import { chooseMergedPullRequests, readMerged } from './reviews/merged-pull-requests';
import { computeWorkInProgress, listOpenPullRequests } from './reviews/work-in-progress';
import { openDeploymentList } from './rows/deployment-list';
import { openIncidentList } from './rows/incident-list';
import { openMergedList } from './rows/merged-list';
import { openOpenList, openUndatedList } from './rows/open-lists';
import { listCorrectionsOf } from './rows/row-marks';
import { findOpenWaits } from './reviews/open-waits';
import { findFirstSteps } from './settings/first-steps';
import { listTeams } from './settings/team-items';
import { computeDataQuality } from './quality/data-quality';
import { readTimeLine, type EndedPullRequests } from './time-line/read-time-line';
import { toCompleteness, toWorkspaceName } from './version/completeness';
import { restrictVersion, restrictWholeVersion } from './version/restrict-version';
import type { WholeVersion, WorkspaceVersion } from './version/workspace-version';
import type { WholePopulation } from '../domain/metrics/what-changed/tally-whole-times';
import { computeWhatChanged } from './what-changed/what-changed';

/** One version of a workspace, and what can be asked of it: every answer is worked out from that version alone. */
export type Snapshot = ReturnType<typeof createSnapshot>;

/** A snapshot with the pull requests that were open then. */
export type WholeSnapshot = ReturnType<typeof createWholeSnapshot>;

/**
 * What its reader may see of a version: nothing else is there, whatever is asked. `visible`: uuids of repositories;
 * `null`: all.
 */
export function createSnapshot(whole: WorkspaceVersion, visible: readonly string[] | null) {
  const version = restrictVersion(whole, visible);
  const { known, systems, progress, now, views } = version;
  const { settings, teams } = known;
  const among = (filter: DeliveryFilter) => limitFilter(filter, visible);
  return {
    workspace: toWorkspaceName(version),
    /** Repositories that are there, and those that are gone but have merges, by slug. */
    systems: systems.items,
    /** `teams`: by slug, deleted ones too, with their members at all times. */
    ...{ settings, teams, progress, now, views },
    /** Everybody seen beside a pull request; for those who see all of them. */
    people: visible === null ? [...known.people.values()] : [],
    /** Undone ones too, newest first. */
    corrections: known.corrections,
    parseFilter: (query: Query, scope: Scope) => parseFilter(version, query, scope),
    computeAccelerate: (filter: DeliveryFilter) => computeAccelerate(version, among(filter)),
    /** Of the whole range, without a series. */
    computeAccelerateInAll: (filter: DeliveryFilter) => computeAccelerate(version, among(filter), null),
    /** Against another period, under the filters of the range. */
    computeWhatChanged: (filter: DeliveryFilter, compared: DeliveryFilter, of: WholePopulation) =>
      computeWhatChanged(version, among(filter), { compared, of }),
    /** `cut`: the parts in which lead times are told as well. */
    computeAcceleratePerSystem: (filter: DeliveryFilter, cut?: Interval) =>
      computeAcceleratePerSystem(version, among(filter), cut),
    computeAcceleratePerTeam: (filter: DeliveryFilter, cut?: Interval) =>
      computeAcceleratePerTeam(version, among(filter), cut),
    // A cursor that is none of ours (`parseRowPage` finds it) leaves nothing of a list.
    listDeployments: (filter: DeliveryFilter, page: RowPage) =>
      readSelected(version, chooseDeployments(version, among(filter)), page),
    streamDeployments: (filter: DeliveryFilter) => streamSelected(version, chooseDeployments(version, among(filter))),
    /** Of the deployments of a range those that an incident is blamed on, or that fixed one, whenever that was. */
    listNamedDeployments: (role: Role, filter: DeliveryFilter, page: RowPage) =>
      readSelected(version, chooseNamedDeployments(version, role, among(filter)), page),
    streamNamedDeployments: (role: Role, filter: DeliveryFilter) =>
      streamSelected(version, chooseNamedDeployments(version, role, among(filter))),
    listIncidents: (filter: DeliveryFilter, page: RowPage) => listIncidents(version, among(filter), page),
    /** Merges that nobody can date, whatever the range: they count in no number and are named instead. */
    listUndatedMerges: (filter: DeliveryFilter, page: RowPage) => listUndatedMerges(version, among(filter), page),
    computeReviews: (filter: DeliveryFilter) => computeReviews(version, among(filter)),
    /** Of the whole range, without a series and the phases. */
    computeReviewsInAll: (filter: DeliveryFilter) => computeReviewsInAll(version, among(filter)),
    /** One number of them, with a series where it is cut. */
    computeReviewMetric: (filter: DeliveryFilter, key: ReviewMetricKey, cut: Interval | null) =>
      computeReviewMetric(version, among(filter), { key, cut }),
    computeReviewsPerSystem: (filter: DeliveryFilter) => computeReviewsPerSystem(version, among(filter)),
    /** Each of them with one number of its report alone. */
    rankSystemsByReviews: (filter: DeliveryFilter, by: ReviewMetricKey | 'merged') =>
      rankSystems(version, among(filter), by),
    listMergedPullRequests: (filter: DeliveryFilter, page: RowPage) =>
      readSelected(version, chooseMergedPullRequests(version, among(filter)), page),
    streamMergedPullRequests: (filter: DeliveryFilter) =>
      streamSelected(version, chooseMergedPullRequests(version, among(filter))),
    /** As far as they are sorted and drawn, at most so many, newest merge first. */
    openMergedPoints: (filter: DeliveryFilter, limit: number) => openMergedPoints(version, among(filter), limit),
    /** Of keys that such points gave. */
    readMerged: (keys: readonly DeployIdParts[], choice: { readonly isRaw: boolean }) =>
      readMerged(version, keys, choice),
    computeDataQuality: (filter: DeliveryFilter) => computeDataQuality(version, among(filter)),
    ...{ ...createReleaseQueries(version, among), ...createListQueries(version, among) },
    findFirstSteps: () => findFirstSteps(version),
    ...{ listTeams: () => listTeams(version), listNotes: () => listNotes(version) },
    previewIncidentRules: (rules: IncidentRules) => previewIncidentRules(version, rules),
  };
}

/** Lists as pages show them: in any order, searched, with what is left out by hand. */
function createListQueries(version: WorkspaceVersion, among: (filter: DeliveryFilter) => VisibleFilter) {
  return {
    openDeploymentList: (filter: DeliveryFilter, role: Role | null) => openDeploymentList(version, among(filter), role),
    openIncidentList: (filter: DeliveryFilter) => openIncidentList(version, among(filter)),
    openMergedList: (filter: DeliveryFilter) => openMergedList(version, among(filter)),
    openUndatedList: (filter: DeliveryFilter) => openUndatedList(version, among(filter)),
    /** Corrections in force that speak of one of the ids. */
    listCorrectionsOf: (ids: readonly string[]) => listCorrectionsOf(version, ids),
  };
}

export function createWholeSnapshot(
  whole: WholeVersion,
  visible: readonly string[] | null,
  pullRequests: EndedPullRequests,
) {
  const version = restrictWholeVersion(whole, visible);
  const among = (filter: DeliveryFilter) => limitFilter(filter, visible);
  return {
    ...createSnapshot(whole, visible),
    computeWorkInProgress: (filter: DeliveryFilter) => computeWorkInProgress(version, among(filter)),
    /** What is told of this version beside its numbers. */
    tellCompleteness: () => ({
      workspace: toWorkspaceName(version),
      timezone: version.known.settings.timezone,
      completeness: toCompleteness(version),
    }),
    /** What each open pull request waits for, whom and since when, furthest over the usual first. */
    findOpenWaits: (filter: DeliveryFilter) => findOpenWaits(version, among(filter)),
    listOpenPullRequests: (filter: DeliveryFilter, page: RowPage) => listOpenPullRequests(version, among(filter), page),
    openOpenList: (filter: DeliveryFilter) => openOpenList(version, among(filter)),
    listCorrections: () => listCorrections(version),
    /** What the given rules leave out, whether they are stored or only tried. */
    countExclusions: (rules: ExclusionRules) => countExclusions(version, rules),
    /**
     * Reads the title and the activities of one that is no longer open. `null` when the repository has no such pull
     * request.
     */
    readTimeLine: (repositoryUuid: string, number: number) =>
      readTimeLine(version, pullRequests, { repositoryUuid, number }),
  };
}
