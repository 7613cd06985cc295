import type { IncidentRules } from '../domain/incidents/incident-rules';
import type { ExclusionRules } from '../domain/settings/exclusion-rules';
import { countExclusions } from './corrections/count-exclusions';
import { listCorrections, listNotes } from './corrections/list-corrections';
import { previewIncidentRules } from './corrections/preview-incident-rules';
import { computeAccelerate } from './delivery/compute-accelerate';
import { listDeployments, listIncidents } from './delivery/delivery-rows';
import type { DeliveryFilter, Query } from './filter/delivery-filter';
import { parseFilter, type Scope } from './filter/parse-filter';
import type { RowPage } from './filter/row-page';
import { listUndatedMerges } from './pull-requests/undated-merges';
import { computeReviews } from './reviews/compute-reviews';
import { listMergedPullRequests } from './reviews/merged-pull-requests';
import { computeWorkInProgress, listOpenPullRequests } from './reviews/work-in-progress';
import { findFirstSteps } from './settings/first-steps';
import { listTeams } from './settings/team-items';
import { readTimeLine, type EndedPullRequests } from './time-line/read-time-line';
import { toWorkspaceName } from './version/completeness';
import { computePerSystem } from './version/counted-systems';
import type { WholeVersion, WorkspaceVersion } from './version/workspace-version';

/** One version of a workspace, and what can be asked of it: every answer is worked out from that version alone. */
export type Snapshot = ReturnType<typeof createSnapshot>;

/** A snapshot with the pull requests that were open then. */
export type WholeSnapshot = ReturnType<typeof createWholeSnapshot>;

export function createSnapshot(version: WorkspaceVersion) {
  const { known, systems, progress, now } = version;
  const { settings, teams, deployments, incidents } = known.corrected;
  return {
    workspace: toWorkspaceName(version),
    /** Repositories that are there, and those that are gone but have merges, by slug. */
    systems: systems.items,
    /** `teams`: by slug, deleted ones too, with their members at all times. */
    ...{ settings, teams, progress, now },
    /** Everybody seen beside a pull request. */
    people: [...known.people.values()],
    /** Undone ones too, newest first. */
    corrections: known.basis.corrections,
    /** What counts, with rules and corrections in force, each in the order of time, and of which version that is. */
    deliveries: { version: version.workspace.version, deployments, incidents },
    parseFilter: (query: Query, scope: Scope) => parseFilter(version, query, scope),
    computeAccelerate: (filter: DeliveryFilter) => computeAccelerate(version, filter),
    computeAcceleratePerSystem: (filter: DeliveryFilter) => computePerSystem(version, filter, computeAccelerate),
    // A cursor that is none of ours (`parseRowPage` finds it) leaves nothing of a list.
    listDeployments: (filter: DeliveryFilter, page: RowPage) => listDeployments(version, filter, page),
    listIncidents: (filter: DeliveryFilter, page: RowPage) => listIncidents(version, filter, page),
    /** Merges that nobody can date, whatever the range: they count in no number and are named instead. */
    listUndatedMerges: (filter: DeliveryFilter, page: RowPage) => listUndatedMerges(version, filter, page),
    computeReviews: (filter: DeliveryFilter) => computeReviews(version, filter),
    computeReviewsPerSystem: (filter: DeliveryFilter) => computePerSystem(version, filter, computeReviews),
    listMergedPullRequests: (filter: DeliveryFilter, page: RowPage) => listMergedPullRequests(version, filter, page),
    listTeams: () => listTeams(version),
    listNotes: () => listNotes(version),
    findFirstSteps: () => findFirstSteps(version),
    previewIncidentRules: (rules: IncidentRules) => previewIncidentRules(version, rules),
  };
}

export function createWholeSnapshot(version: WholeVersion, pullRequests: EndedPullRequests) {
  return {
    ...createSnapshot(version),
    computeWorkInProgress: (filter: DeliveryFilter) => computeWorkInProgress(version, filter),
    listOpenPullRequests: (filter: DeliveryFilter, page: RowPage) => listOpenPullRequests(version, filter, page),
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
