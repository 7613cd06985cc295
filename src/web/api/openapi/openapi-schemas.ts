import {
  count,
  date,
  flag,
  level,
  listOf,
  maybe,
  object,
  range,
  refer,
  seconds,
  share,
  system,
  table,
  text,
  time,
  undatedMerges,
  uuid,
  workspace,
  type Schema,
} from './schema-parts';
import { reviewSchemas } from './review-schemas';
import { settings, settingsChange } from './settings-schemas';

/** A metric: its members over the range, a level where it has one, and the same members for every bucket. */
function metric(members: Readonly<Record<string, Schema>>, hasLevel = true): Schema {
  const series = listOf(object({ start: date, end: date, ...members }));
  return object({ ...members, ...(hasLevel ? { level } : {}), series });
}

const accelerateReport = object({
  workspace,
  range,
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
    undated_merges: undatedMerges,
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
    clock_ahead_seconds: {
      type: ['integer', 'null'],
      description: "By how much Bitbucket's clock is ahead, while its calls are refused for that alone.",
    },
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
    access_refused: flag,
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
  ...reviewSchemas,
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
