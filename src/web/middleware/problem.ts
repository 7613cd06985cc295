import { STATUS_CODES } from 'node:http';
import type { Response } from 'express';
import { getRequestId } from './request-log';

/** Answers with RFC 9457 `application/problem+json`. `detail` is written by us, never taken from an error. */
export function sendProblem(response: Response, status: number, detail?: string): void {
  const problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    ...(detail === undefined ? {} : { detail }),
    request_id: getRequestId(response),
  };
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}
