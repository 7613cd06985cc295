import { z } from 'zod';
import { fewestToTell } from '../../domain/metrics/enough-to-tell';
import { wholePopulations } from '../../domain/metrics/what-changed/tally-whole-times';
import { phases } from '../../domain/reviews/phase';
import { completeness, count, date, seconds, system, workspace, type Answer } from './parts';

const part = z
  .number()
  .nullable()
  .meta({ description: 'Seconds; the parts add up to `difference`, and are null where it is.' });
const movements = ['higher', 'lower', 'no change', 'too few to tell'] as const;
const wholeTimes = z.object({
  n: count,
  left_out: count.meta({ description: 'Pull requests whose first commit is not known.' }),
  mean: seconds,
  median: seconds,
});
const systemTime = z.object({ n: count, mean: seconds });

/** `GET /api/v1/metrics/what-changed` (docs/definitions.md, 6.5). */
export const whatChangedReport = z.object({
  workspace,
  of: z.enum(wholePopulations),
  range: z.object({ from: date, to: date, timezone: z.string() }),
  compared: z.object({ from: date, to: date }),
  now: wholeTimes,
  before: wholeTimes,
  difference: z
    .number()
    .nullable()
    .meta({
      description:
        'Mean now less mean before, in seconds. Null where one of the periods has fewer than ' +
        `${fewestToTell.duration} pull requests, or the history does not reach back to the beginning of the other.`,
    }),
  movement: z
    .enum(movements)
    .nullable()
    .meta({ description: 'Null: the history does not reach back to the beginning of the compared period.' }),
  phases: z.array(z.object({ phase: z.enum(phases), now: seconds, before: seconds, part })),
  systems: z.array(z.object({ system, now: systemTime, before: systemTime, part })),
  completeness,
});
export type WhatChangedReport = Answer<typeof whatChangedReport>;
