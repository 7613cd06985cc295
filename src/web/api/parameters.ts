import { intervals } from '../../domain/calendar/bucket';
import { wholePopulations } from '../../domain/metrics/what-changed/tally-whole-times';
import { mostRowsPerPage, usualRowsPerPage } from '../../reporting/filter/row-page';
import { listedStates } from '../../reporting/filter/listed-state';

/** A parameter of a query as OpenAPI describes it. */
export interface Parameter {
  readonly name: string;
  readonly in: 'query';
  readonly required: false;
  readonly schema: object;
  readonly description: string;
}

function describe(name: string, schema: object, description: string): Parameter {
  return { name, in: 'query', required: false, schema, description };
}

const date = { type: 'string', format: 'date' };
const repeatable = { type: 'array', items: { type: 'string' } };

export const filters: readonly Parameter[] = [
  describe('from', date, 'First day of the range, in the time zone of the workspace. Default: 89 days before `to`.'),
  describe('to', date, 'Last day of the range, included. Default: today.'),
  describe('interval', { type: 'string', enum: intervals, default: 'week' }, 'How the range is cut into buckets.'),
  describe('system', repeatable, 'Repeatable: UUID of a repository, with braces or without, or its slug.'),
  describe('team', repeatable, 'Repeatable: slug of a team. A deployment passes if any of its teams is chosen.'),
  describe(
    'data',
    { type: 'string', enum: ['corrected', 'raw'], default: 'corrected' },
    'The facts with the corrections made by hand, or as they came.',
  ),
];

export const page: readonly Parameter[] = [
  describe(
    'limit',
    { type: 'integer', minimum: 1, maximum: mostRowsPerPage, default: usualRowsPerPage },
    'Most rows in the answer.',
  ),
  describe('cursor', { type: 'string' }, '`next` of the page before, with the same query.'),
];

export const change: readonly Parameter[] = [
  describe(
    'of',
    { type: 'string', enum: wholePopulations, default: 'deployments' },
    'The pull requests that became deployments in the range, or all that were merged in it.',
  ),
  describe('compare_from', date, 'First day of the period to compare with. Default: one of the same length.'),
  describe('compare_to', date, 'Last day of that period, included. Default: the day before the range.'),
];

export const state = describe(
  'state',
  { type: 'string', enum: listedStates, default: 'merged' },
  'Those merged in the range, or those that are open now, whatever the range.',
);

export const format = describe(
  'format',
  { type: 'string', enum: ['json', 'csv'] },
  'As CSV (also by `Accept: text/csv`).',
);
