import { createHash } from 'node:crypto';
import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { sendProblem } from './middleware/problem';
import type { WebDependencies, WebDoor } from './routing/web-dependencies';

type NoticesNeeds = Pick<WebDependencies, 'inbox' | 'clock' | 'log'>;

const largestBody = 5 * 1024 * 1024;
const readRaw: RequestHandler = express.raw({ limit: largestBody, type: () => true });
const deliveryIdForm = /^[\w{}:.-]{1,100}$/u;
const eventKeyForm = /^[\w:.*-]{1,64}$/u;

/**
 * The notices of a door: trusted by the door, which reads the body only if it must, and kept before they are answered.
 * What is in them is nobody's business here; only that it is JSON.
 */
export function receiveNotices(door: WebDoor, needs: NoticesNeeds): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.post(door.noticesPath, (request, response, next) => {
    receive({ request, response }, door, needs).catch(next);
  });
  return router;
}

async function receive(exchange: Exchange, door: WebDoor, needs: NoticesNeeds): Promise<void> {
  const { request, response } = exchange;
  let reading: Promise<Buffer> | null = null;
  const readBody = (): Promise<Buffer> => (reading ??= readWhole(exchange));
  const verdict = await door.acceptNotice(request, readBody);
  if (!verdict.isTrusted) {
    needs.log.info({ reason: verdict.reason }, 'notice refused');
    sendProblem(response, 401);
    return;
  }
  const notice = readNotice(request, await readBody());
  if (notice === null) {
    sendProblem(response, 400, 'A notice is JSON in UTF-8.');
    return;
  }
  await keep({ workspace: verdict.workspace, ...notice }, response, needs);
}

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

/** Rejects with the parser's error, whose status says what is wrong (413 for a body that is too large). */
function readWhole({ request, response }: Exchange): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The parser says so as well, but not before the body has ended, which it may never do.
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largestBody) reject(Object.assign(new Error('The body is too large.'), { status: 413 }));
    });
    readRaw(request, response, (error?: unknown) => {
      const body: unknown = request.body;
      if (error === undefined) resolve(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
      else reject(error instanceof Error ? error : new Error('The body could not be read.'));
    });
  });
}

async function keep(
  notice: ReadNotice & { readonly workspace: string },
  response: Response,
  { inbox, clock, log }: NoticesNeeds,
): Promise<void> {
  try {
    await inbox.keep({ ...notice, receivedAt: clock.now() });
  } catch (error) {
    log.error({ err: error }, 'a notice could not be stored');
    sendProblem(response, 503, 'The notice could not be stored; send it again.');
    return;
  }
  response.status(204).end();
}

interface ReadNotice {
  readonly deliveryId: string;
  readonly eventKey: string | null;
  readonly body: string;
}

/** `null` when the body is not JSON in UTF-8. All attempts of one delivery carry the same X-Request-UUID. */
function readNotice(request: Request, raw: Buffer): ReadNotice | null {
  const body = decode(raw);
  const parsed = body === null ? undefined : parse(body);
  if (body === null || parsed === undefined) return null;
  const deliveryId = request.get('x-request-uuid') ?? '';
  return {
    deliveryId: deliveryIdForm.test(deliveryId) ? deliveryId : createHash('sha256').update(body).digest('hex'),
    eventKey: findEventKey(request.get('x-event-key'), parsed),
    body,
  };
}

function decode(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

/** `undefined` when it is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Connect wraps the payload as `{"event", "data"}`; ordinary webhooks name the event in a header. */
function findEventKey(header: string | undefined, parsed: unknown): string | null {
  const wrapped = typeof parsed === 'object' && parsed !== null && 'event' in parsed ? parsed.event : null;
  const found = [header, wrapped].find((key) => typeof key === 'string' && eventKeyForm.test(key));
  return typeof found === 'string' ? found : null;
}
