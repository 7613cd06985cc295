import { isDeepStrictEqual } from 'node:util';
import {
  buildEndPayload,
  buildPullRequestPayload,
  buildUserPayload,
} from '../../../test/support/fakes/bitbucket-payloads';
import { reduceToFields } from '../../../test/support/fakes/reduce-to-fields';
import { UnreadablePayload } from '../client/errors';
import { pullRequestFields, toPullRequest } from './to-pull-request';

describe('a pull request', () => {
  it('needs every field that is named', () => {
    const merged = {
      state: 'MERGED',
      draft: true,
      merge_commit: { hash: '59f2bdc7aabf' },
      closed_on: '2026-11-03T10:00:00Z',
    };
    const author = buildUserPayload({ type: 'team' });
    const participants = [
      { user: buildUserPayload(), approved: true },
      { user: buildUserPayload({ uuid: '{b}' }), approved: false, state: 'changes_requested' },
    ];
    const asked = { reviewers: [buildUserPayload({ type: 'team' })] };
    const asParticipants = { reviewers: undefined, participants: [{ user: buildUserPayload(), role: 'REVIEWER' }] };
    const bodies = [merged, { queued: true, participants }, asked, asParticipants].map((change) =>
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
    const hashes = [12, 39, 40].map((length) => '0317dbfca7ea0f62125f08e09113c4ecc764683c'.slice(0, length));
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

  it.each([null, undefined, 'x', 7, []])('is never %j', (body) => {
    expect(() => toPullRequest(body)).toThrow(UnreadablePayload);
  });
});
