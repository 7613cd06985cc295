import type { PullRequest, Repository, Workspace } from '../../../simulator/world/model';
import { findNaiveBots, isReviewBy, listApprovals, listVoices, type NaiveVoice } from './naive-activities';
import { passes, type NaiveQuestion } from './naive-report';
import { countLines } from './naive-reviews';

/*
 * Work in Progress from docs/definitions.md, 6.4, worked out from the world itself, without a line of the product.
 */

interface Open {
  readonly repository: Repository;
  readonly system: { readonly uuid: string; readonly slug: string; readonly name: string };
  readonly pullRequest: PullRequest;
  /** Present teams of the author. */
  readonly teams: readonly string[];
}

/** The open pull requests under the filters of a question, oldest first, as `GET /metrics/work-in-progress` lists them. */
export function listNaiveOpen(workspace: Workspace, question: NaiveQuestion, now: number): Record<string, unknown>[] {
  const bots = findNaiveBots(workspace);
  return listOpen(workspace)
    .filter((one) => passes(one, question))
    .sort((one, other) => openedAtOf(one) - openedAtOf(other))
    .map((one) => toItem(one, bots, now));
}

function listOpen(workspace: Workspace): Open[] {
  const groups = workspace.groups.filter(({ memberUuids }) => memberUuids.length > 1);
  return [...workspace.repositories.values()].flatMap((repository) => {
    const system = { uuid: repository.uuid, slug: repository.slug, name: repository.name };
    const own = [...repository.pullRequests.values()].filter(({ state }) => state === 'OPEN');
    return own.map((pullRequest) => {
      const ofAuthor = groups.filter(({ memberUuids }) => memberUuids.includes(pullRequest.authorUuid ?? ''));
      return { repository, system, pullRequest, teams: ofAuthor.map(({ slug }) => slug) };
    });
  });
}

const openedAtOf = ({ pullRequest }: Open): number => Math.floor(pullRequest.createdAt);

function toItem(one: Open, bots: ReadonlySet<string>, now: number): Record<string, unknown> {
  const { pullRequest, repository, system } = one;
  const voices = listVoices(pullRequest, bots);
  const reviews = voices.filter((voice) => isReviewBy(voice, pullRequest.authorUuid));
  const comments = voices.filter(({ kind }) => kind === 'comment' || kind === 'inline');
  const commits = [...new Set(pullRequest.commits)].flatMap((hash) => repository.commits.get(hash) ?? []);
  const updates = pullRequest.activities.filter(
    ({ kind, actorUuid }) => kind === 'update' && !bots.has(actorUuid ?? ''),
  );
  const moves = [...updates, ...reviews, ...comments].map(({ at }) => Math.floor(at));
  const lastAt = Math.max(...moves, openedAtOf(one), ...commits.map(({ authoredAt }) => authoredAt));
  return {
    ...{
      id: pullRequest.id,
      system,
      title: pullRequest.title,
      draft: pullRequest.isDraft,
      state: 'OPEN',
      queued: false,
    },
    destination: pullRequest.destination.branch,
    opened_at: new Date(openedAtOf(one)).toISOString(),
    phase: toPhase(reviews),
    time_in_progress: (now - openedAtOf(one)) / 1000,
    time_stale: (now - lastAt) / 1000,
    lines_changed: countLines({ pullRequest, repository }),
    ...{ commits: commits.length, comments: comments.length, reviews: reviews.length },
  };
}

function toPhase(reviews: readonly NaiveVoice[]): string {
  if (listApprovals(reviews).length > 0) return 'approved';
  return reviews.length > 0 ? 'reviewed' : 'open';
}
