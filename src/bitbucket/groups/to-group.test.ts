import { UnreadablePayload } from '../client/errors';
import { toGroup } from './to-group';

describe('a group', () => {
  it('cannot be read without its members: that would say that all have left', () => {
    expect(() => toGroup({ name: 'Platform', slug: 'platform' })).toThrow(UnreadablePayload);
    expect(() => toGroup({ name: 'Platform', members: [] })).toThrow(UnreadablePayload);
  });
});
