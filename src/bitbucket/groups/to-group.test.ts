import { buildUserPayload } from '../../../test/support/fakes/bitbucket-payloads';
import { UnreadablePayload } from '../client/errors';
import { toGroup } from './to-group';

describe('a group', () => {
  it('is its slug, its name and the UUIDs of its members, each once', () => {
    const members = [buildUserPayload(), buildUserPayload(), buildUserPayload({ uuid: 'BBBB' })];
    expect(toGroup({ name: 'Platform', slug: 'platform', permission: 'write', members })).toEqual({
      name: 'Platform',
      slug: 'platform',
      memberUuids: ['{aaaaaaaa-0000-4000-8000-000000000001}', '{bbbb}'],
    });
  });

  it('counts members without a UUID as Bitbucket lists them, as nobody in particular', () => {
    const members = [buildUserPayload({ uuid: 'BBBB' }), {}, buildUserPayload({ uuid: '{}' })];
    expect(toGroup({ slug: 'platform', members })).toEqual({
      name: 'platform',
      slug: 'platform',
      memberUuids: ['{bbbb}', '{unnamed-2}', '{unnamed-3}'],
    });
  });

  it('cannot be read without its members: that would say that all have left', () => {
    expect(() => toGroup({ name: 'Platform', slug: 'platform' })).toThrow(UnreadablePayload);
    expect(() => toGroup({ name: 'Platform', members: [] })).toThrow(UnreadablePayload);
  });
});
