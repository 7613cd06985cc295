import { z } from 'zod';

/** What is of use to us: what the descriptor of Connect asks for, and what a hook of our own can tell beside it. */
export const wantedEvents: readonly string[] = [
  ...['created', 'updated', 'push', 'fulfilled', 'rejected', 'approved', 'unapproved'].map(ofPullRequest),
  ...['changes_request_created', 'changes_request_removed'].map(ofPullRequest),
  ...['comment_created', 'comment_updated', 'comment_deleted', 'comment_resolved', 'comment_reopened'].map(
    ofPullRequest,
  ),
  ...['push', 'transfer', 'fork', 'created', 'updated', 'deleted', 'imported'].map((name) => `repo:${name}`),
];

function ofPullRequest(name: string): string {
  return `pullrequest:${name}`;
}

/** Without these a hook tells too little to be worth making. */
const indispensable = ['pullrequest:updated', 'pullrequest:fulfilled', 'repo:push'];

const eventsSchema = z.object({ values: z.array(z.object({ event: z.string() })) });

/**
 * Those of the wanted events that Bitbucket has: one that it does not know makes it refuse the whole hook. `known`: the
 * answer of `GET /2.0/hook_events/…`; where that is no such list, or one that is cut off, all that are wanted.
 */
export function chooseEvents(known: unknown): readonly string[] {
  const read = eventsSchema.safeParse(known);
  const names = new Set(read.success ? read.data.values.map(({ event }) => event) : []);
  return indispensable.every((name) => names.has(name)) ? wantedEvents.filter((name) => names.has(name)) : wantedEvents;
}
