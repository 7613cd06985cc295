import { STATUS_CODES } from 'node:http';
import type { Response } from 'express';
import { getRequestId } from './request-log';

/** One value of a request that cannot be used. */
export interface ProblemError {
  /** Of the parameter or the field. */
  readonly name: string;
  readonly value: string;
  readonly message: string;
}

/** What a problem says beside its status. */
export interface ProblemDetails {
  readonly detail: string;
  readonly errors?: readonly ProblemError[];
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
