import type { WaitsFor } from '../../../domain/reviews/find-wait';
import { formatWait } from './format-wait';
import { formatCounted } from '../format/numbers';

/** Every text about what open pull requests wait for, on whatever page. */
export const waitWords = {
  waitsFor: {
    first_review: 'Review',
    review: 'Review',
    changes: 'Changes requested',
    answer: 'Author’s answer',
    ready: 'Draft',
    merge: 'Merge',
    queue: 'Merge queue',
  } satisfies Readonly<Record<WaitsFor, string>>,
  /** In a sentence, before the names. */
  doing: {
    first_review: 'Review',
    review: 'Review',
    changes: 'Changes requested from',
    answer: 'Answer',
    ready: 'Draft',
    merge: 'Merge',
    queue: 'Merge queue',
  } satisfies Readonly<Record<WaitsFor, string>>,
  by: (doing: string, whom: string) => `${doing} by ${whom}`,
  of: (doing: string, whom: string) => `${doing} ${whom}`,
  nobodyYet: 'Nobody yet',
  nobodyYetReason: 'Nobody was asked to review this pull request.',
  askNobody: 'nobody yet',
  notKnown: 'Not known',
  reviewersNotKnown: 'Bitbucket has not told who was asked to review this pull request.',
  authorNotKnown: 'Bitbucket does not name the author.',
  inQueue: 'Nobody',
  inQueueReason: 'Bitbucket merges a pull request in a merge queue when its checks pass.',
  whoeverMayMerge: 'The author, or whoever may merge in this repository.',
  withoutName: 'Account without a name',
  andOthers: (count: number) => `+${count}`,
  allNames: (names: readonly string[]) => names.join(', '),
  over: (seconds: number) => formatWait(seconds),
  overWord: 'over',
  within: 'Within the usual',
  usually: (seconds: number, isOfWorkspace: boolean) =>
    isOfWorkspace ? `usually ${formatWait(seconds)} in the workspace` : `usually ${formatWait(seconds)}`,
  usualNotKnown: 'Usual not known',
  usualNotKnownReason: 'Fewer than five pull requests of the last 90 days were in this step.',
  usualReason: (n: number, isOfWorkspace: boolean) =>
    `The median of ${formatCounted(n, 'pull request')} merged in the last 90 days ${isOfWorkspace ? 'in all repositories, because this one has fewer than five' : 'in this repository'}.`,
  unknownAuthor: 'author not known',
} as const;
