import { z } from 'zod';
import { reduceToFields } from '../../../test/support/fakes/reduce-to-fields';
import { readCaptures, type Capture } from '../../../test/support/shared-folder';
import { commitFields, pullRequestCommitFields, toCommit, toPullRequestCommit } from '../commits/to-commit';
import { toNotice } from './to-notice';
import { person } from '../client/payload';
import { toComment } from '../pull-requests/to-activity';
import { activityFields, toActivityEntry } from '../pull-requests/to-activity-entry';
import { pullRequestFields, toPullRequest } from '../pull-requests/to-pull-request';
import { fileSizeFields, toFileSize } from '../pull-requests/to-size';
import { repositoryFields, toRepository } from '../repositories/to-repository';
import { toWorkspace } from '../repositories/to-workspace';

const api = readCaptures('api');
const webhooks = readCaptures('webhooks');

const pageBody = z.object({ values: z.array(z.unknown()) });
const delivered = z.object({ headers: z.record(z.string(), z.string()), payload: z.unknown() });

/** The items of captures of these kinds, whether they were captured singly or as a page. */
function itemsOf(...kinds: string[]): [string, unknown][] {
  return api
    .filter((capture) => kinds.includes(capture.kind))
    .flatMap(({ name, body }) => {
      const page = pageBody.safeParse(body);
      return (page.success ? page.data.values : [body]).map((item): [string, unknown] => [name, item]);
    });
}

/** The event key and body of a captured delivery: some come with headers, some are the bare body. */
function toDelivery({ kind, body }: Capture): { eventKey: string; body: unknown } {
  const withHeaders = delivered.safeParse(body);
  return withHeaders.success
    ? { eventKey: withHeaders.data.headers['X-Event-Key'] ?? '', body: withHeaders.data.payload }
    : { eventKey: kind.replace('_', ':'), body };
}

const [earliest, latest] = [Date.UTC(2005, 0), Date.UTC(2027, 0)];

function expectInstant(at: number | null | undefined): void {
  expect(at).toBeGreaterThan(earliest);
  expect(at).toBeLessThan(latest);
}

const bracedUuid = /^\{[0-9a-f-]+\}$/;
const anyUuid: unknown = expect.stringMatching(bracedUuid);
const anyHash: unknown = expect.stringMatching(/^[0-9a-f]{12,40}$/);
const anyText: unknown = expect.any(String);

describe('captured pull requests', () => {
  it.each(itemsOf('pullrequests-list', 'pullrequest-detail'))('%s is understood', (_name, body) => {
    const found = toPullRequest(body);
    expectInstant(found.openedAt);
    expect(found.updatedAt).toBeGreaterThanOrEqual(found.openedAt);
    expect(['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED']).toContain(found.state);
    expect(found.author?.uuid).toMatch(bracedUuid);
    expect([found.source.hash, found.destination.hash]).toEqual([anyHash, anyHash]);
    expect(found.destination).toMatchObject({
      branch: anyText,
      repositoryUuid: anyUuid,
    });
    expect(toPullRequest(reduceToFields(body, pullRequestFields))).toEqual(found);
  });

  it.each(itemsOf('pullrequest-activity'))('the activity %s is understood', (_name, body) => {
    const found = toActivityEntry(body, null);
    expect(found.number).toBeGreaterThan(0);
    expectInstant(found.activity?.at);
    expect(toActivityEntry(reduceToFields(body, activityFields), null)).toEqual(found);
  });

  it.each(itemsOf('pullrequest-comments'))('the comment %s is understood', (_name, body) => {
    const found = toComment(body);
    const said = z.object({ inline: z.unknown().optional(), user: z.unknown() }).parse(body);
    expectInstant(found?.at);
    expect(found?.isInline).toBe(said.inline !== undefined);
    expect(found?.actor).toEqual(person.parse(said.user));
  });

  it.each(itemsOf('diffstat', 'pullrequest-diffstat'))('the size in %s is understood', (_name, body) => {
    const found = toFileSize(body);
    expect(found.linesAdded + found.linesRemoved).toBeGreaterThanOrEqual(0);
    expect(toFileSize(reduceToFields(body, fileSizeFields))).toEqual(found);
  });
});

