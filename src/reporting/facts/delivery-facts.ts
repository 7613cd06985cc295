import { compareText } from '../../domain/compare-text';
import { computeDeliveries, type DeliveryMaterial } from '../../domain/deliveries/compute-deliveries';
import type { CorrectedFacts } from '../../domain/corrections/apply-corrections';
import type { Deployment } from '../../domain/deployments/deployment';
import { formatDeployId } from '../../domain/deployments/deploy-id';
import { findLaterDeployments } from '../../domain/deployments/find-later-deployments';
import type { Incident } from '../../domain/incidents/incident';
import type { IncidentRules } from '../../domain/incidents/incident-rules';
import { secondsBetween } from '../../domain/instant';
import {
  buildDeliveryColumns,
  toDeploymentOrder,
  toIncidentOrder,
  type DeliveryColumns,
} from '../../domain/metrics/columns/delivery-columns';
import { buildReviewColumns, type ReviewColumns } from '../../domain/metrics/reviews/review-columns';
import type { ReviewedPullRequest } from '../../domain/reviews/review-numbers';
import type { WorkspaceSettings } from '../../domain/settings/workspace-settings';
import { createTeamsOf } from '../../domain/teams/team-membership';
import type { Team } from '../../domain/teams/team';

/** Deployments and incidents as they count. */
export interface Deliveries {
  /** In the order of the rows of the columns. */
  readonly deployments: readonly Deployment[];
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
  readonly laterDeployments: ReadonlyMap<ReviewedPullRequest, Deployment>;
}

/** What facts are worked out from. */
export type FactMaterial = DeliveryMaterial<ReviewedPullRequest>;

/** In time linear in all merges, apart from sorting them. */
export function buildDeliveryFacts(material: FactMaterial): DeliveryFacts {
  const { settings, teams } = material;
  const corrected = computeDeliveries(material);
  const inOrder = corrected.pullRequests.toSorted(compareMerges);
  const { merged, laterDeployments } = addDeployments(inOrder, corrected.deployments);
  const reviews = buildReviewColumns({ pullRequests: merged, teamsOf: createTeamsOf(teams) });
  return { settings, teams, ...toDeliveries(corrected), merged, reviews, laterDeployments };
}

/** The deployments and incidents that other rules would find in the same history. */
export function buildDeliveries(material: FactMaterial, rules: IncidentRules): Deliveries {
  return toDeliveries(computeDeliveries(material, rules));
}

function toDeliveries(corrected: CorrectedFacts<ReviewedPullRequest>): Deliveries {
  const deployments = toDeploymentOrder(corrected.deployments);
  const incidents = toIncidentOrder(corrected.incidents);
  const columns = buildDeliveryColumns({ deployments, incidents });
  return { deployments, incidents, columns, effective: corrected.effective };
}

/** By the moment of the merge, then by id as text: lists are read off backwards. */
function compareMerges(one: ReviewedPullRequest, other: ReviewedPullRequest): number {
  return one.mergedAt - other.mergedAt || compareText(formatDeployId(one), formatDeployId(other));
}

/** Writes into the numbers of each pull request how long it waited for the deployment that brought it. */
function addDeployments(pullRequests: readonly ReviewedPullRequest[], deployments: readonly Deployment[]) {
  const found = findLaterDeployments(pullRequests, deployments);
  const laterDeployments = new Map<ReviewedPullRequest, Deployment>();
  const merged = pullRequests.map((pullRequest) => {
    const deployment = found.get(pullRequest);
    if (deployment === undefined) return pullRequest;
    const waited = withWait(pullRequest, deployment);
    laterDeployments.set(waited, deployment);
    return waited;
  });
  return { merged, laterDeployments };
}

/** Reviewing ends with the merge, or with the opening where sources date that later. */
function withWait(pullRequest: ReviewedPullRequest, deployment: Deployment): ReviewedPullRequest {
  const endAt = Math.max(pullRequest.openedAt, pullRequest.mergedAt);
  const waited = Math.max(0, secondsBetween(endAt, deployment.createdAt));
  const phases = { ...pullRequest.review.phases, waiting_for_deployment: waited };
  return { ...pullRequest, review: { ...pullRequest.review, phases } };
}
