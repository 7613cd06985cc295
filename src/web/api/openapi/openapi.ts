import { intervals } from '../../../domain/calendar/bucket';
import { listedStates } from '../../../reporting/filter/listed-state';
import { mostRowsPerPage, usualRowsPerPage } from '../../../reporting/filter/row-page';
import { schemas } from './openapi-schemas';
import { refer, type Schema } from './schema-parts';

/** The description of the API that it serves itself: OpenAPI 3.1. `baseUrl` is the public address. */
export function createOpenApi(baseUrl: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Drumbeat',
      version: '1',
      description:
        'Delivery metrics of a Bitbucket workspace. Durations in seconds, shares from 0 to 1, numbers not rounded, ' +
        'unknown is null. What is not yours and what is not there answer alike: 404.',
    },
    servers: [{ url: `${baseUrl.replace(/\/+$/, '')}/api/v1` }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The session of a page (`<meta name="session">`) or an API token made on the settings page.',
        },
      },
      schemas,
    },
  };
}

function parameter(name: string, schema: Schema, description: string): object {
  return { name, in: 'query', required: false, schema, description };
}

const date: Schema = { type: 'string', format: 'date' };
const repeatable: Schema = { type: 'array', items: { type: 'string' } };

const filters = [
  parameter('from', date, 'First day of the range, in the time zone of the workspace. Default: 89 days before `to`.'),
  parameter('to', date, 'Last day of the range, included. Default: today.'),
  parameter('interval', { type: 'string', enum: intervals, default: 'week' }, 'How the range is cut into buckets.'),
  parameter('system', repeatable, 'Repeatable: UUID of a repository, with braces or without, or its slug.'),
  parameter('team', repeatable, 'Repeatable: slug of a team. A deployment passes if any of its teams is chosen.'),
  parameter(
    'data',
    { type: 'string', enum: ['corrected', 'raw'], default: 'corrected' },
    'The facts with the corrections made by hand, or as they came.',
  ),
];
const format = parameter('format', { type: 'string', enum: ['json', 'csv'] }, 'As CSV (also by `Accept: text/csv`).');
const page = [
  parameter(
    'limit',
    { type: 'integer', minimum: 1, maximum: mostRowsPerPage, default: usualRowsPerPage },
    'Most rows in the answer.',
  ),
  parameter('cursor', { type: 'string' }, '`next` of the page before, with the same query.'),
];

const state = parameter(
  'state',
  { type: 'string', enum: listedStates, default: 'merged' },
  'Those merged in the range, or those that are open now, whatever the range.',
);

const problem = { 'application/problem+json': { schema: refer('Problem') } };
const failures = {
  401: { description: 'No session or token, or one that has ended.', content: problem },
  404: { description: 'Not there, or not yours.', content: problem },
  default: { description: 'Anything else that went wrong.', content: problem },
};
const wrongQuery = { 400: { description: 'A value that cannot be used; `errors` names each.', content: problem } };

function read(operationId: string, summary: string, schema: string): object {
  return {
    operationId,
    summary,
    responses: {
      200: { description: summary, content: { 'application/json': { schema: refer(schema) } } },
      ...failures,
    },
  };
}

/** A list or metric: also as CSV. */
function readRows(operationId: string, schema: string, about: { summary: string; parameters: object[] }): object {
  const content = { 'application/json': { schema: refer(schema) }, 'text/csv': { schema: { type: 'string' } } };
  return {
    operationId,
    summary: about.summary,
    parameters: [...about.parameters, format],
    responses: { 200: { description: about.summary, content }, ...wrongQuery, ...failures },
  };
}

const paths = {
  '/metrics/accelerate': {
    get: readRows('getAccelerate', 'AccelerateReport', {
      summary: 'The five Accelerate metrics, over the range and for each of its buckets.',
      parameters: filters,
    }),
  },
  '/deployments': {
    get: readRows('listDeployments', 'Deployments', {
      summary: 'The deployments behind the numbers, newest first.',
      parameters: [...filters, ...page],
    }),
  },
  '/incidents': {
    get: readRows('listIncidents', 'Incidents', {
      summary: 'The incidents created in the range, newest first; those blamed on no deployment are among them.',
      parameters: [...filters, ...page],
    }),
  },
  '/metrics/reviews': {
    get: readRows('getReviews', 'ReviewsReport', {
      summary: 'Changes & Reviews of the pull requests merged in the range, and for each of its buckets.',
      parameters: filters,
    }),
  },
  '/metrics/work-in-progress': {
    get: readRows('getWorkInProgress', 'WorkInProgressReport', {
      summary: 'The pull requests that are open now, oldest first; the range and the interval do not matter.',
      parameters: filters,
    }),
  },
  '/pull-requests': {
    get: readRows('listPullRequests', 'PullRequests', {
      summary: 'The pull requests merged in the range, newest merge first, or those that are open now, newest first.',
      parameters: [state, ...filters, ...page],
    }),
  },
  '/systems': {
    get: readRows('listSystems', 'Systems', { summary: 'The repositories that can be filtered by.', parameters: [] }),
  },
  '/teams': {
    get: readRows('listTeams', 'Teams', { summary: 'The teams that can be filtered by.', parameters: [] }),
  },
  '/import': { get: read('getImport', 'How far the history import is.', 'Import') },
  '/settings': {
    get: read('getSettings', 'The settings of the workspace.', 'Settings'),
    patch: {
      operationId: 'changeSettings',
      summary: 'Changes what is named, for all history at once. Needs a settings session or a read-write token.',
      requestBody: { required: true, content: { 'application/json': { schema: refer('SettingsChange') } } },
      responses: {
        200: { description: 'The settings now.', content: { 'application/json': { schema: refer('Settings') } } },
        ...wrongQuery,
        403: { description: 'This session or token may read only.', content: problem },
        ...failures,
      },
    },
  },
  '/session': {
    post: read('renewSession', 'A fresh session, up to 12 hours after the page was loaded.', 'Session'),
  },
  '/openapi.json': {
    get: {
      operationId: 'getDescription',
      summary: 'This description.',
      responses: {
        200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
        ...failures,
      },
    },
  },
};
