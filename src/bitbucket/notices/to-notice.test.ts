import {
  buildCommentPayload,
  buildPullRequestPayload,
  buildRepositoryPayload,
  buildUserPayload,
} from '../../../test/support/fakes/bitbucket-payloads';
import { UnreadablePayload } from '../client/errors';
import { toNotice } from './to-notice';

/** A repository inside a notice has no slug and no main branch. */
const repository = buildRepositoryPayload({ slug: undefined, mainbranch: undefined });
const actor = buildUserPayload({ uuid: '{dddddddd-0000-4000-8000-000000000004}', display_name: 'Di' });
const pullrequest = buildPullRequestPayload();
const payload = { actor, repository, pullrequest };
const updatedAt = Date.UTC(2026, 10, 3, 10, 0, 0, 654);

function activitiesOf(eventKey: string, members: object): unknown {
  const notice = toNotice(eventKey, { ...payload, ...members });
  return notice.kind === 'pull_request' ? notice.activities : null;
}

describe('a notice', () => {
  it('is unknown for an event we have no use for', () => {
    for (const eventKey of [
      'repo:commit_status_created',
      'project:updated',
      'issue:created',
      'pipeline:span_created',
      'x',
    ]) {
      expect(toNotice(eventKey, { actor })).toEqual({ kind: 'unknown', eventKey });
    }
  });

  it.each([
    ['nothing names its event', null, payload],
    ['its event has an empty name', '', payload],
    ['it is no object', 'repo:push', []],
    ['it is null', 'repo:push', null],
    ['it has no repository', 'pullrequest:created', { pullrequest }],
    ['its repository has no UUID', 'repo:updated', { repository: { name: 'Shop' } }],
    ['it has no pull request', 'pullrequest:created', { repository }],
    ['it has no list of changes', 'repo:push', { repository, push: {} }],
  ])('cannot be read when %s', (_why, eventKey, body) => {
    expect(() => toNotice(eventKey, body)).toThrow(UnreadablePayload);
  });

  it('that cannot be read says which event it was', () => {
    const eventKey = 'pullrequest:created';
    let problem: unknown;
    try {
      toNotice(eventKey, { repository, pullrequest: {} });
    } catch (error) {
      problem = error;
    }
    expect(problem).toMatchObject({ eventKey });
  });
});

describe('a notice of a pull request', () => {
  it('tells no merge of one that is merged already', () => {
    const merged = buildPullRequestPayload({ state: 'MERGED' });
    expect(toNotice('pullrequest:comment_created', { ...payload, pullrequest: merged })).toMatchObject({
      mergedAt: null,
    });
  });

  it.each(['push', 'comment_resolved', 'comment_reopened'])('may do no more than name it (%s)', (event) => {
    const eventKey = `pullrequest:${event}`;
    expect(toNotice(eventKey, { repository, pullrequest: { type: 'pullrequest', id: 7 } })).toMatchObject({
      ...{ kind: 'pull_request_name', eventKey, number: 7, repository: { name: 'Shop' } },
    });
    expect(() => toNotice(eventKey, { repository, pullrequest: { id: '7' } })).toThrow(UnreadablePayload);
    expect(() => toNotice(eventKey, { pullrequest: { id: 7 } })).toThrow(UnreadablePayload);
  });

  it('tells no review when a comment is resolved or reopened', () => {
    const comment = buildCommentPayload();
    for (const event of ['resolved', 'reopened']) {
      expect(activitiesOf(`pullrequest:comment_${event}`, { comment, resolution: { user: actor } })).toEqual([]);
    }
  });

  it('tells an approval by the actor, at the update, where it does not say more', () => {
    expect(activitiesOf('pullrequest:approved', {})).toMatchObject([
      { kind: 'approval', at: updatedAt, actor: { displayName: 'Di' } },
    ]);
  });

  it('tells a request for changes also under the name that the activity uses', () => {
    const verdict = { date: '2026-11-03T10:00:00.654+00:00', user: buildUserPayload() };
    const given = activitiesOf('pullrequest:changes_request_created', { changes_requested: verdict });
    expect(given).toMatchObject([{ kind: 'changes_request', actor: { displayName: 'Ada' } }]);
    const taken = activitiesOf('pullrequest:changes_request_removed', { changes_requested: verdict });
    expect(taken).toMatchObject([{ kind: 'changes_request_withdrawn', at: updatedAt }]);
  });

  it('tells a comment deleted, also where the comment does not know it', () => {
    expect(
      activitiesOf('pullrequest:comment_deleted', { comment: buildCommentPayload({ deleted: false }) }),
    ).toMatchObject([{ key: 'comment:40010023', isDeleted: true }]);
  });

  it('still tells the pull request when its comment cannot be read', () => {
    expect(activitiesOf('pullrequest:comment_created', { comment: { id: 1 } })).toEqual([]);
    expect(activitiesOf('pullrequest:comment_created', {})).toEqual([]);
  });
});

describe('a notice of a push', () => {
  const hashes = ['0317dbfca7ea0f62125f08e09113c4ecc764683c', 'd37ab54870d7e77a99a986e52624b87acd04f1cb'] as const;
  const commit = (hash: string) => ({ type: 'commit', hash, date: '2026-11-01T08:00:00+00:00' });
  const branch = (name: string, hash: string) => ({ type: 'branch', name, target: { type: 'commit', hash } });
  const push = (changes: unknown[]) => toNotice('repo:push', { actor, repository, push: { changes } });

  it('says nothing of tags, whatever their names and with or without a date', () => {
    const tag = { type: 'tag', name: 'v1/@"$;><&#=', target: { hash: hashes[0] }, date: null };
    expect(
      push([
        { old: null, new: tag },
        { old: tag, new: null },
      ]),
    ).toMatchObject({ branches: [], pushes: [] });
  });

  it('leaves out what it cannot read and keeps the rest', () => {
    const commits = [{ hash: hashes[0] }, null, commit(hashes[1])];
    const changes = [null, 'x', { old: null, new: null }, { new: branch('made', hashes[1]), old: null, commits }];
    expect(push(changes)).toMatchObject({
      branches: [{ name: 'made', isDeleted: false, newHash: hashes[1] }],
      pushes: [{ branch: 'made', isWhole: false, commits: [{ hash: hashes[1] }] }],
    });
    expect(push([{ new: branch('made', 'odd'), commits }])).toMatchObject({
      branches: [{ name: 'made', isDeleted: false, newHash: null }],
      pushes: [],
    });
  });
});

describe('a notice of a repository', () => {
  it('tells of a fork, thin as it is', () => {
    const fork = { type: 'repository', uuid: 'EEEE', full_name: 'ada/shop' };
    expect(toNotice('repo:fork', { actor, repository, fork })).toMatchObject({
      fork: { uuid: '{eeee}', name: 'shop', fullName: 'ada/shop' },
    });
    expect(toNotice('repo:fork', { actor, repository })).toMatchObject({ fork: null });
  });

  it('is named by its UUID where nothing else is said', () => {
    expect(toNotice('repo:deleted', { repository: { uuid: '{eeee}' } })).toMatchObject({
      repository: { uuid: '{eeee}', name: '{eeee}', fullName: null },
    });
  });
});
