import { intervals } from '../../domain/calendar/bucket';
import { performanceLevels } from '../../domain/metrics/levels';
import { levelTables } from '../../domain/workspace-settings';

/** A JSON schema of OpenAPI 3.1. */
export type Schema = Readonly<Record<string, unknown>>;

/** All members are there, and no other. */
export function object(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', required: Object.keys(properties), additionalProperties: false, properties };
}

export function refer(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

const text: Schema = { type: 'string' };
const flag: Schema = { type: 'boolean' };
const count: Schema = { type: 'integer', minimum: 0 };
const maybe = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const seconds: Schema = { type: ['number', 'null'], minimum: 0, description: 'Seconds.' };
const share: Schema = { type: ['number', 'null'], minimum: 0, maximum: 1 };
const uuid: Schema = { type: 'string', pattern: '^\\{.+\\}$', description: 'With braces.' };
const time: Schema = { type: 'string', format: 'date-time' };
const date: Schema = { type: 'string', format: 'date' };
const level = maybe({ type: 'string', enum: performanceLevels });
const table: Schema = { type: 'string', enum: levelTables };
const system = object({ uuid, slug: text, name: text });

/** A metric: its members over the range, a level where it has one, and the same members for every bucket. */
function metric(members: Readonly<Record<string, Schema>>, hasLevel = true): Schema {
  const series = listOf(object({ start: date, end: date, ...members }));
  return object({ ...members, ...(hasLevel ? { level } : {}), series });
}

const accelerateReport = object({
  workspace: object({ uuid, slug: text }),
  range: object({ from: date, to: date, timezone: text, interval: { type: 'string', enum: intervals } }),
  deployment_frequency: metric({
    value: { type: 'number', minimum: 0, description: 'Deployments a day.' },
    deployments: count,
    days: count,
  }),
  lead_time_for_changes: metric({ value: seconds, p75: seconds, p95: seconds, n: count, excluded: count }),
  change_failure_rate: metric({ value: share, failed: count, n: count }),
  time_to_recover: metric({ value: seconds, mean: seconds, n: count, unresolved: count, excluded: count }),
  rework_rate: metric({ value: share, rework: count, n: count }, false),
  level: object({ table, overall: level }),
  completeness: object({
    imported_since: maybe(date),
    importing: flag,
    incomplete_deployments: count,
    verified_at: maybe(time),
  }),
});

const deployment = object({
  deploy_id: text,
  system,
  time_created: time,
  changes: listOf(object({ change_id: text, time_created: time })),
  teams: listOf(text),
  teams_as_of: { type: 'string', enum: ['merge', 'import'] },
  source: { type: 'string', enum: ['pull_request'] },
  complete: { ...flag, description: 'False: its changes could not be read as they were merged.' },
  url: text,
});

const incident = object({
  incident_id: text,
  system,
  time_created: time,
  time_resolved: maybe(time),
  source: { type: 'string', enum: ['revert', 'naming_convention'] },
  deploy_id: maybe(text),
  fix_deploy_id: maybe(text),
  url: text,
});

const settings = object({
  timezone: { ...text, description: 'IANA name.' },
  levels: table,
  incident_rules: object({ revert: flag, branch_prefixes: listOf(text), title_prefixes: listOf(text) }),
});

const settingsChange: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    timezone: text,
    levels: table,
    incident_rules: {
      type: 'object',
      additionalProperties: false,
      properties: {
        revert: flag,
        branch_prefixes: { type: 'array', maxItems: 50, items: { type: 'string', minLength: 2, maxLength: 50 } },
        title_prefixes: { type: 'array', maxItems: 50, items: { type: 'string', minLength: 2, maxLength: 50 } },
      },
    },
  },
};

const importState: Schema = { type: 'string', enum: ['queued', 'running', 'done', 'failed'] };

/** Open for members to come, such as further figures on requests. */
const importStatus: Schema = {
  type: 'object',
  required: ['state', 'repositories', 'pull_requests', 'requests', 'eta_seconds', 'problems'],
  properties: {
    state: importState,
    repositories: object({ total: count, done: count, failed: count }),
    pull_requests: object({ total: count, done: count }),
    requests: {
      type: 'object',
      required: ['used', 'limit', 'window_ends_at'],
      properties: {
        used: count,
        limit: count,
        window_ends_at: maybe(time),
        by_purpose: { type: 'object', additionalProperties: count },
      },
    },
    eta_seconds: { type: ['number', 'null'] },
    problems: listOf(object({ repository: maybe(text), message: text })),
    sizes: object({ total: count, done: count }),
    items: listOf({
      type: 'object',
      required: ['uuid', 'slug', 'name', 'state', 'pull_requests', 'message'],
      properties: {
        uuid,
        slug: text,
        name: text,
        state: importState,
        pull_requests: object({ total: maybe(count), done: count }),
        message: maybe(text),
      },
    }),
    notices: object({ waiting: count, unreadable: count }),
    groups: object({ read_at: maybe(time), problem: maybe(text) }),
    connection: maybe({ type: 'string', enum: ['live', 'disabled', 'uninstalled', 'revoked'] }),
  },
};

const problem: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'request_id'],
  additionalProperties: false,
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    request_id: text,
    errors: listOf(object({ name: text, value: text, message: text })),
  },
};

export const schemas: Readonly<Record<string, Schema>> = {
  AccelerateReport: accelerateReport,
  Deployment: deployment,
  Deployments: object({ items: listOf(refer('Deployment')), next: maybe(text) }),
  Incident: incident,
  Incidents: object({ items: listOf(refer('Incident')), next: maybe(text) }),
  Systems: object({ items: listOf(object({ uuid, slug: text, name: text, url: text })) }),
  Teams: object({
    items: listOf(
      object({
        slug: text,
        name: text,
        source: { type: 'string', enum: ['group', 'manual'] },
        members: count,
        deleted: flag,
      }),
    ),
  }),
  Import: importStatus,
  Settings: settings,
  SettingsChange: settingsChange,
  Session: object({ session: text, expires_at: time }),
  Problem: problem,
};
