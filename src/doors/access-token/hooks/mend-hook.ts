import type { AskApi } from '../../../bitbucket/client/ask-api';
import {
  createHook,
  deleteHook,
  findHookProblem,
  listHooks,
  updateHook,
  type HookAnswer,
  type HookPlace,
  type SeenHook,
  type WantedHook,
} from './bitbucket-hooks';

export interface PlaceToMend {
  readonly place: HookPlace;
  readonly wanted: WantedHook;
  /** UUIDs of those that are known to be ours, whatever address they call. */
  readonly known: readonly string[];
  readonly makes: boolean;
  /** Written anew, right or not: it gets the secret. */
  readonly rewrites: boolean;
}

/** How one place stands after the look. */
export interface MendedHook {
  readonly place: HookPlace;
  readonly kind: 'made' | 'repaired' | 'unchanged' | 'none' | 'not_allowed' | 'unreachable' | 'revoked';
  /** Whether Bitbucket calls us from here. */
  readonly calls: 'yes' | 'no' | 'unknown';
  /** Of the hook that is ours; `null` without one, or where it cannot be seen. */
  readonly uuid: string | null;
  /** Known ones that are no more. */
  readonly gone: readonly string[];
  /** Known ones that could not be looked at. */
  readonly left: readonly string[];
  /** In words; for `unreachable` the reason. */
  readonly problem: string | null;
}

/** A place has one hook of ours that is as wanted: made, put right, or left as it is. Others of ours are taken away. */
export async function mendHook(ask: AskApi, asked: PlaceToMend): Promise<MendedHook> {
  const { place, wanted, known } = asked;
  const list = await listHooks(ask, place);
  if (list.kind !== 'done') return toFailure(asked, list, 'The token may not look at webhooks.');
  const ours = list.value.filter(({ uuid, url }) => url === wanted.url || known.includes(uuid));
  const gone = known.filter((uuid) => ours.every((hook) => hook.uuid !== uuid));
  const [first, ...surplus] = ours;
  const mended = first === undefined ? await make(ask, asked) : await putRight(ask, asked, first);
  const deleted: string[] = [];
  for (const { uuid } of surplus) {
    if ((await deleteHook(ask, { ...place, uuid })).kind === 'done') deleted.push(uuid);
  }
  return { ...mended, gone: [...gone, ...deleted] };
}

async function make(ask: AskApi, asked: PlaceToMend): Promise<MendedHook> {
  const { place, wanted, known, makes } = asked;
  const base = { place, gone: [], left: [], problem: null };
  if (!makes && known.length === 0) return { ...base, kind: 'none', calls: 'no', uuid: null };
  const made = await createHook(ask, place, wanted);
  if (made.kind === 'done') return { ...base, kind: 'made', calls: 'yes', uuid: made.value.uuid };
  const failure = toFailure(asked, made, 'The token may not make webhooks, so changes are found every hour.');
  return { ...failure, calls: 'no', left: [] };
}

async function putRight(ask: AskApi, asked: PlaceToMend, seen: SeenHook): Promise<MendedHook> {
  const { place, wanted, rewrites } = asked;
  const base = { place, gone: [], left: [], uuid: seen.uuid };
  const problem = findHookProblem(seen, wanted);
  if (problem === null && !rewrites) return { ...base, kind: 'unchanged', calls: 'yes', problem: null };
  const updated = await updateHook(ask, { ...place, uuid: seen.uuid }, wanted);
  if (updated.kind === 'done') return { ...base, kind: 'repaired', calls: 'yes', problem: null };
  const words = problem === null ? 'its secret cannot be changed' : problem;
  const failure = toFailure(asked, updated, `The token may not change the webhook: ${words}.`);
  // One that tells of less than it should still calls.
  const calls = seen.isActive && seen.url === wanted.url ? 'yes' : 'no';
  return { ...failure, ...base, calls };
}

function toFailure(
  { place, known }: PlaceToMend,
  answer: Exclude<HookAnswer<unknown>, { kind: 'done' }>,
  refusal: string,
): MendedHook {
  const base = { place, calls: 'unknown' as const, uuid: null, gone: [], left: known };
  if (answer.kind === 'unreachable') return { ...base, kind: 'unreachable', problem: answer.reason };
  if (answer.kind === 'revoked') return { ...base, kind: 'revoked', problem: 'Bitbucket does not accept the token.' };
  return { ...base, kind: 'not_allowed', problem: refusal };
}
