import type { GivenUpList } from '../../../../ingestion/progress/given-up-work';
import type { ImportStatus } from '../../../../ingestion/progress/import-status';
import { formatDateTime } from '../../../presentation/format/dates';
import { formatDuration } from '../../../presentation/format/durations';
import { formatCount, formatCounted } from '../../../presentation/format/numbers';

/** What waits, what was put right and what was given up. */
export function buildWorkView(
  { work, requests }: Pick<ImportStatus, 'work' | 'requests'>,
  { jobs, total }: GivenUpList,
  timezone: string,
) {
  return {
    sentence: [
      formatOldest(work.oldest_notice_seconds),
      formatCounted(work.jobs_waiting, 'job waits', 'jobs wait'),
      `${formatCounted(work.repaired.last_7_days, 'change')} repaired in the last 7 days`,
      `${formatCount(Math.max(0, requests.limit - requests.used))} of ${formatCount(requests.limit)} requests left this hour`,
    ].join(' · '),
    clock: formatClock(work.bitbucket_ahead_seconds),
    givenUp: jobs.map(({ id, what, repository, problem, since }) => ({
      ...{ id, what, problem },
      repository: repository ?? 'The workspace',
      since: since === null ? 'Not known' : formatDateTime(since, timezone),
    })),
    hasSeveral: total > 1,
    more: total > jobs.length ? `And ${formatCount(total - jobs.length)} more.` : null,
  };
}

function formatOldest(seconds: number | null): string {
  return seconds === null ? 'No notice waits' : `Oldest notice waiting: ${formatDuration(seconds)}`;
}

function formatClock(aheadSeconds: number | null): string | null {
  if (aheadSeconds === null) return null;
  const length = formatDuration(Math.abs(aheadSeconds));
  const side = aheadSeconds > 0 ? 'behind' : 'ahead of';
  return `The clock of Drumbeat's machine is ${length} ${side} Bitbucket's. Whoever runs Drumbeat lets a time server set it; until then notices may be refused and ages shown wrong.`;
}
