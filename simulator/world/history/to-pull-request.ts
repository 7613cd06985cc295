import { createPullRequest } from '../growth/grow-repository';
import type { Account, Act, Instant, PullRequest } from '../model';
import type { PullRequestLine } from './pull-request-line';

export interface LinePlace {
  readonly destination: string;
  readonly head: string;
  readonly oldHead: string;
  readonly isKept: boolean;
}

/** The pull request of a line. When it was opened is not known: a minute after its last commit. */
export function toPullRequest(
  line: PullRequestLine,
  people: ReadonlyMap<string, Account>,
  place: LinePlace,
): PullRequest {
  const mergedAt = Date.parse(line.merged_at);
  const byDate = [...line.commits].sort(
    (one, other) => Date.parse(one.committer_date) - Date.parse(other.committer_date),
  );
  const lastCommit = byDate.at(-1);
  const pushedAt = lastCommit === undefined ? mergedAt - 3_600_000 : Date.parse(lastCommit.committer_date) + 60_000;
  const openedAt = Math.min(pushedAt, mergedAt - 60_000);
  const author = people.get(line.pr_author_name) ?? null;
  const { destination } = place;
  return {
    ...createPullRequest(line.pr, { title: line.title_or_description, author, openedAt, destination }),
    state: 'MERGED',
    updatedAt: mergedAt,
    closedByUuid: people.get(line.merged_by_name)?.uuid ?? null,
    source: { branch: line.source_branch, hash: place.head, fork: null, isForkGone: false },
    destination: { branch: destination, hash: place.oldHead },
    mergeHash: line.merge_commit,
    closeSourceBranch: !place.isKept,
    commits: byDate.map(({ hash }) => hash),
    activities: toActivities(line, people, { ...place, openedAt, mergedAt }),
  };
}

function toActivities(
  line: PullRequestLine,
  people: ReadonlyMap<string, Account>,
  from: LinePlace & { readonly openedAt: Instant; readonly mergedAt: Instant },
): Act[] {
  const { openedAt, mergedAt } = from;
  const common = {
    kind: 'update' as const,
    title: line.title_or_description,
    isDraft: false,
    destinationHash: from.oldHead,
  };
  const approvals = line.approved_by.flatMap((name, index): Act[] => {
    const approver = people.get(name);
    const at = Math.round(openedAt + ((mergedAt - openedAt) * (index + 1)) / (line.approved_by.length + 2));
    return approver === undefined ? [] : [{ kind: 'approval', at, actorUuid: approver.uuid }];
  });
  const opener = people.get(line.pr_author_name)?.uuid ?? null;
  const merger = people.get(line.merged_by_name)?.uuid ?? null;
  return [
    { ...common, at: openedAt, actorUuid: opener, state: 'OPEN', sourceHash: from.head },
    ...approvals,
    { ...common, at: mergedAt, actorUuid: merger, state: 'MERGED', sourceHash: from.head },
  ];
}
