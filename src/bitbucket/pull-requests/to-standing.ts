import { z } from 'zod';
import type { StandingVerdict } from '../../domain/pull-requests/standing';
import { inside, nest, orNull, uuid, word } from '../client/payload';

/** What `participants` reads, for `fields=`. */
export const participantFields = nest('participants', ['user.uuid', 'role', 'approved', 'state']);

const participant = z
  .object({ user: inside('uuid', uuid), approved: orNull(z.boolean()), state: orNull(word) })
  .transform(({ user, approved, state }) => ({ user, verdict: toVerdict(state, approved) }));

/**
 * What each participant's word is now, by uuid; `null` where participants are not listed. Before there were requests
 * for changes, `state` was not told: then `approved` decides.
 */
export const participants = orNull(
  z
    .array(orNull(participant))
    .transform(
      (listed): ReadonlyMap<string, StandingVerdict> =>
        new Map(listed.flatMap((one) => (one === null || one.user === null ? [] : [[one.user, one.verdict] as const]))),
    ),
);

function toVerdict(state: string | null, approved: boolean | null): StandingVerdict {
  if (state === 'changes_requested') return 'changes_requested';
  return state === 'approved' || approved === true ? 'approved' : 'none';
}
