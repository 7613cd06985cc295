import { wouldBeShown } from './unshown-activities';

const activity = (kind: 'comment' | 'approval' | 'approval_withdrawn' | 'update', at: number, actor = '{a}') => ({
  kind,
  at,
  actor,
});

describe('The whole activity of a pull request', () => {
  it('shows every comment and verdict of before it was read', () => {
    expect(wouldBeShown(activity('comment', 10), 10, [])).toBe(true);
    expect(wouldBeShown(activity('approval', 10), 10, [])).toBe(true);
    expect(wouldBeShown(activity('comment', 11), 10, [])).toBe(false);
  });

  it('never shows an update, a withdrawal, or the verdict that it took back', () => {
    const withdrawal = activity('approval_withdrawn', 12);
    expect(wouldBeShown(activity('update', 10), 20, [])).toBe(false);
    expect(wouldBeShown(withdrawal, 20, [withdrawal])).toBe(false);
    expect(wouldBeShown(activity('approval', 10), 20, [withdrawal])).toBe(false);
    expect(wouldBeShown(activity('approval', 13), 20, [withdrawal])).toBe(true);
    expect(wouldBeShown(activity('approval', 10, '{b}'), 20, [withdrawal])).toBe(true);
  });
});
