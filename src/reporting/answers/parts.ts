import { z } from 'zod';
import { intervals } from '../../domain/calendar/bucket';
import { fewestToTell } from '../../domain/metrics/enough-to-tell';
import { performanceLevels } from '../../domain/metrics/levels';
import { levelTables } from '../../domain/settings/workspace-settings';

/** What answers are made of. Durations in seconds, shares from 0 to 1, unknown is `null`. */
export const count = z.int().min(0);
export const seconds = z.number().min(0).nullable().meta({ description: 'Seconds.' });
export const share = z.number().min(0).max(1).nullable();
export const uuid = z
  .string()
  .regex(/^\{.+\}$/u)
  .meta({ description: 'With braces.' });
export const time = z.iso.datetime();
/** A date in the time zone of the workspace. */
export const date = z.iso.date();
export const table = z.enum(levelTables);
export const level = z
  .enum(performanceLevels)
  .nullable()
  .meta({
    description:
      `Null: no value, or too few to tell (fewer than ${fewestToTell.duration} changes or recovered incidents of a ` +
      `duration, fewer than ${fewestToTell.share} deployments of a share).`,
  });
export const workspace = z.object({ uuid, slug: z.string() });
export const system = z.object({ uuid, slug: z.string(), name: z.string() });
export const range = z.object({ from: date, to: date, timezone: z.string(), interval: z.enum(intervals) });

/** The part of `completeness` that no filter changes; `imported_since`: how far back the history is complete. */
export const completeness = z.object({
  imported_since: date.nullable(),
  importing: z.boolean(),
  verified_at: time.nullable(),
});
export const undatedMerges = count.meta({
  description:
    'Merged pull requests that nobody can date, under the filters of systems and teams, whatever the range: they count in no number.',
});

/** A page of a list; `next`: the cursor of the one after it. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** The type of an answer: what is answered is read, never changed. */
export type Answer<Schema extends z.ZodType> = Frozen<z.infer<Schema>>;
type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;
