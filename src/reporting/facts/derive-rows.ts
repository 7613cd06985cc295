import type { Correction } from '../../domain/corrections/correction';
import { leaveOut } from '../../domain/corrections/leave-out';
import type { MergedRow } from '../../domain/columns/merged-row';
import { formatDeployId } from '../../domain/deployments/deploy-id';
import type { Deployment } from '../../domain/deployments/deployment';
import { findLaterDeployments } from '../../domain/deployments/find-later-deployments';
import { findDeployments } from '../../domain/deployments/strategies/all-strategies';
import { createFindProof } from '../../domain/incidents/find-proof';
import type { MergedPullRequest } from '../../domain/pull-requests/pull-request';
import type { RecordedPullRequest } from '../../domain/pull-requests/pull-request-history';
import { computeReviewNumbers } from '../../domain/reviews/compute-review-numbers';
import type { WorkspaceSettings } from '../../domain/settings/workspace-settings';
import { createTeamsOf } from '../../domain/teams/team-membership';
import type { Team } from '../../domain/teams/team';
import type { MergeReader } from '../../store/pull-requests/merge-reader';
import { createPause, type Pause } from './slices';

/** Beside the facts of the merges, all that rows are derived with. */
export interface Derivation {
  readonly settings: Pick<WorkspaceSettings, 'incidentRules' | 'exclusions'>;
  readonly teams: readonly Team[];
  /** Uuids of bots and of people left out. */
  readonly ignored: ReadonlySet<string>;
  /** Ids of the deployments that are left out by hand. */
  readonly undeployed: ReadonlySet<string>;
}

/** A merge with its numbers, and what it was derived from. */
export interface DerivedMerge {
  readonly recorded: RecordedPullRequest;
  readonly row: MergedRow;
  /** What brought it to production where its own merge did not; `null`: nothing that is known. */
  readonly later: Deployment | null;
}

/** What is to be derived from; `pause` is awaited now and then. */
export interface Deriving {
  readonly recorded: readonly RecordedPullRequest[];
  readonly derivation: Derivation;
  readonly pause?: Pause;
}

/** To wait after each row, though for nothing, would take a tenth of the time. */
const betweenPauses = 50;

/** Of merges that a rule leaves out nothing; the others in the given order. */
export async function deriveRows(
  merges: Pick<MergeReader, 'readRelated'>,
  workspace: string,
  { recorded, derivation, pause = createPause() }: Deriving,
): Promise<DerivedMerge[]> {
  const kept = leaveOut(recorded, derivation.settings.exclusions);
  const deployments = new Map(listDeployments(kept, derivation).map((one) => [one.deployId, one]));
  const waiting = kept.filter((one) => !deployments.has(formatDeployId(one)));
  const related = await merges.readRelated(workspace, waiting);
  const later = findLaterDeployments<MergedPullRequest>(waiting, listDeployments(related, derivation));
  const teamsOf = createTeamsOf(derivation.teams);
  const findProof = createFindProof(derivation.settings.incidentRules);
  const derived: DerivedMerge[] = [];
  for (const one of kept) {
    const deployment = deployments.get(formatDeployId(one)) ?? null;
    const waitedFor = later.get(one) ?? null;
    const review = computeReviewNumbers(one, {
      ignored: derivation.ignored,
      deployedAt: waitedFor?.createdAt ?? null,
    });
    const row = toRow(one, { teams: teamsOf(one), review, deployment, proof: findProof(one) });
    derived.push({ recorded: one, row, later: waitedFor });
    if (derived.length % betweenPauses === 0) await pause();
  }
  return derived;
}

/** What the merges deployed, unless a rule or somebody by hand leaves it out. */
export function listDeployments(merged: readonly MergedPullRequest[], derivation: Derivation): Deployment[] {
  const { settings, teams, undeployed } = derivation;
  const found = findDeployments({ merged: leaveOut(merged, settings.exclusions), teams });
  return undeployed.size === 0 ? found : found.filter(({ deployId }) => !undeployed.has(deployId));
}

/** The deployments that corrections leave out, with those of pull requests that they leave out. */
export function findUndeployed(corrections: readonly Correction[]): ReadonlySet<string> {
  const takesAway = ({ kind }: Correction): boolean =>
    kind === 'leave_out_deployment' || kind === 'leave_out_pull_request';
  return new Set(corrections.filter((one) => one.undoneAt === null && takesAway(one)).map(({ subject }) => subject));
}

type Derived = Pick<MergedRow, 'teams' | 'review' | 'deployment' | 'proof'>;

function toRow({ repositoryUuid, number, mergedAt, isComplete }: RecordedPullRequest, derived: Derived): MergedRow {
  return { repositoryUuid, number, mergedAt, isComplete, ...derived };
}
