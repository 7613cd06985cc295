import { buildCommitPayload } from '../../../test/support/fakes/bitbucket-payloads';
import { reduceToFields } from '../../../test/support/fakes/reduce-to-fields';
import { UnreadablePayload } from '../client/errors';
import { commitFields, pullRequestCommitFields, toCommit, toPullRequestCommit } from './to-commit';

describe('a commit', () => {
  it('is its hash, date and parents', () => {
    expect(toCommit(buildCommitPayload())).toEqual({
      hash: '0704fc5beccc4d0a9f6e5d4c3b2a190817263544',
      authoredAt: Date.UTC(2026, 10, 1, 8),
      parents: ['e0624da46d3a4d0a9f6e5d4c3b2a190817263544'],
    });
  });

  it('is the first one without parents', () => {
    expect(toCommit(buildCommitPayload({ parents: [] })).parents).toEqual([]);
  });

  it('has unknown parents where Bitbucket leaves them out', () => {
    expect(toCommit(buildCommitPayload({ parents: undefined })).parents).toBeNull();
  });

  it('needs no author that Bitbucket knows, nor an e-mail address', () => {
    for (const author of [null, { raw: 'RbLi' }, undefined]) {
      expect(toPullRequestCommit(buildCommitPayload({ author })).authoredAt).toBe(Date.UTC(2026, 10, 1, 8));
    }
  });

  it.each([{ date: null }, { date: 'x' }, { date: undefined }, { hash: undefined }, { hash: 'main' }])(
    'cannot be read with %j',
    (change) => {
      expect(() => toCommit(buildCommitPayload(change))).toThrow(UnreadablePayload);
      expect(() => toPullRequestCommit(buildCommitPayload(change))).toThrow(UnreadablePayload);
    },
  );

  it('has the same facts when only the fields we name are asked for', () => {
    const body = buildCommitPayload();
    expect(toCommit(reduceToFields(body, commitFields))).toEqual(toCommit(body));
    expect(toPullRequestCommit(reduceToFields(body, pullRequestCommitFields))).toEqual(toPullRequestCommit(body));
  });
});
