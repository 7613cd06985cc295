import { buildRepositoryPayload } from '../../../test/support/fakes/bitbucket-payloads';
import { UnreadablePayload } from '../client/errors';
import { toRepository } from './to-repository';

describe('a repository', () => {
  it('cannot be read without a UUID or a full name', () => {
    expect(() => toRepository(buildRepositoryPayload({ uuid: '{}' }))).toThrow(UnreadablePayload);
    expect(() => toRepository(buildRepositoryPayload({ full_name: undefined }))).toThrow(UnreadablePayload);
  });
});
