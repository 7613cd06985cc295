import { buildCommitPayload } from '../../../test/support/fakes/bitbucket-payloads';
import { UnreadablePayload } from '../client/errors';
import { toCommit, toPullRequestCommit } from './to-commit';

describe('a commit', () => {
  it.each([{ date: null }, { date: 'x' }, { date: undefined }, { hash: undefined }, { hash: 'main' }])(
    'cannot be read with %j',
    (change) => {
      expect(() => toCommit(buildCommitPayload(change))).toThrow(UnreadablePayload);
      expect(() => toPullRequestCommit(buildCommitPayload(change))).toThrow(UnreadablePayload);
    },
  );
});
