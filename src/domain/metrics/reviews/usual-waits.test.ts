import { aMergedPullRequest, anInstant, day } from '../../../../test/support/builders';
import { buildWorkspaceColumns } from '../../../../test/support/facts/workspace-columns';
import { mapPhases } from '../../reviews/phase-ledger';
import type { ReviewNumbers } from '../../reviews/review-numbers';
import type { Phase } from '../../reviews/phase';
import { collectSpent, findUsualWaits } from './usual-waits';

const span = { startAt: anInstant, endAt: anInstant + 90 * day };
let number = 0;

/** Of each of some hours a pull request that spent them in the phase, merged so many days after the beginning. */
function merged(
  repositoryUuid: string,
  hours: readonly number[],
  { phase = 'approved', days = 1 }: { phase?: Phase; days?: number } = {},
) {
  return hours.map((spent) => ({
    ...aMergedPullRequest({ number: (number += 1), repositoryUuid, mergedAt: anInstant + days * day }),
    review: { phases: mapPhases((one) => (one === phase ? spent * 3_600 : 0)) } as ReviewNumbers,
  }));
}

function find(pullRequests: ReturnType<typeof merged>, visible: readonly string[] | null = null) {
  const spent = collectSpent(buildWorkspaceColumns(pullRequests), span);
  return findUsualWaits(spent, visible && new Set(visible));
}

const five = [1, 2, 3, 4, 50];

describe('What is usual for a step', () => {
  it('is the median of five or more of the repository that were in it', () => {
    const usual = find([...merged('{drums}', [...five, 0, 0, 0]), ...merged('{bells}', [9, 9])]);
    expect(usual('{drums}', 'approved')).toEqual({ seconds: 3 * 3_600, n: 5, of: 'repository' });
  });

  it('of four is that of the workspace, in which they count too', () => {
    const usual = find([...merged('{drums}', [1, 2, 3, 4]), ...merged('{bells}', [5])]);
    expect(usual('{drums}', 'approved')).toEqual({ seconds: 3 * 3_600, n: 5, of: 'workspace' });
    expect(usual('{nobody}', 'approved')).toEqual({ seconds: 3 * 3_600, n: 5, of: 'workspace' });
  });

  it('is not known of four in the workspace, nor of another step', () => {
    const usual = find([...merged('{drums}', [1, 2]), ...merged('{bells}', [3, 4])]);
    expect(usual('{drums}', 'approved')).toBeNull();
    expect(find(merged('{drums}', five))('{drums}', 'draft')).toBeNull();
    expect(find([...merged('{drums}', five, { phase: 'coding' })])('{drums}', 'coding')).toBeNull();
  });

  it('takes nothing from repositories that are not seen', () => {
    const all = [...merged('{drums}', [1, 2]), ...merged('{bells}', five)];
    expect(find(all)('{drums}', 'approved')).toMatchObject({ n: 7 });
    expect(find(all, ['{drums}'])('{drums}', 'approved')).toBeNull();
  });

  it('is of those merged in the span, its end not included', () => {
    const outside = [...merged('{drums}', five, { days: -1 }), ...merged('{drums}', five, { days: 90 })];
    expect(find(outside)('{drums}', 'approved')).toBeNull();
    const inside = [...outside, ...merged('{drums}', five, { days: 0 })];
    expect(find(inside)('{drums}', 'approved')).toMatchObject({ n: 5 });
  });
});
