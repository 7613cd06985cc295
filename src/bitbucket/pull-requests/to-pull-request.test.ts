import { isDeepStrictEqual } from 'node:util';
import {
  buildEndPayload,
  buildPullRequestPayload,
  buildUserPayload,
  repositoryUuid,
} from '../../../test/support/fakes/bitbucket-payloads';
import { reduceToFields } from '../../../test/support/fakes/reduce-to-fields';
import { UnreadablePayload } from '../client/errors';
import { pullRequestFields, toPullRequest } from './to-pull-request';

describe('a pull request', () => {
  it('is read from a body', () => {
    expect(toPullRequest(buildPullRequestPayload())).toEqual({
      number: 7,
      title: 'Pay by invoice',
      author: {
        uuid: '{aaaaaaaa-0000-4000-8000-000000000001}',
        displayName: 'Ada',
        accountId: '557058:aaaa-0001',
        type: 'user',
      },
      state: 'OPEN',
      isDraft: false,
      isQueued: false,
      openedAt: Date.UTC(2026, 10, 2, 9, 0, 0, 123),
      updatedAt: Date.UTC(2026, 10, 3, 10, 0, 0, 654),
      closedAt: null,
      source: {
        branch: 'feature/invoice',
        hash: '0704fc5beccc',
        repositoryUuid,
        repositoryFullName: 'acme/shop',
      },
      destination: { branch: 'main', hash: 'e0624da46d3a', repositoryUuid, repositoryFullName: 'acme/shop' },
      mergeHash: null,
      standing: null,
      diffstatUrl:
        'https://api.bitbucket.org/2.0/repositories/acme/shop/diffstat/acme/shop:0704fc5beccc%0De0624da46d3a?from_pullrequest_id=7&topic=true',
    });
  });

  it.each([
    ['an open one', {}],
    ['a merged one', { state: 'MERGED', merge_commit: { hash: 'c21506eeea5f' }, closed_on: '2026-11-03T10:00:00Z' }],
    ['a draft', { draft: true }],
    ['a queued one', { queued: true }],
    ['one whose fork and author are gone', { source: { branch: null, commit: null, repository: null }, author: null }],
  ])('has the same facts when only the fields we name are asked for: %s', (_which, change) => {
    const body = buildPullRequestPayload(change);
    expect(toPullRequest(reduceToFields(body, pullRequestFields))).toEqual(toPullRequest(body));
  });

  it('needs every field that is named', () => {
    const merged = {
      state: 'MERGED',
      draft: true,
      merge_commit: { hash: 'c21506eeea5f' },
      closed_on: '2026-11-03T10:00:00Z',
    };
    const author = buildUserPayload({ type: 'team' });
    const participants = [
      { user: buildUserPayload(), approved: true },
      { user: buildUserPayload({ uuid: '{b}' }), approved: false, state: 'changes_requested' },
    ];
    const bodies = [merged, { queued: true, participants }].map((change) =>
      buildPullRequestPayload({ ...change, author }),
    );
    const read = (fields: readonly string[]) => {
      try {
        return bodies.map((body) => toPullRequest(reduceToFields(body, fields)));
      } catch {
        return null;
      }
    };
    const idle = pullRequestFields.filter((left) => {
      const fewer = pullRequestFields.filter((field) => field !== left);
      return isDeepStrictEqual(read(fewer), read(pullRequestFields));
    });
    expect(idle).toEqual([]);
  });

  it('merged without a merge commit is still merged', () => {
    expect(toPullRequest(buildPullRequestPayload({ state: 'MERGED' }))).toMatchObject({
      state: 'MERGED',
      mergeHash: null,
    });
  });

  it('from a deleted fork has an unknown source', () => {
    const source = { branch: { name: 'fix' }, commit: null, repository: null };
    expect(toPullRequest(buildPullRequestPayload({ source })).source).toEqual({
      branch: 'fix',
      hash: null,
      repositoryUuid: null,
      repositoryFullName: null,
    });
  });

  it('without ends altogether has unknown ones', () => {
    const { source } = toPullRequest(buildPullRequestPayload({ source: undefined }));
    expect(source).toEqual({ branch: null, hash: null, repositoryUuid: null, repositoryFullName: null });
  });

  it.each(['OPEN', 'DRAFT', 'QUEUED', 'REOPENED'])(
    'has not ended, and is open, where Bitbucket calls it %s',
    (state) => {
      expect(toPullRequest(buildPullRequestPayload({ state })).state).toBe('OPEN');
    },
  );

  it.each(['MERGED', 'DECLINED', 'SUPERSEDED'])('has ended as %s', (state) => {
    expect(toPullRequest(buildPullRequestPayload({ state })).state).toBe(state);
  });

  it('cannot be read without a state: nobody knows whether it has ended', () => {
    expect(() => toPullRequest(buildPullRequestPayload({ state: undefined }))).toThrow(UnreadablePayload);
  });

  it('waits in a merge queue where it says so, in its flag or in its state', () => {
    expect(toPullRequest(buildPullRequestPayload({ queued: true })).isQueued).toBe(true);
    expect(toPullRequest(buildPullRequestPayload({ queued: undefined, state: 'QUEUED' })).isQueued).toBe(true);
    expect(toPullRequest(buildPullRequestPayload({ queued: undefined })).isQueued).toBe(false);
    expect(toPullRequest(buildPullRequestPayload({ queued: true, state: 'MERGED' })).isQueued).toBe(false);
  });

  it('is a draft where it says so, in its flag or in its state', () => {
    expect(toPullRequest(buildPullRequestPayload({ draft: true })).isDraft).toBe(true);
    expect(toPullRequest(buildPullRequestPayload({ draft: undefined })).isDraft).toBe(false);
    expect(toPullRequest(buildPullRequestPayload({ draft: undefined, state: 'DRAFT' })).isDraft).toBe(true);
  });

  it.each([
    ['the state', { approved: false, state: 'approved' }, 'approved'],
    ['a request for changes', { approved: false, state: 'changes_requested' }, 'changes_requested'],
    ['nothing in force', { approved: false, state: null }, 'none'],
    ['the older form without a state', { approved: true }, 'approved'],
    ['a state of another year', { approved: false, state: 'pondering' }, 'none'],
  ])('tells what a participant says as of its last change, by %s', (_what, said, verdict) => {
    const participants = [{ user: buildUserPayload(), role: 'REVIEWER', ...said }, { user: null, approved: true }, 7];
    const { standing, updatedAt } = toPullRequest(buildPullRequestPayload({ participants }));
    expect(standing?.asOf).toBe(updatedAt);
    expect([...(standing?.verdicts ?? [])]).toEqual([['{aaaaaaaa-0000-4000-8000-000000000001}', verdict]]);
  });

  it('takes hashes of 12, 39 and 40 characters', () => {
    const hashes = [12, 39, 40].map((length) => '0704fc5beccc4d0a9f6e5d4c3b2a190817263544'.slice(0, length));
    for (const hash of hashes) {
      expect(toPullRequest(buildPullRequestPayload({ source: buildEndPayload('x', hash) })).source.hash).toBe(hash);
    }
  });

  it('without an update is as old as its opening', () => {
    const { openedAt, updatedAt } = toPullRequest(buildPullRequestPayload({ updated_on: null }));
    expect(updatedAt).toBe(openedAt);
  });

  it.each([
    ['a number', { id: undefined }],
    ['a whole number', { id: 'seven' }],
    ['an opening', { created_on: undefined }],
    ['an opening that is a time', { created_on: 'long ago' }],
  ])('cannot be read without %s', (_what, change) => {
    expect(() => toPullRequest(buildPullRequestPayload(change))).toThrow(UnreadablePayload);
  });

  it.each([null, undefined, 'x', 7, []])('is not %j', (body) => {
    expect(() => toPullRequest(body)).toThrow(UnreadablePayload);
  });
});
