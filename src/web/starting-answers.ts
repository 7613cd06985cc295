import type { IncomingMessage, ServerResponse } from 'node:http';
import { operationPaths } from './routing/paths';

/**
 * While the process starts, which may take as long as an upgrade of the schema: it lives, and is not ready. Says whether
 * it has answered; whoever asks for something else waits for the end of the start.
 */
export function answerWhileStarting(request: IncomingMessage, response: ServerResponse): boolean {
  const [path = ''] = (request.url ?? '').split('?');
  if (path.endsWith(operationPaths.live)) return answer(response, 200, { status: 'ok' });
  if (path.endsWith(operationPaths.ready)) return answer(response, 503, { status: 'unavailable', problems });
  return false;
}

const problems = ['The start is not through: the database is opened, and brought up to date where it is older.'];

function answer(response: ServerResponse, status: number, body: unknown): true {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  response.writeHead(status, headers).end(JSON.stringify(body));
  return true;
}
