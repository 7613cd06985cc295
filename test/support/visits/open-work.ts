import type { Simulator } from '../../../simulator/simulator';

const hour = 3_600_000;

/**
 * Puts pull requests into a small world that are open now: one nobody has reviewed, one whose author is to act, one
 * approved and a draft. To be done before the install.
 */
export function addOpenWork({ pullRequests }: Pick<Simulator, 'pullRequests'>, now: number): void {
  const repository = 'pay';
  const open = (title: string, hoursAgo: number, isDraft = false): number => {
    const doing = { repository, by: 'Mei Chen', title, isDraft, sourceBranch: title.replaceAll(' ', '-') };
    return pullRequests.openPullRequest({ ...doing, at: now - hoursAgo * hour }).pullRequest.id;
  };
  open('Round amounts down', 200);
  const answered = open('Retry refused payments', 120);
  const inline = { path: 'pay.go', from: null, to: 7 };
  pullRequests.comment({ repository, id: answered, by: 'Yusuf Demir', inline, text: 'Why?', at: now - 100 * hour });
  const approved = open('Log each refund', 70);
  pullRequests.approve({ repository, id: approved, by: 'Yusuf Demir', at: now - 50 * hour });
  open('Try another ledger', 30, true);
}
