import { BitbucketUnavailable, isRefusal } from '../../bitbucket/client/errors';
import type { Page } from '../../bitbucket/client/pages';
import { buildCommitGraph } from '../../domain/commits/commit-graph';
import type { Commit } from '../../domain/commits/commit';
import type { RepositoryImport } from '../../store/repositories/import-store';
import { recordFacts } from '../record/recorder';
import { listUnknown, recordWalked } from './commits-of-merges';
import type { StoredPullRequest } from '../../store/pull-requests/stored-pull-request';
import type { ImportStep } from './import-step';
import { noteUnreadable } from './put-aside';

const day = 86_400_000;
/** The walk goes on past the beginning of the import by this much before it gives missing merges up. */
const patience = 60 * day;
/** Then other repositories take their turn. */
const pagesAStep = 20;

/** What is known of the history at some point of the walk. */
interface Walk {
  readonly commits: Commit[];
  /** First characters of the merge commits that are not loaded yet. */
  readonly missing: Set<string>;
  /** The merged pull requests whose commits are wanted. */
  readonly wanted: readonly StoredPullRequest[];
  /** Once no merge is missing: pages to go before it is worked out again, and pages worth their request in all. */
  spare: number;
  worth: number | null;
}

const shortHashLength = 12;
const shorten = (hash: string): string => hash.slice(0, shortHashLength);

/**
 * Walks the history of the default branch, a hundred commits a page, until the merges of all pull requests and what
 * they brought in are loaded; the rest is worked out from parents alone. So a repository of true merges costs a
 * hundredth of a request a commit instead of one or two a pull request.
 */
export async function walkHistory(step: ImportStep): Promise<RepositoryImport> {
  const walk = await resumeWalk(step);
  let { row } = step;
  for (let pages = 0; pages < pagesAStep && row.phase === 'history'; pages += 1) {
    const page = await listHistory(step, row.cursor);
    remember(walk, page.items);
    const isEnd = page.next === null || isEnough(walk) || isTooOld(page, row);
    const next = isEnd ? ({ phase: 'commits', cursor: null } as const) : { cursor: page.next };
    row = { ...row, ...next, pages: row.pages + 1 };
    await savePage(step, { walk, page }, row);
  }
  return row;
}

async function savePage(
  step: ImportStep,
  { walk, page }: { readonly walk: Walk; readonly page: HistoryPage },
  row: RepositoryImport,
): Promise<void> {
  const { stores, workspace, repositoryUuid } = step;
  await stores.database.transaction(async (tx) => {
    await recordFacts(stores, { workspace, repositoryUuid, tx }, { walked: page.items });
    await noteUnreadable(step, page, tx);
    if (row.phase !== 'history') {
      const graph = buildCommitGraph({ commits: walk.commits, isWhole: await isWhole(step, page) });
      await recordWalked(step, { graph, wanted: walk.wanted, tx });
    }
    await stores.imports.advance(row, tx);
  });
}

async function resumeWalk({ stores, workspace, repositoryUuid }: ImportStep): Promise<Walk> {
  const wanted = await stores.pullRequests.list(workspace, repositoryUuid, { needs: 'commits' });
  const hashes = wanted.flatMap(({ mergeHash }) => (mergeHash === null ? [] : [shorten(mergeHash)]));
  const walk: Walk = { commits: [], missing: new Set(hashes), wanted, spare: 0, worth: null };
  remember(walk, await stores.commits.loadAll(workspace, repositoryUuid));
  return walk;
}

function remember(walk: Walk, commits: readonly Commit[]): void {
  walk.commits.push(...commits);
  for (const { hash } of commits) walk.missing.delete(shorten(hash));
}

type HistoryPage = Pick<Page<Commit>, 'items' | 'next' | 'unreadable'> & {
  /** The history goes on, and cannot be read. */
  readonly isBroken: boolean;
};

const nothingMore: HistoryPage = { items: [], next: null, unreadable: [], isBroken: false };
/** A history that Bitbucket fails on so often in a row is left as far as it is known; the rest is asked singly. */
const mostFailures = 2;

/** Nothing lies behind what was loaded, and nothing is missing in between. */
async function isWhole(
  { stores, workspace, repositoryUuid }: ImportStep,
  { next, isBroken, unreadable }: HistoryPage,
): Promise<boolean> {
  if (next !== null || isBroken || unreadable.length > 0) return false;
  const problems = await stores.readingProblems.list(workspace, repositoryUuid);
  return problems.every(({ what }) => what !== 'list');
}

/** An empty repository has no default branch, and a broken one may not show its history: then there is none. */
async function listHistory(step: ImportStep, cursor: string | null): Promise<HistoryPage> {
  const { stores, api, workspace, repositoryUuid } = step;
  const repository = await stores.repositories.get(workspace, repositoryUuid);
  const include = repository?.defaultBranch ?? null;
  if (include === null) return nothingMore;
  try {
    const page = await api.listCommits(workspace, repositoryUuid, { include: [include], exclude: null, cursor });
    return { ...page, isBroken: false };
  } catch (error) {
    const isIll = error instanceof BitbucketUnavailable && step.failures >= mostFailures;
    if (isRefusal(error) || isIll) return { ...nothingMore, isBroken: true };
    throw error;
  }
}

/**
 * Once every merge is loaded, the commits of the oldest may still lie behind the last page. Working that out costs a
 * pass over everything, so it is done again only after some pages; and asking singly costs about two requests each,
 * so more pages than that are not worth it.
 */
function isEnough(walk: Walk): boolean {
  if (walk.missing.size > 0) return false;
  if (walk.worth !== null) walk.worth -= 1;
  walk.spare -= 1;
  if (walk.spare > 0) return false;
  const graph = buildCommitGraph({ commits: walk.commits, isWhole: false });
  const unknown = listUnknown(graph, walk.wanted).length;
  walk.worth ??= 2 * unknown;
  walk.spare = Math.ceil(unknown / 2);
  return unknown === 0 || walk.worth <= 0;
}

function isTooOld(page: HistoryPage, row: RepositoryImport): boolean {
  const newest = Math.max(...page.items.map(({ authoredAt }) => authoredAt));
  return page.items.length > 0 && newest < row.since - patience;
}
