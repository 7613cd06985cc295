import { fewestToTell } from '../../../domain/metrics/enough-to-tell';
import { performanceLevels } from '../../../domain/metrics/levels';
import { levelTables } from '../../../domain/settings/workspace-settings';
import { intervals } from '../../../domain/calendar/bucket';

/** A JSON schema of OpenAPI 3.1. */
export type Schema = Readonly<Record<string, unknown>>;

/** All members are there, and no other. */
export function object(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', required: Object.keys(properties), additionalProperties: false, properties };
}

export function refer(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

export const text: Schema = { type: 'string' };
export const flag: Schema = { type: 'boolean' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const undatedMerges: Schema = {
  ...count,
  description:
    'Merged pull requests that nobody can date, under the filters of systems and teams, whatever the range: they count in no number.',
};
export const maybe = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const listOf = (items: Schema): Schema => ({ type: 'array', items });
export const seconds: Schema = { type: ['number', 'null'], minimum: 0, description: 'Seconds.' };
export const share: Schema = { type: ['number', 'null'], minimum: 0, maximum: 1 };
export const uuid: Schema = { type: 'string', pattern: '^\\{.+\\}$', description: 'With braces.' };
export const time: Schema = { type: 'string', format: 'date-time' };
export const date: Schema = { type: 'string', format: 'date' };
export const level: Schema = {
  ...maybe({ type: 'string', enum: performanceLevels }),
  description:
    `Null: no value, or too few to tell (fewer than ${fewestToTell.duration} changes or recovered incidents of a ` +
    `duration, fewer than ${fewestToTell.share} deployments of a share).`,
};
export const table: Schema = { type: 'string', enum: levelTables };
export const system = object({ uuid, slug: text, name: text });

export const range = object({
  from: date,
  to: date,
  timezone: text,
  interval: { type: 'string', enum: intervals },
});
export const workspace = object({ uuid, slug: text });
