import { applyCorrections, type CorrectedFacts } from '../../domain/corrections/apply-corrections';
import type { Correction } from '../../domain/corrections/correction';
import { findIncidents } from '../../domain/incidents/find-incidents';
import type { Incident } from '../../domain/incidents/incident';
import type { IncidentRules } from '../../domain/incidents/incident-rules';
import { secondsBetween } from '../../domain/instant';
import {
  buildDeliveryColumns,
  compareText,
  toDeploymentOrder,
  toIncidentOrder,
  type DeliveryColumns,
} from '../../domain/metrics/columns/delivery-columns';
import { buildReviewColumns, type ReviewColumns } from '../../domain/metrics/reviews/review-columns';
import { toDeployId, type MergedPullRequest } from '../../domain/pull-requests/pull-request';
import { findDeployments } from '../../domain/deployments/find-deployments';
import type { ReviewedPullRequest } from '../../domain/reviews/review-digest';
import type { Team } from '../../domain/teams/team';
import type { WorkspaceSettings } from '../../domain/settings/workspace-settings';
import { createTeamsOf } from '../../domain/teams/hand-kept-teams';

/** Deployments and incidents as they count. */
export interface Deliveries {
  /** In the order of the rows of the columns. */
  readonly deployments: readonly MergedPullRequest[];
  readonly incidents: readonly Incident[];
  readonly columns: DeliveryColumns;
  /** Ids of the corrections that change something. */
  readonly effective: ReadonlySet<string>;
}

/** Everything the reports of a workspace are made of, as of one version of it. */
export interface DeliveryFacts extends Deliveries {
  readonly settings: WorkspaceSettings;
  /** Groups and teams kept by hand, deleted ones too. */
  readonly teams: readonly Team[];
  /** Every merged pull request that counts, in the order of the rows of `reviews`. */
  readonly merged: readonly ReviewedPullRequest[];
  readonly reviews: ReviewColumns;
  /** The later deployment that brought a pull request to production which is none itself. */
  readonly laterDeployments: ReadonlyMap<ReviewedPullRequest, MergedPullRequest>;
}

/** What facts are worked out from. */
export interface FactMaterial {
  readonly settings: WorkspaceSettings;
  readonly teams: readonly Team[];
  /** Those that act; none for the facts as they came. */
  readonly corrections: readonly Correction[];
  /** Without what the rules of the workspace leave out. */
  readonly merged: readonly ReviewedPullRequest[];
}

/** In time linear in all merges, apart from sorting them. */
export function buildDeliveryFacts(material: FactMaterial): DeliveryFacts {
  const { settings, teams } = material;
  const corrected = correct(material, settings.incidentRules);
  const { merged, laterDeployments } = addDeployments(toMergeOrder(corrected.pullRequests));
  const reviews = buildReviewColumns({ pullRequests: merged, teamsOf: createTeamsOf(teams) });
  return { settings, teams, ...toDeliveries(material, corrected), merged, reviews, laterDeployments };
}

/** The deployments and incidents that other rules would find in the same history. */
export function buildDeliveries(material: FactMaterial, rules: IncidentRules): Deliveries {
  return toDeliveries(material, correct(material, rules));
}

function correct({ corrections, merged }: FactMaterial, rules: IncidentRules): CorrectedFacts<ReviewedPullRequest> {
  return applyCorrections({ pullRequests: merged, incidents: findIncidents(merged, rules) }, corrections);
}

function toDeliveries({ teams }: FactMaterial, corrected: CorrectedFacts<ReviewedPullRequest>): Deliveries {
  const deployments = toDeploymentOrder(corrected.pullRequests);
  const incidents = toIncidentOrder(corrected.incidents);
  const columns = buildDeliveryColumns({ deployments, incidents, teamsOf: createTeamsOf(teams) });
  return { deployments, incidents, columns, effective: corrected.effective };
}

/** By the moment of the merge, then by id as text: lists are read off backwards. */
function toMergeOrder(pullRequests: readonly ReviewedPullRequest[]): ReviewedPullRequest[] {
  const keyed = pullRequests.map((pullRequest) => ({ pullRequest, id: toId(pullRequest) }));
  keyed.sort((a, b) => a.pullRequest.mergedAt - b.pullRequest.mergedAt || compareText(a.id, b.id));
  return keyed.map(({ pullRequest }) => pullRequest);
}

function toId({ repositoryUuid, number }: MergedPullRequest): string {
  return toDeployId(repositoryUuid, number);
}

/** Writes into the numbers of each pull request how long it waited for the deployment that brought it. */
function addDeployments(pullRequests: readonly ReviewedPullRequest[]) {
  const found = findDeployments(pullRequests);
  const laterDeployments = new Map<ReviewedPullRequest, MergedPullRequest>();
  const merged = pullRequests.map((pullRequest) => {
    const deployment = found.get(pullRequest);
    if (deployment === undefined || pullRequest.isDeployment) return pullRequest;
    const waited = withWait(pullRequest, deployment);
    laterDeployments.set(waited, deployment);
    return waited;
  });
  return { merged, laterDeployments };
}

/** Reviewing ends with the merge, or with the opening where sources date that later. */
function withWait(pullRequest: ReviewedPullRequest, deployment: MergedPullRequest): ReviewedPullRequest {
  const endAt = Math.max(pullRequest.openedAt, pullRequest.mergedAt);
  const waited = Math.max(0, secondsBetween(endAt, deployment.mergedAt));
  const phases = { ...pullRequest.review.phases, waiting_for_deployment: waited };
  return { ...pullRequest, review: { ...pullRequest.review, phases } };
}
