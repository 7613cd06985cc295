import { computeLinesChanged, isSizedAt, toSizeHead } from './size';

describe('The size of a pull request', () => {
  it('is of a head, however much of its hash is told', () => {
    const hash = 'abcdefabcdef0123456789abcdef0123456789ab';
    expect(isSizedAt(toSizeHead(hash), hash.slice(0, 12))).toBe(true);
    expect(isSizedAt(toSizeHead(hash), 'bbbbbbbbbbbb')).toBe(false);
  });

  it('may be of an unknown head, which is not the same as never tried', () => {
    expect(isSizedAt(toSizeHead(null), null)).toBe(true);
    expect(isSizedAt(null, null)).toBe(false);
  });

  it('counts only at the head that it was read at', () => {
    const size = { sizeHead: 'abcdefabcdef', sourceHash: 'abcdefabcdef0123', linesAdded: 3, linesRemoved: 4 };
    expect(computeLinesChanged(size)).toBe(7);
    expect(computeLinesChanged({ ...size, sourceHash: 'bbbbbbbbbbbb' })).toBeNull();
    expect(computeLinesChanged({ ...size, linesAdded: null, linesRemoved: null })).toBeNull();
  });
});
