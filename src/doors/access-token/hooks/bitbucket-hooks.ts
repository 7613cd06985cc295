import { z } from 'zod';
import type { ApiReply, AskApi } from '../../../bitbucket/client/ask-api';
import { toRepositoryPath, toWorkspacePath } from '../../../bitbucket/client/address';
import { orNull, uuid } from '../../../bitbucket/client/payload';
import { chooseEvents } from './wanted-events';

/** Where a hook is: at the workspace, or at one of its repositories. Both by UUID with braces. */
export interface HookPlace {
  readonly workspace: string;
  readonly repository: string | null;
}

/** A hook as Bitbucket shows it; its secret is never shown. */
export interface SeenHook {
  readonly uuid: string;
  readonly url: string;
  readonly isActive: boolean;
  readonly events: readonly string[];
  /** `null`: Bitbucket does not tell. */
  readonly hasSecret: boolean | null;
}

/** How a hook should be. */
export interface WantedHook {
  readonly url: string;
  readonly secret: string;
  readonly events: readonly string[];
}

export type HookAnswer<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** Refused for good: the scope or the right is missing, or this is no place for hooks. */
  | { readonly kind: 'not_allowed' }
  | { readonly kind: 'gone' }
  /** 401. */
  | { readonly kind: 'revoked' }
  | { readonly kind: 'unreachable'; readonly reason: string };

const hookSchema = z
  .object({
    uuid,
    url: z.string(),
    active: z.boolean().catch(true),
    events: z.array(z.string()).catch([]),
    secret_set: orNull(z.boolean()),
  })
  .transform((body): SeenHook => {
    const { uuid: id, url, active, events, secret_set: hasSecret } = body;
    return { uuid: id, url, isActive: active, events, hasSecret };
  });
const pageSchema = z.object({ values: z.array(z.unknown()), next: orNull(z.string()) });
const description = 'Drumbeat: delivery metrics';
/** Bitbucket has fifty hooks a repository at most; a list without end is none. */
const mostPages = 10;

/** All hooks of a place; those that cannot be read are somebody else's. */
export async function listHooks(ask: AskApi, place: HookPlace): Promise<HookAnswer<readonly SeenHook[]>> {
  const hooks: SeenHook[] = [];
  let path = `${toHooksPath(place)}?pagelen=100`;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const answer = toAnswer(await ask({ path }), pageSchema);
    if (answer.kind !== 'done') return answer;
    for (const value of answer.value.values) {
      const hook = hookSchema.safeParse(value);
      if (hook.success) hooks.push(hook.data);
    }
    const next = answer.value.next ?? '';
    if (next === '') break;
    path = next;
  }
  return { kind: 'done', value: hooks };
}

export async function createHook(ask: AskApi, place: HookPlace, hook: WantedHook): Promise<HookAnswer<SeenHook>> {
  return toAnswer(await ask({ method: 'POST', path: toHooksPath(place), json: toBody(hook) }), hookSchema);
}

/** Says the secret too: whether leaving it out would keep it is not documented in full. */
export async function updateHook(
  ask: AskApi,
  place: HookPlace & { readonly uuid: string },
  hook: WantedHook,
): Promise<HookAnswer<SeenHook>> {
  return toAnswer(await ask({ method: 'PUT', path: toHookPath(place), json: toBody(hook) }), hookSchema);
}

export async function deleteHook(
  ask: AskApi,
  place: HookPlace & { readonly uuid: string },
): Promise<HookAnswer<unknown>> {
  const answer = toAnswer(await ask({ method: 'DELETE', path: toHookPath(place) }), z.unknown());
  return answer.kind === 'gone' ? { kind: 'done', value: null } : answer;
}

/** The events to ask for at this kind of place. */
export async function readEvents(
  ask: AskApi,
  { repository }: Pick<HookPlace, 'repository'>,
): Promise<readonly string[]> {
  const reply = await ask({ path: `/2.0/hook_events/${repository === null ? 'workspace' : 'repository'}?pagelen=100` });
  return chooseEvents(reply.kind === 'answer' ? reply.json : null);
}

/** What is wrong with a hook, in words; `null`: nothing. */
export function findHookProblem(seen: SeenHook, wanted: WantedHook): string | null {
  if (seen.url !== wanted.url) return 'it calls another address';
  if (!seen.isActive) return 'it is switched off';
  if (seen.hasSecret === false) return 'it has no secret';
  const missing = wanted.events.filter((event) => !seen.events.includes(event));
  return missing.length === 0 ? null : `it does not tell of ${missing.join(', ')}`;
}

/** As it is sent; also what an owner sends by hand. */
export function toBody({ url, secret, events }: WantedHook): Readonly<Record<string, unknown>> {
  return { description, url, active: true, secret, events };
}

export function toHooksPath({ workspace, repository }: HookPlace): string {
  return `${repository === null ? toWorkspacePath(workspace) : toRepositoryPath({ workspace, repository })}/hooks`;
}

function toHookPath(place: HookPlace & { readonly uuid: string }): string {
  return `${toHooksPath(place)}/${encodeURIComponent(place.uuid)}`;
}

function toAnswer<S extends z.ZodType>(reply: ApiReply, schema: S): HookAnswer<z.output<S>> {
  if (reply.kind === 'unreachable') return reply;
  if (reply.status === 401) return { kind: 'revoked' };
  if (reply.status === 404 || reply.status === 410) return { kind: 'gone' };
  if (reply.status >= 400) return reply.status === 403 ? { kind: 'not_allowed' } : refuse(reply.status);
  const read = schema.safeParse(reply.json);
  return read.success
    ? { kind: 'done', value: read.data }
    : { kind: 'unreachable', reason: 'the answer cannot be read' };
}

function refuse(status: number): HookAnswer<never> {
  return { kind: 'unreachable', reason: `status ${status}` };
}
