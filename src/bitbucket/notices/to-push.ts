import { z } from 'zod';
import { toPullRequestCommit, type PullRequestCommit } from '../commits/to-commit';
import { translateItems } from '../pages';
import { hash, inside, orNull, read, word } from '../payload';
import type { PushNotice } from './notice';

const reference = orNull(z.object({ type: orNull(word), name: word, target: inside('hash', hash) }));

/** `new` null: deleted; `old` null: created. `commits` is absent for tags and deletions. */
const change = orNull(z.object({ new: reference, old: reference, commits: orNull(z.array(z.unknown())) }));

const body = z.object({ push: z.object({ changes: z.array(change) }) });

/** @throws UnreadablePayload without a list of changes; it may be empty */
export function toPush(eventKey: string, payload: unknown): Pick<PushNotice, 'branches' | 'commits'> {
  const changes = read(body, payload, eventKey).push.changes.filter((one) => one !== null);
  return { branches: changes.flatMap(toBranches), commits: toCommits(changes.flatMap((one) => one.commits ?? [])) };
}

type Change = NonNullable<z.output<typeof change>>;

function toBranches(pushed: Change): PushNotice['branches'] {
  const branch = pushed.new ?? pushed.old;
  if (branch === null || branch.type === 'tag' || branch.type === 'annotated_tag') {
    return [];
  }
  return [{ name: branch.name, isDeleted: pushed.new === null, newHash: pushed.new?.target ?? null }];
}

/** Each once: the same commits may be pushed to several branches. */
function toCommits(payloads: readonly unknown[]): PullRequestCommit[] {
  const { items } = translateItems(payloads, toPullRequestCommit);
  return [...new Map(items.map((commit) => [commit.hash, commit])).values()];
}
