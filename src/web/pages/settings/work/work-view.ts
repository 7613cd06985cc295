import type { GivenUpList } from '../../../../ingestion/progress/given-up-work';
import type { ImportStatus } from '../../../../ingestion/progress/import-status';
import { formatDateTime } from '../../../presentation/format/dates';
import { formatDuration } from '../../../presentation/format/durations';
import { workWords as words } from './words';

/** What waits, what was put right and what was given up. */
export function buildWorkView(
  { work, requests }: Pick<ImportStatus, 'work' | 'requests'>,
  { jobs, total }: GivenUpList,
  timezone: string,
) {
  return {
    sentence: [
      formatOldest(work.oldest_notice_seconds),
      words.jobs(work.jobs_waiting),
      words.repaired(work.repaired.last_7_days),
      words.requestsLeft(Math.max(0, requests.limit - requests.used), requests.limit),
    ].join(' · '),
    clock: formatClock(work.bitbucket_ahead_seconds),
    givenUp: jobs.map(({ id, what, repository, problem, since }) => ({
      ...{ id, what, problem },
      repository: repository ?? words.workspace,
      since: since === null ? words.unknown : formatDateTime(since, timezone),
    })),
    hasSeveral: total > 1,
    more: total > jobs.length ? words.more(total - jobs.length) : null,
  };
}

function formatOldest(seconds: number | null): string {
  return seconds === null ? words.noNotice : words.oldestNotice(formatDuration(seconds));
}

function formatClock(aheadSeconds: number | null): string | null {
  if (aheadSeconds === null) return null;
  return words.clock(formatDuration(Math.abs(aheadSeconds)), aheadSeconds > 0);
}
