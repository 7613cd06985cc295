import { z } from 'zod';
import { openPullRequest } from '../answers/pull-requests';
import { time } from '../answers/parts';
import type { OpenWait } from '../reviews/open-waits';
import { formatTimestamp } from '../version/completeness';
import { createCsv } from './rows-csv';

const seconds = z.number().nullable();

/** An open pull request with what it waits for: the columns of the API's, and behind these what it waits for. */
const openWaitRow = z.object({
  ...openPullRequest.shape,
  waits_for: z.string(),
  /** Names, parted by "; ". */
  waits_for_whom: z.string().nullable(),
  waiting_since: time,
  time_waiting: seconds,
  usual_time: seconds,
  usual_of: z.string().nullable(),
  over_usual: seconds,
  aside: z.string().nullable(),
});
const toCsv = createCsv(openWaitRow);

/** In the given order; a name that is not known is the uuid. */
export function toOpenWaitsCsv(waits: readonly OpenWait[]): string {
  return toCsv(
    waits.map(({ item, waitsFor, whom, since, waited, usual, over, aside }) => ({
      ...item,
      waits_for: waitsFor,
      waits_for_whom: whom && whom.map(({ uuid, displayName }) => displayName ?? uuid).join('; '),
      waiting_since: formatTimestamp(since),
      time_waiting: waited,
      usual_time: usual?.seconds ?? null,
      usual_of: usual?.of ?? null,
      over_usual: over,
      aside,
    })),
  );
}
