import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { QueryProblem } from '../../reporting/filter/delivery-filter';
import { getRequestId } from './request-log';

/** What a problem says beside its status. */
interface ProblemDetails {
  readonly detail: string;
  readonly errors?: readonly QueryProblem[];
}

/** What is not to be had just now is asked for again after this time. */
export const retryAfterSeconds = 5;

/** Answers with RFC 9457 `application/problem+json`. The words are written by us, never taken from an error. */
export function sendProblem(response: ServerResponse, status: number, about?: string | ProblemDetails): void {
  const problem = JSON.stringify({
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    ...(typeof about === 'string' ? { detail: about } : about),
    request_id: getRequestId(response),
  });
  response.statusCode = status;
  if (status === 503) response.setHeader('Retry-After', retryAfterSeconds);
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(problem));
  response.end(problem);
}
