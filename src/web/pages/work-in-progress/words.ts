import { formatCount, formatCounted } from '../../presentation/format/numbers';
import type { WaitGroup } from '../../../domain/reviews/wait-group';
import type { WorkInProgressPhase } from '../../../domain/reviews/work-in-progress-phase';

export type Whose = (typeof whoseKinds)[number];
export const whoseKinds = ['everybody', 'mine', 'review'] as const;

const open = (count: number) => formatCounted(count, 'open pull request');
const wait = (count: number) => `${formatCount(count)} ${count === 1 ? 'waits' : 'wait'}`;
const are = (count: number) => `${formatCount(count)} ${count === 1 ? 'is' : 'are'}`;

/** Every text of the page of open pull requests. */
export const words = {
  title: 'Work in progress',
  openNow: 'Open now',
  sentence: (all: number, review: number, merge: number) =>
    `${open(all)}. ${wait(review)} for a review, ${are(merge)} ready to merge.`,
  sentenceOf: {
    mine: (all: number) => `${open(all)} opened by you, or waiting for you.`,
    review: (all: number) => `${open(all)} ${all === 1 ? 'waits' : 'wait'} for your review.`,
  },
  phases: {
    open: (count: number) => `${formatCount(count)} not reviewed`,
    reviewed: (count: number) => `${formatCount(count)} reviewed`,
    approved: (count: number) => `${formatCount(count)} approved`,
  } satisfies Readonly<Record<WorkInProgressPhase, (count: number) => string>>,
  bar: (phases: readonly string[]) => `Open pull requests by phase: ${phases.join(', ')}`,
  drafts: (count: number) => `${formatCounted(count, 'draft')} among the open pull requests`,
  sums: {
    review: 'Wait for a review',
    merge: 'Ready to merge',
    author: 'Wait for the author',
    aside: 'Old or by bots',
    all: 'Open',
  },
  counted: 'How this is counted',
  explanations: [
    'Not reviewed: nobody but the author or a bot has approved, requested changes or commented on the code. Reviewed: somebody has, and no approval is in force. Approved: an approval is in force. Drafts count in one of the three.',
    'Wait for the author: changes were requested, a comment on the code is not answered, or the pull request is a draft. Ready to merge: approved, and nobody requests changes, or in a merge queue. Everything else waits for a review by whoever was asked and has given no verdict.',
    'Old: open for more than 90 days.',
  ],
  whose: 'Whose',
  whoseKinds: {
    everybody: 'Everybody’s',
    mine: 'Mine',
    review: 'To review by me',
  } satisfies Readonly<Record<Whose, string>>,
  whoseUnknown: 'Drumbeat does not know who you are here, so this page cannot show your pull requests.',
  whoseProblem: 'Whose pull requests are everybody, mine or review.',
  showProblem: (parts: readonly string[]) => `Parts of this list are ${parts.join(', ')}.`,
  columnsProblem: 'Columns are all, or those of the page.',
  load: {
    heading: 'Review load',
    lead: (reviews: number, people: number) =>
      `${formatCounted(reviews, 'review')} to do, shared by ${formatCounted(people, 'person', 'people')}.`,
    caption: 'People by number of reviews to do. Names are not shown.',
    label: (bars: readonly string[]) => `People by number of reviews to do: ${bars.join(', ')}`,
    bar: (people: number, reviews: string) => `${formatCounted(people, 'person', 'people')} with ${reviews}`,
    orMore: (count: number) => `${formatCount(count)}+`,
    none: 'Shown for two or more people.',
  },
  list: {
    heading: 'Waiting longest over the usual',
    usual:
      'Usual is the median of the same step in the same repository over the last 90 days. The mark on each bar shows the usual. Bars grow with the square root of the time.',
    caption: 'Open pull requests by how far over the usual they wait',
    parts: 'What they wait for',
    all: (count: number) => `All ${formatCount(count)}`,
    groups: {
      review: (count: number) => `Review ${formatCount(count)}`,
      merge: (count: number) => `Merge ${formatCount(count)}`,
      author: (count: number) => `Author ${formatCount(count)}`,
    } satisfies Readonly<Record<WaitGroup, (count: number) => string>>,
    none: 'No pull request waits here.',
    columns: {
      title: 'Pull request',
      waitsFor: 'Waits for',
      whom: 'Whom',
      since: 'Since',
      over: 'Over usual',
    },
    age: (inProgress: string, stale: string) => `open ${inProgress}, untouched ${stale}`,
    asTable: 'All columns',
    asWaits: 'What they wait for',
    queued: 'In merge queue',
    draft: 'Draft',
  },
  asides: {
    old: (count: number) => `${formatCount(count)} older than 90 days`,
    bot: (count: number) => `${formatCount(count)} opened by bots`,
    most: (shown: number, all: number) =>
      `The first ${formatCount(shown)} of ${formatCount(all)}. The file has all of them.`,
  },
  allColumns: 'Open pull requests',
  only: (which: string, shown: number, all: number) => `Only ${which}: ${formatCount(shown)} of ${open(all)}.`,
  partNames: {
    open: 'not reviewed',
    reviewed: 'reviewed',
    approved: 'approved',
    drafts: 'drafts',
    review: 'waiting for a review',
    merge: 'ready to merge',
    author: 'waiting for the author',
  },
  showAll: 'Show all open pull requests',
} as const;
