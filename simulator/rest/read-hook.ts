import { z } from 'zod';
import { hookEvents, needOfEvent } from './hook-events';
import { checkScopes } from './needs';
import { Refusal } from './refusal';
import type { Call } from './call';
import type { Hook } from '../world/model';

const known = new Set(hookEvents.map(({ event }) => event));

const hookBody = z
  .object({
    url: z.url({ protocol: /^https?$/u, error: 'Enter a valid URL.' }),
    description: z.string(),
    active: z.boolean(),
    secret: z.string().max(128).nullable(),
    events: z
      .array(z.string().refine((event) => known.has(event), { error: 'This is no event that a webhook can be told.' }))
      .min(1)
      .refine((events) => new Set(events).size === events.length, { error: 'An event is named twice.' }),
  })
  .partial()
  .transform(({ active: isActive, secret, ...rest }): HookChange => {
    const change = { ...rest, isActive, secret: secret === '' ? null : secret };
    // What is not mentioned is not in the change either.
    return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  });

/** What a hook is to become, as far as it says. */
export type HookChange = Partial<Pick<Hook, 'url' | 'description' | 'isActive' | 'secret' | 'events'>>;

/**
 * Reads the body of a request that makes or changes a hook. One event that is unknown, or that the token may not read,
 * refuses the whole of it. An empty secret is none.
 */
export function readHookChange(call: Call): HookChange {
  const read = hookBody.safeParse(parseJson(call.body));
  if (!read.success) {
    const entries = read.error.issues.map(({ path, message }) => [String(path[0] ?? 'body'), [message]]);
    throw new Refusal(400, 'Bad request', { fields: Object.fromEntries(entries) });
  }
  read.data.events?.forEach((event) => checkScopes(call.caller, needOfEvent(event)));
  return read.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'Bad request: the body is no JSON.');
  }
}
