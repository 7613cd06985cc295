import { UnreadablePayload } from '../client/errors';
import { toFileSize } from './to-size';

describe('the size of a file in a diffstat', () => {
  it('cannot be read from what is no file', () => {
    expect(() => toFileSize('12')).toThrow(UnreadablePayload);
  });
});
