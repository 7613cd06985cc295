import type { Page } from '../../bitbucket/client/pages';
import { isSameCommit } from '../../domain/commits/same-commit';
import type { PullRequestSnapshot } from '../../domain/pull-requests/pull-request';
import type { RepositoryImport } from '../../store/repositories/import-store';
import { indexGroups } from '../../domain/teams/team-membership';
import { freshenGroups } from '../record/groups';
import { everyState, isOlder } from '../record/pull-request-list';
import { planReading } from '../plans/reading-plan';
import { recordFacts } from '../record/recorder';
import type { ImportStep } from './import-step';
import { noteUnreadable } from './put-aside';

/**
 * Reads one page of pull requests, most recently updated first, back to the beginning of the import; then, in the
 * phase `open`, those that are still open although nothing touched them for longer.
 */
export async function listPullRequests(step: ImportStep): Promise<RepositoryImport> {
  const { api, workspace, repositoryUuid, row } = step;
  const states = row.phase === 'open' ? ['OPEN'] : everyState;
  const page = await api.listPullRequests(workspace, repositoryUuid, { states, cursor: row.cursor });
  const wanted = page.items.filter(({ state, updatedAt }) => state === 'OPEN' || updatedAt >= row.since);
  const next = advance({ ...row, listed: row.listed + wanted.length, pages: row.pages + 1 }, page);
  await recordPage(step, { wanted, unreadable: page.unreadable }, next);
  return next;
}

function advance(row: RepositoryImport, page: Page<PullRequestSnapshot>): RepositoryImport {
  const isPast = row.phase !== 'open' && isOlder(page.items, row.since);
  if (page.next !== null && !isPast) return { ...row, cursor: page.next, expected: page.size ?? row.expected };
  const mayLack = row.phase !== 'open' && (isPast || page.isNarrow === true);
  return { ...row, cursor: null, phase: mayLack ? 'open' : findPhaseAfterList(row) };
}

/** Where nothing was updated, nothing happened that its activity could tell. */
function findPhaseAfterList({ listed }: RepositoryImport): RepositoryImport['phase'] {
  return listed === 0 ? 'history' : 'activity';
}

/** Pull requests of a page by what becomes of them. */
interface Sorted {
  /** Merged before the install: recorded at once with what is so today. */
  readonly old: readonly PullRequestSnapshot[];
  /**
   * To be read singly by the live reading: what changed after the install may have been merged after it, and then the
   * groups at the merge are wanted, not those at the import; and what moved on while nobody told us.
   */
  readonly again: readonly PullRequestSnapshot[];
}

async function sort(step: ImportStep, wanted: readonly PullRequestSnapshot[]): Promise<Sorted> {
  const found = await step.stores.workspaces.get(step.workspace);
  const connectedAt = found?.connectedAt ?? 0;
  const merged = wanted.filter(({ state }) => state === 'MERGED');
  const recent = merged.filter(({ updatedAt }) => updatedAt >= connectedAt);
  const moved = found?.importedSince == null ? [] : await findMoved(step, wanted);
  return { old: merged.filter(({ updatedAt }) => updatedAt < connectedAt), again: [...recent, ...moved] };
}

/** In an import that is not the first: those whose stored commits are of another head than today's. */
async function findMoved(step: ImportStep, wanted: readonly PullRequestSnapshot[]): Promise<PullRequestSnapshot[]> {
  const { stores, workspace, repositoryUuid } = step;
  const moved: PullRequestSnapshot[] = [];
  for (const one of wanted) {
    const stored = await stores.pullRequests.get(workspace, repositoryUuid, one.number);
    const head = stored?.commitsHead ?? null;
    if (head !== null && one.source.hash !== null && !isSameCommit(head, one.source.hash)) moved.push(one);
  }
  return moved;
}

async function recordPage(
  step: ImportStep,
  { wanted, unreadable }: { wanted: readonly PullRequestSnapshot[]; unreadable: string[] },
  row: RepositoryImport,
): Promise<void> {
  const { stores, workspace, repositoryUuid } = step;
  const { old, again } = await sort(step, wanted);
  const mergeRecords = await toMergeRecords(step, old);
  const closings = wanted.flatMap(({ number, state, closedAt }) =>
    state !== 'MERGED' || closedAt === null ? [] : [{ number, source: 'closed_on' as const, at: closedAt }],
  );
  await stores.database.transaction(async (tx) => {
    const facts = { snapshots: wanted, mergeTimes: closings, mergeRecords };
    await recordFacts(stores, { workspace, repositoryUuid, tx }, facts);
    for (const { number } of again) await planReading(step, { workspace, repositoryUuid, number }, { tx });
    await noteUnreadable(step, { unreadable }, tx);
    await stores.imports.advance(row, tx);
  });
}

async function toMergeRecords(step: ImportStep, merged: readonly PullRequestSnapshot[]) {
  const { stores, clock, api, workspace, repositoryUuid } = step;
  const areKnown = await freshenGroups(step, api, { workspace, at: clock.now() });
  const groupsOf = indexGroups(await stores.teams.list(workspace));
  const defaultBranch = (await stores.repositories.get(workspace, repositoryUuid))?.defaultBranch ?? null;
  return merged.map(({ number, author }) => ({
    number,
    defaultBranch,
    teams: areKnown ? groupsOf(author?.uuid ?? null) : null,
    teamsAsOf: 'import' as const,
    mergeRecordedAt: clock.now(),
  }));
}
