import type { ImportStatus } from '../../../src/ingestion/progress/import-status';
import type { AccelerateReport } from '../../../src/reporting/answers/accelerate';
import type { MergedPullRequestItem, WorkInProgressReport } from '../../../src/reporting/answers/pull-requests';
import type { ReviewsReport } from '../../../src/reporting/answers/reviews';
import { findPullRequest, type Situation } from './situation';

type Api = Pick<Situation, 'get'>;

/** Every day that a situation may touch. */
export const everything = 'from=2026-01-01&to=2027-12-31';

export interface DeploymentFound {
  /** Of its pull request. */
  readonly number: number;
  readonly repository: string;
  readonly at: string;
  /** Full hashes, sorted. */
  readonly changes: readonly string[];
  readonly complete: boolean;
  readonly teams: readonly string[];
  readonly teamsAsOf: string | null;
}

interface DeploymentItem {
  readonly deploy_id: string;
  readonly system: { readonly slug: string };
  readonly time_created: string;
  readonly changes: readonly { readonly change_id: string; readonly time_created: string | null }[];
  readonly complete: boolean;
  readonly teams: readonly string[];
  readonly teams_as_of: string | null;
}

/** What `GET /deployments` lists, oldest number first. */
export async function listDeployments(api: Api): Promise<DeploymentFound[]> {
  const { items } = await api.get<{ items: DeploymentItem[] }>(`/deployments?${everything}&limit=500`);
  return items.map(toFound).sort((one, other) => one.number - other.number);
}

function toFound(item: DeploymentItem): DeploymentFound {
  return {
    number: Number(item.deploy_id.split('/').at(-1)),
    repository: item.system.slug,
    at: item.time_created,
    changes: item.changes.map(({ change_id }) => change_id).sort(),
    complete: item.complete,
    teams: item.teams,
    teamsAsOf: item.teams_as_of,
  };
}

/** The numbers of the deployments of a repository. */
export async function listDeployed(api: Api, repository = 'shop'): Promise<number[]> {
  const found = await listDeployments(api);
  return found.filter((one) => one.repository === repository).map(({ number }) => number);
}

/** A look for `advanceUntil`: the deployment of a pull request, once it is listed. */
export async function lookForDeployment(
  api: Api,
  number: number,
  repository = 'shop',
): Promise<DeploymentFound | null> {
  const found = await listDeployments(api);
  return found.find((one) => one.number === number && one.repository === repository) ?? null;
}

/** The commits that Bitbucket has of a pull request, as deployments list them. */
export function listCommits(situation: Pick<Situation, 'simulator'>, id: number, repository = 'shop'): string[] {
  return [...findPullRequest(situation, id, repository).commits].sort();
}

/** Merged pull requests of all branches, smallest number first. */
export async function listMerged(api: Api): Promise<MergedPullRequestItem[]> {
  const query = `${everything}&limit=500&state=merged`;
  const { items } = await api.get<{ items: MergedPullRequestItem[] }>(`/pull-requests?${query}`);
  return items.sort((one, other) => one.id - other.id);
}

export function readReviews(api: Api): Promise<ReviewsReport> {
  return api.get(`/metrics/reviews?${everything}`);
}

export function readOpenWork(api: Api): Promise<WorkInProgressReport> {
  return api.get('/metrics/work-in-progress');
}

export function readImport(api: Api): Promise<ImportStatus> {
  return api.get('/import');
}

/** Of Delivery performance; `undated_merges` counts what cannot be dated. */
export type Completeness = AccelerateReport['completeness'] & { readonly undated_merges?: number };

export async function readCompleteness(api: Api, filter = ''): Promise<Completeness> {
  return (await api.get<AccelerateReport>(`/metrics/accelerate?${everything}${filter}`)).completeness;
}
