import { formatCount, formatCounted } from '../format/numbers';

/** Every text of the lines that say what needs somebody now. */
export const needsNowWords = {
  heading: 'Needs you now',
  nothing: 'No open pull request waits longer than usual.',
  all: (open: number) => (open === 1 ? 'The open pull request' : `All ${formatCount(open)} open`),
  waited: (awaited: string, waited: string, usually: string | null) =>
    usually === null ? `${awaited} · ${waited}` : `${awaited} · ${waited}, ${usually}`,
  shippedHeading: 'Shipped today',
  shipped: (deployments: number, repositories: number, failed: number) =>
    `${formatCounted(deployments, 'deployment')} in ${formatCounted(repositories, 'repository', 'repositories')}, ${failed === 0 ? 'none failed' : `${formatCount(failed)} failed`}`,
  nothingShipped: 'No deployment yet',
} as const;
