import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from './call';

const mostBytes = 1024 * 1024;

/** The whole body as text; more than a megabyte is cut off. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    if (length <= mostBytes) {
      chunks.push(bytes);
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A form's fields; none when the body is something else. */
export function readForm(request: IncomingMessage, body: string): URLSearchParams {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  return new URLSearchParams(isForm ? body : '');
}

/** Texts go out as they are, everything else as JSON. */
export function send(response: ServerResponse, reply: Reply): void {
  const isText = typeof reply.body === 'string';
  const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(reply.status, { 'content-type': type, ...reply.headers });
  response.end(isText ? reply.body : JSON.stringify(reply.body));
}
