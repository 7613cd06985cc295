import { z } from 'zod';
import { lookUp } from '../../domain/look-up';
import type { Person } from '../../domain/people/person';
import { UnreadablePayload } from './errors';
import { toInstant } from './time';

/**
 * The smallest pieces of Bitbucket's JSON. A schema names only what we use; what we can do without is `orNull`, so
 * that a field which comes, goes or changes its form in some year costs us that field and nothing else.
 */

/** A text that both databases can store: PostgreSQL takes neither NUL nor half a surrogate pair. */
export const text = z.string().transform((value) => value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD'));

/** A text that says something. */
export const word = text.refine((value) => value.trim() !== '', 'expected a text that is not empty');

/** Any of Bitbucket's six forms of a time, as an instant. */
export const instant = z.string().transform((value, context) => {
  const at = toInstant(value);
  if (at === null) {
    context.addIssue({ code: 'custom', message: 'expected a time' });
    return z.NEVER;
  }
  return at;
});

/** With braces and in lower case, however it came. */
export const uuid = z.string().transform((value, context) => {
  const bare = value.trim().replace(/^\{(.*)\}$/s, '$1');
  if (!/^[0-9a-z-]{1,64}$/i.test(bare)) {
    context.addIssue({ code: 'custom', message: 'expected a UUID' });
    return z.NEVER;
  }
  return `{${bare.toLowerCase()}}`;
});

/** A commit's hash, full (40) or cut (12, sometimes 39), in lower case. */
export const hash = z
  .string()
  .regex(/^[0-9a-f]{7,64}$/i, 'expected a hash')
  .transform((value) => value.toLowerCase());

/** `null` for what is missing, null or not to be understood. */
export function orNull<S extends z.ZodType>(schema: S): z.ZodCatch<z.ZodDefault<z.ZodNullable<S>>> {
  const absent = null as z.output<z.ZodNullable<S>>;
  // What is missing is no error to be caught: to make one and drop it costs twenty times the reading.
  return schema
    .nullable()
    .default(absent as never)
    .catch(absent as never);
}

/** The member of an object that is all we want of it; `null` where either is missing, null or not to be understood. */
export function inside<S extends z.ZodType>(name: string, schema: S): z.ZodType<z.output<S> | null> {
  const wanted = orNull(schema);
  return orNull(z.record(z.string(), z.unknown()).transform((body) => wanted.parse(lookUp(body, name))));
}

/** `null` for somebody who cannot be told apart from others: a deleted account without a UUID, or an empty one. */
export const person = orNull(
  z
    .object({ uuid: orNull(uuid), display_name: orNull(word), account_id: orNull(word), type: orNull(word) })
    .transform((body): Person | null =>
      body.uuid === null
        ? null
        : {
            uuid: body.uuid,
            displayName: body.display_name,
            accountId: body.account_id,
            type: body.type ?? 'user',
          },
    ),
);

/** The members of an account that `person` reads, for `fields=`. */
export const personFields = ['uuid', 'display_name', 'account_id', 'type'];

/**
 * The body as the schema understands it.
 * @throws UnreadablePayload naming paths, never values.
 */
export function read<S extends z.ZodType>(schema: S, body: unknown, eventKey: string | null = null): z.output<S> {
  const result = schema.safeParse(body);
  if (!result.success) {
    const problems = result.error.issues
      .slice(0, 5)
      .map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
    throw new UnreadablePayload({ eventKey, problems });
  }
  return result.data;
}

/** `prefix.name` for each name. */
export function nest(prefix: string, names: readonly string[]): string[] {
  return names.map((name) => `${prefix}.${name}`);
}
