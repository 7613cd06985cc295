import { STATUS_CODES } from 'node:http';
import type { Response } from 'express';
import type { QueryProblem } from '../../reporting/filter/delivery-filter';
import { getRequestId } from './request-log';

/** What a problem says beside its status. */
interface ProblemDetails {
  readonly detail: string;
  readonly errors?: readonly QueryProblem[];
}

/** Answers with RFC 9457 `application/problem+json`. The words are written by us, never taken from an error. */
export function sendProblem(response: Response, status: number, about?: string | ProblemDetails): void {
  const problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    ...(typeof about === 'string' ? { detail: about } : about),
    request_id: getRequestId(response),
  };
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}
