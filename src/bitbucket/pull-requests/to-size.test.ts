import { UnreadablePayload } from '../client/errors';
import { toFileSize } from './to-size';

describe('the size of a file in a diffstat', () => {
  it('is its lines, whether the file is new, changed, moved or gone', () => {
    const added = {
      type: 'diffstat',
      status: 'added',
      lines_added: 12,
      lines_removed: 0,
      old: null,
      new: { path: 'a' },
    };
    expect(toFileSize(added)).toEqual({ linesAdded: 12, linesRemoved: 0 });
    const removed = { ...added, status: 'removed', lines_added: 0, lines_removed: 5, new: null };
    expect(toFileSize(removed)).toEqual({ linesAdded: 0, linesRemoved: 5 });
  });

  it('is nothing for a binary file', () => {
    expect(toFileSize({ status: 'modified' })).toEqual({ linesAdded: 0, linesRemoved: 0 });
  });

  it('cannot be read from what is no file', () => {
    expect(() => toFileSize('12')).toThrow(UnreadablePayload);
  });
});