describe('captured commits, repositories and workspaces', () => {
  it.each(itemsOf('commits-list', 'commit-detail'))('the commit %s is understood', (_name, body) => {
    const found = toCommit(body);
    expect(found.hash).toHaveLength(40);
    expectInstant(found.authoredAt);
    expect(found.parents?.every((parent) => parent.length === 40)).toBe(true);
    expect(toCommit(reduceToFields(body, commitFields))).toEqual(found);
  });

  it.each(itemsOf('pullrequest-commits'))('the commit of a pull request %s is understood', (_name, body) => {
    const found = toPullRequestCommit(body);
    expect(found.hash).toHaveLength(40);
    expectInstant(found.authoredAt);
    expect(toPullRequestCommit(reduceToFields(body, pullRequestCommitFields))).toEqual(found);
  });

  /** Some were captured with `fields=mainbranch` alone. */
  const isWhole = ([, body]: [string, unknown]) => z.object({ uuid: z.string() }).safeParse(body).success;

  it.each(itemsOf('repositories-list', 'repository-detail').filter(isWhole))(
    'the repository %s is understood',
    (_name, body) => {
      const found = toRepository(body);
      expect(found.uuid).toMatch(bracedUuid);
      expect(found.fullName).toContain(found.slug);
      expect(toRepository(reduceToFields(body, repositoryFields))).toEqual(found);
    },
  );

  it.each(itemsOf('workspaces-list', 'workspace-detail'))('the workspace %s is understood', (_name, body) => {
    expect(toWorkspace(body)).toMatchObject({ uuid: anyUuid, slug: anyText });
  });

  it.each(itemsOf('user'))('the account %s is understood', (_name, body) => {
    expect(person.parse(body)).toMatchObject({ uuid: anyUuid, type: 'user' });
  });
});

describe('captured notices', () => {
  const withPullRequest = webhooks.filter(({ kind }) => kind.startsWith('pullrequest_'));
  const pushes = webhooks.filter(({ kind }) => kind === 'repo_push');
  const others = webhooks.filter((capture) => ![...withPullRequest, ...pushes].includes(capture));

  it.each(withPullRequest.map((capture) => [capture.name, capture] as const))('%s is understood', (_name, capture) => {
    const { eventKey, body } = toDelivery(capture);
    const notice = toNotice(eventKey, body);
    expect(notice).toMatchObject({ kind: 'pull_request', eventKey });
    const { repository, pullRequest, activities, at, mergedAt } = notice as Extract<
      typeof notice,
      { kind: 'pull_request' }
    >;
    expect(repository.uuid).toMatch(bracedUuid);
    expect(repository.uuid).toBe(pullRequest.destination.repositoryUuid);
    expectInstant(at);
    expect(mergedAt).toBe(eventKey === 'pullrequest:fulfilled' ? at : null);
    expect(mergedAt === null || pullRequest.state === 'MERGED').toBe(true);
    expect(activities).toHaveLength(/approved|comment/.test(eventKey) ? 1 : 0);
    expect(activities.every((activity) => activity.isDeleted === eventKey.endsWith('deleted'))).toBe(true);
    // Wrapped and plain bodies are the same notice.
    const plain = z.object({ data: z.unknown() }).safeParse(body);
    expect(toNotice(eventKey, plain.success ? plain.data.data : { event: eventKey, data: body })).toEqual(notice);
  });

  it.each(pushes.map((capture) => [capture.name, capture] as const))('%s is understood', (_name, capture) => {
    const { eventKey, body } = toDelivery(capture);
    const notice = toNotice(eventKey, body);
    expect(notice).toMatchObject({ kind: 'push', repository: { uuid: anyUuid } });
    const { branches, pushes: told } = notice as Extract<typeof notice, { kind: 'push' }>;
    expect(branches.every((branch) => (branch.newHash === null) === branch.isDeleted)).toBe(true);
    expect(
      told.every(({ newHash, commits }) => commits.every(({ hash }) => hash.length === 40) && newHash.length === 40),
    ).toBe(true);
  });

  it('tell of branches and of tags as they were pushed', () => {
    const pushed = pushes.map((capture) => {
      const { eventKey, body } = toDelivery(capture);
      const notice = toNotice(eventKey, body);
      return notice.kind === 'push' ? notice.branches.length : -1;
    });
    const hasBranch = pushes.map(({ body }) => JSON.stringify(body).includes('"type":"branch"'));
    expect(pushed.map((count) => count > 0)).toEqual(hasBranch);
  });

  it.each(others.map((capture) => [capture.name, capture] as const))('%s is understood', (_name, capture) => {
    const { eventKey, body } = toDelivery(capture);
    const kind = eventKey.startsWith('repo:commit_status_') ? 'unknown' : 'repository';
    expect(toNotice(eventKey, body)).toMatchObject({ kind, eventKey });
  });

  it('tell of a fork', () => {
    const forks = webhooks.filter(({ kind }) => kind === 'repo_fork').map((capture) => toDelivery(capture));
    for (const { eventKey, body } of forks) {
      expect(toNotice(eventKey, body)).toMatchObject({ fork: { uuid: anyUuid } });
    }
    expect(forks).not.toHaveLength(0);
  });
});
