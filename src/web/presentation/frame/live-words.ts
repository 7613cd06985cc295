import { formatCounted } from '../format/numbers';

/** Every text of the line under the title of a page. */
export const liveWords = {
  off: 'Not connected: nothing new arrives',
  late: 'Last compared with Bitbucket',
  listing: 'The list of pull requests is being read',
  importing: (done: string, total: string) => `Importing: ${done} of ${total} pull requests`,
  notPolled: 'Not looked for changes yet',
  polled: 'Looked for changes',
  nothingHeard: 'Live, no change heard yet',
  heard: 'Live, last change heard',
  undated: (count: number) => `${formatCounted(count, 'merge')} without a date`,
  unknownCommits: (count: number, one: string) =>
    `${formatCounted(count, one)} ${count === 1 ? 'has' : 'have'} unknown commits`,
  unsized: (count: number) => `${formatCounted(count, 'pull request')} ${count === 1 ? 'has' : 'have'} no size`,
  noGap: 'Data quality: no gap known',
} as const;
