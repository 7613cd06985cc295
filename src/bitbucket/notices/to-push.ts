import { z } from 'zod';
import type { Push } from '../../domain/commits/push';
import { toCommit } from '../commits/to-commit';
import { translateItems } from '../client/pages';
import { hash, inside, orNull, read, word } from '../client/payload';
import type { PushNotice } from './notice';

const reference = orNull(z.object({ type: orNull(word), name: word, target: inside('hash', hash) }));

/** `new` null: deleted; `old` null: created. `commits` is absent for tags and deletions. */
const change = orNull(
  z.object({
    new: reference,
    old: reference,
    truncated: orNull(z.boolean()),
    commits: orNull(z.array(z.unknown())),
  }),
);

const body = z.object({ push: z.object({ changes: z.array(change) }) });

/** @throws UnreadablePayload without a list of changes; it may be empty */
export function toPush(eventKey: string, payload: unknown): Pick<PushNotice, 'branches' | 'pushes'> {
  const changes = read(body, payload, eventKey).push.changes.filter((one) => one !== null);
  return { branches: changes.flatMap(toBranches), pushes: changes.flatMap(toPushes) };
}

type Change = NonNullable<z.output<typeof change>>;

function toBranches(pushed: Change): PushNotice['branches'] {
  const branch = pushed.new ?? pushed.old;
  return branch === null || isTag(branch)
    ? []
    : [{ name: branch.name, isDeleted: pushed.new === null, newHash: pushed.new?.target ?? null }];
}

function isTag({ type }: { readonly type: string | null }): boolean {
  return type === 'tag' || type === 'annotated_tag';
}

/** What a branch was moved to. */
function toPushes(pushed: Change): Push[] {
  const { new: branch, old } = pushed;
  if (branch === null || branch.target === null || isTag(branch)) return [];
  const oldHash = old === null ? null : old.target;
  return [{ branch: branch.name, oldHash, newHash: branch.target, ...toPushedCommits(pushed) }];
}

/** What cannot be read among its commits makes it a part of a push. */
function toPushedCommits({ truncated, commits }: Change): Pick<Push, 'isWhole' | 'commits'> {
  if (commits === null) return { isWhole: false, commits: [] };
  const { items, unreadable } = translateItems(commits, toCommit);
  return { isWhole: truncated !== true && unreadable.length === 0, commits: items };
}
