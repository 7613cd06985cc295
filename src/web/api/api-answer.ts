import type { Request, RequestHandler, Response } from 'express';
import { groupValues } from '../../domain/look-up';
import { showValue, type Query, type QueryProblem } from '../../reporting/filter/delivery-filter';
import { sendProblem } from '../middleware/problem';
import type { ApiCaller, WebLocals } from '../routing/web-dependencies';

/** One request of the API, free of HTTP. */
export interface ApiRequest {
  readonly caller: ApiCaller;
  readonly query: Query;
  /** Parsed JSON; `undefined` without any. */
  readonly body: unknown;
}

export type ApiAnswer =
  | { readonly kind: 'json'; readonly body: object }
  | RowsAnswer
  | {
      readonly kind: 'problem';
      readonly status: 400 | 401 | 403;
      readonly detail: string;
      readonly errors?: readonly QueryProblem[];
    }
  /** Not there, or not theirs. */
  | { readonly kind: 'not-found' };

/** Rows that can be had as JSON or as CSV. */
interface RowsAnswer {
  readonly kind: 'rows';
  readonly body: object;
  /** Without `.csv`. */
  readonly fileName: string;
  readonly toCsv: () => string;
  /** The cursor of the next page. */
  readonly next: string | null;
}

export type AnswerApi = (request: ApiRequest) => Promise<ApiAnswer>;

/** Turns an answer into a handler; what goes wrong ends at the error door of the web room. */
export function handleWith(answer: AnswerApi): RequestHandler {
  return (request, response, next) => {
    const { caller } = response.locals as WebLocals;
    if (caller === undefined) {
      next(new Error('The API was reached without a caller.'));
      return;
    }
    answer({ caller, query: readQuery(request), body: request.is('json') === false ? undefined : request.body })
      .then((answered) => send({ request, response }, answered))
      .catch(next);
  };
}

/** So many values are named at once: a body of a megabyte can have a hundred thousand wrong ones. */
const mostErrors = 100;

/** 400 that names the values it refuses, the first of very many. */
export function refuse(all: readonly QueryProblem[]): ApiAnswer {
  const errors = all.slice(0, mostErrors);
  const messages = errors.map(({ message }) => message);
  if (all.length > mostErrors) messages.push(`${all.length - mostErrors} more values cannot be used either.`);
  return { kind: 'problem', status: 400, detail: messages.join(' '), errors };
}

function send({ request, response }: { request: Request; response: Response }, answer: ApiAnswer): void {
  if (answer.kind === 'problem') {
    const { status, detail, errors } = answer;
    sendProblem(response, status, errors === undefined ? detail : { detail, errors });
    return;
  }
  if (answer.kind === 'not-found') {
    sendProblem(response, 404);
    return;
  }
  response.vary('Accept');
  if (answer.kind === 'rows') {
    sendRows({ request, response }, answer);
    return;
  }
  response.json(answer.body);
}

function sendRows({ request, response }: { request: Request; response: Response }, answer: RowsAnswer): void {
  const format = chooseFormat(request);
  if (format === null) {
    const value = readQuery(request)['format']?.join(', ') ?? '';
    const error = { name: 'format', value, message: `"${showValue(value)}" is none of json, csv.` };
    sendProblem(response, 400, { detail: error.message, errors: [error] });
  } else if (format === 'csv') {
    sendCsv({ request, response }, answer);
  } else {
    response.json(answer.body);
  }
}

/** The next page of a list, which JSON names in `next`, stands in the header `Link`. */
function sendCsv({ request, response }: { request: Request; response: Response }, answer: RowsAnswer): void {
  if (answer.next !== null) {
    const [path = '', query = ''] = request.originalUrl.split('?', 2);
    const search = new URLSearchParams(query);
    search.set('cursor', answer.next);
    response.set('Link', `<${path}?${search.toString()}>; rel="next"`);
  }
  response
    .set('Content-Disposition', `attachment; filename="${answer.fileName}.csv"`)
    .type('text/csv; charset=utf-8')
    .send(answer.toCsv());
}

/** `format` wins over `Accept`; `null` when it asks for what there is not. */
function chooseFormat(request: Request): 'json' | 'csv' | null {
  const asked = readQuery(request)['format'];
  if (asked === undefined) {
    return request.accepts(['json', 'csv']) === 'csv' ? 'csv' : 'json';
  }
  const [format, ...others] = asked;
  return others.length === 0 && (format === 'json' || format === 'csv') ? format : null;
}

/** Every value of the address by name, in order. */
function readQuery(request: Request): Query {
  const [, text = ''] = request.originalUrl.split(/\?(.*)/su, 2);
  return groupValues(new URLSearchParams(text));
}
