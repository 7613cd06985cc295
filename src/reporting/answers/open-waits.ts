import { z } from 'zod';
import { waitGroups, type WaitGroup } from '../../domain/reviews/wait-group';
import { waits } from '../../domain/reviews/find-wait';
import { completeness, count, system, time, uuid, workspace, type Answer } from './parts';

const person = z.object({ uuid, display_name: z.string().nullable() });
const length = z.number().min(0).meta({ description: 'Seconds.' });
const byGroup = Object.fromEntries(waitGroups.map((group) => [group, count])) as Record<WaitGroup, typeof count>;

/** An open pull request with what it waits for. */
const openWait = z.object({
  id: count.meta({ description: 'Its number in its repository.' }),
  system,
  title: z.string(),
  author: person.nullable(),
  draft: z.boolean(),
  opened_at: time,
  url: z.string(),
  waits_for: z.enum(waits),
  whom: z.array(person).nullable().meta({
    description: 'Whoever it waits for, by name. Empty: nobody was asked, or nobody’s turn. Null: not known.',
  }),
  since: time,
  seconds: length.meta({ description: 'How long it has waited for that.' }),
  usual_seconds: length
    .nullable()
    .meta({ description: 'Median of the same step over the last 90 days; null: too few to tell.' }),
  usual_of: z.enum(['repository', 'workspace']).nullable(),
  over_usual: z.number().nullable().meta({ description: '`seconds` less `usual_seconds`.' }),
  aside: z.enum(['old', 'bot']).nullable().meta({ description: 'Open for more than 90 days, or opened by a bot.' }),
});

/** `GET /api/v1/metrics/waits` (docs/definitions.md, 6.4); items in the order of the page. */
export const openWaitsReport = z.object({
  workspace,
  totals: z
    .object({ open: count, ...byGroup, old: count, bot: count })
    .meta({ description: '`open` is the sum of the others.' }),
  review_load: z
    .object({
      reviews: count,
      people: count,
      by_reviews: z.array(count).meta({ description: 'People with 0, 1, 2 … reviews to do; the last: or more.' }),
    })
    .nullable()
    .meta({ description: 'Null: of fewer than two people.' }),
  items: z.array(openWait),
  as_of: time,
  timezone: z.string(),
  completeness,
});
export type OpenWaitsReport = Answer<typeof openWaitsReport>;
