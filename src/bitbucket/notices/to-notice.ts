import { z } from 'zod';
import { UnreadablePayload } from '../client/errors';
import { orNull, read, uuid, word } from '../client/payload';
import { toPullRequest } from '../pull-requests/to-pull-request';
import type { Notice, NoticedRepository } from './notice';
import { toActivities } from './to-pull-request-notice';
import { toPush } from './to-push';

export type { Notice };

const aboutRepositories: ReadonlySet<string> = new Set([
  'repo:created',
  'repo:deleted',
  'repo:fork',
  'repo:imported',
  'repo:transfer',
  'repo:updated',
]);

const anyObject = z.record(z.string(), z.unknown());
const wrapped = z.object({ event: word, data: anyObject });
const eventKeyBody = word.pipe(z.string().max(100));
const repositoryBody = z.object({ uuid, name: orNull(word), full_name: orNull(word) });

/**
 * What a webhook body says. Connect wraps it as `{ event, data }`; an ordinary webhook sends it plain and names the
 * event in the header `X-Event-Key`.
 * @throws UnreadablePayload when nothing names the event, or a known event lacks what makes it up
 */
export function toNotice(eventKeyHeader: string | null, body: unknown): Notice {
  const { eventKey, payload } = unwrap(eventKeyHeader, body);
  if (eventKey.startsWith('pullrequest:')) {
    return toPullRequestNotice(eventKey, payload);
  }
  if (eventKey === 'repo:push') {
    return { kind: 'push', eventKey, repository: toNoticedRepository(eventKey, payload), ...toPush(eventKey, payload) };
  }
  if (aboutRepositories.has(eventKey)) {
    const fork = eventKey === 'repo:fork' ? toFork(payload) : null;
    return { kind: 'repository', eventKey, repository: toNoticedRepository(eventKey, payload), fork };
  }
  return { kind: 'unknown', eventKey };
}

type Payload = Readonly<Record<string, unknown>>;

function unwrap(eventKeyHeader: string | null, body: unknown): { eventKey: string; payload: Payload } {
  const inEnvelope = wrapped.safeParse(body);
  const named = inEnvelope.success ? inEnvelope.data.event : eventKeyHeader;
  const eventKey = eventKeyBody.safeParse(named);
  if (!eventKey.success) {
    throw new UnreadablePayload({ eventKey: null, problems: ['nothing names the event'] });
  }
  const payload = inEnvelope.success ? inEnvelope.data.data : read(anyObject, body, eventKey.data);
  return { eventKey: eventKey.data, payload };
}

/** No documentation shows what these bring: that they name a pull request is enough to read it again. */
const undocumented: ReadonlySet<string> = new Set([
  ...['pullrequest:push', 'pullrequest:comment_resolved', 'pullrequest:comment_reopened'],
]);
const namedBody = z.object({ id: z.int().positive() });

function toPullRequestNotice(eventKey: string, payload: Payload): Notice {
  const repository = toNoticedRepository(eventKey, payload);
  try {
    return toWholeNotice(eventKey, payload, repository);
  } catch (error) {
    const named = namedBody.safeParse(payload['pullrequest']);
    if (!named.success || !undocumented.has(eventKey)) throw error;
    return { kind: 'pull_request_name', eventKey, repository, number: named.data.id };
  }
}

function toWholeNotice(eventKey: string, payload: Payload, repository: NoticedRepository): Notice {
  const pullRequest = naming(eventKey, () => toPullRequest(payload['pullrequest']));
  return {
    kind: 'pull_request',
    eventKey,
    at: pullRequest.updatedAt,
    repository,
    pullRequest,
    activities: toActivities(eventKey, payload, pullRequest),
    mergedAt: eventKey === 'pullrequest:fulfilled' ? pullRequest.updatedAt : null,
  };
}

function toNoticedRepository(eventKey: string, payload: Payload): NoticedRepository {
  const repository = read(repositoryBody, payload['repository'], eventKey);
  const fullName = repository.full_name;
  const name = repository.name ?? fullName?.slice(fullName.lastIndexOf('/') + 1) ?? repository.uuid;
  return { uuid: repository.uuid, name, fullName };
}

/** The `fork` of a notice is thin: without it the notice still says that there is one. */
function toFork(payload: Payload): NoticedRepository | null {
  const fork = repositoryBody.safeParse(payload['fork']);
  return fork.success ? toNoticedRepository('repo:fork', { repository: payload['fork'] }) : null;
}

/** Translators do not know for which event they work. */
function naming<T>(eventKey: string, translate: () => T): T {
  try {
    return translate();
  } catch (error) {
    throw error instanceof UnreadablePayload ? new UnreadablePayload({ eventKey, problems: error.problems }) : error;
  }
}
