import { formatCount, formatCounted } from '../../../presentation/format/numbers';

/** Every text of the section "Work". */
export const workWords = {
  intro: 'What Drumbeat has still to read, and what could not be read.',
  noNotice: 'No notice waits',
  oldestNotice: (age: string) => `Oldest notice waiting: ${age}`,
  jobs: (count: number) => formatCounted(count, 'job waits', 'jobs wait'),
  repaired: (count: number) => `${formatCounted(count, 'change')} repaired in the last 7 days`,
  requestsLeft: (left: number, limit: number) =>
    `${formatCount(left)} of ${formatCount(limit)} requests left this hour`,
  clock: (length: string, isBehind: boolean) =>
    `The clock of Drumbeat's machine is ${length} ${isBehind ? 'behind' : 'ahead of'} Bitbucket's. Whoever runs Drumbeat lets a time server set it; until then notices may be refused and ages shown wrong.`,
  givenUp:
    'What failed again and again was given up. Drumbeat tries again when the repository is compared with Bitbucket, or at once here.',
  none: 'Nothing was given up.',
  table: {
    caption: 'Work that was given up',
    what: 'Work',
    repository: 'Repository',
    since: 'Given up',
    problem: 'Details',
    again: 'Try again',
  },
  workspace: 'The workspace',
  unknown: 'Not known',
  more: (count: number) => `And ${formatCount(count)} more.`,
  allAgain: 'Try all again',
  outcome: {
    refused: 'Nothing is tried again',
    incomplete: 'The form was incomplete: press the button again.',
    gone: 'No longer among the work that was given up: it was tried again, or done, meanwhile.',
    again: 'One piece of work is tried again',
    severalAgain: (count: number) => `${formatCounted(count, 'piece of work is', 'pieces of work are')} tried again`,
    next: 'Work that fails again is listed here again, with its reason.',
  },
} as const;
