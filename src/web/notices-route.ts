import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHead } from '../doors/door';
import { parseJson } from '../machine/parse-json';
import { BodyRefused, readBody } from '../machine/read-body';
import { computeClientStatus } from './middleware/error-doors';
import { noticeKind, type NoticeCounter, type RequestMeter } from './middleware/measure-requests';
import { sendProblem } from './middleware/problem';
import { getRequestId, giveRequestId, logRequest } from './middleware/request-log';
import { setSecurityHeaders } from './middleware/security-headers';
import { formatBasePath } from './routing/paths';
import type { WebDependencies, WebDoor } from './routing/web-dependencies';

type NoticesNeeds = Pick<WebDependencies, 'settings' | 'doors' | 'inbox' | 'clock' | 'log'> & {
  readonly meter: RequestMeter;
  readonly countNotice: NoticeCounter;
};

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Where notices come in, and who answers them. */
export interface NoticesRoutes {
  /** `METHOD pattern` of each. */
  readonly list: readonly string[];
  /** `false`: this is another's to answer. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
}

const deliveryIdForm = /^[\w{}:.-]{1,100}$/u;
const eventKeyForm = /^[\w:.*-]{1,64}$/u;
/** In bytes. */
const largestNotice = 5 * 1024 * 1024;

/**
 * The notices of all doors: trusted by the door, which reads the body only if it must, and kept before they are answered.
 * What is in them is nobody's business here; only that it is JSON. They come by the hundred, so none of what pages need
 * is done for them: this stands before Express, and answers in plain Node.
 */
export function createNoticesRoutes(needs: NoticesNeeds): NoticesRoutes {
  const basePath = formatBasePath(needs.settings.baseUrl);
  const places = needs.doors.map((door) => ({ door, form: toForm(door.noticesPath) }));
  const setHeaders = setSecurityHeaders(needs.settings);
  const refuse: Refuse = (response, status, detail) => {
    for (const set of setHeaders) set(response.req, response, () => undefined);
    sendProblem(response, status, detail);
  };
  return {
    list: places.map(({ door }) => `POST ${basePath}${door.noticesPath}`),
    answer(request, response) {
      const { method, url = '' } = request;
      if (method !== 'POST' || !url.startsWith(basePath)) return false;
      const place = places.find(({ form }) => form.test(url.slice(basePath.length)));
      if (place === undefined) return false;
      void answer({ request, response }, place.door, { ...needs, refuse });
      return true;
    },
  };
}

type Refuse = (response: ServerResponse, status: number, detail?: string) => void;
type AnswerNeeds = NoticesNeeds & { readonly refuse: Refuse };

/** What a request asks for where its path fits a pattern such as `/notices/:key`, with any query. */
function toForm(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(/:\w+/gu, '[^/?]+')}(?:\\?|$)`, 'u');
}

async function answer(exchange: Exchange, door: WebDoor, needs: AnswerNeeds): Promise<void> {
  const { response } = exchange;
  takeDown(exchange, door, needs);
  try {
    await receive(exchange, door, needs);
  } catch (error) {
    const status = computeClientStatus(error);
    if (status === null) {
      needs.log.error({ err: error, requestId: getRequestId(response) }, 'a notice could not be stored');
      needs.refuse(response, 503, 'The notice could not be stored; send it again.');
    } else {
      needs.refuse(response, status, error instanceof BodyRefused ? error.message : undefined);
    }
  }
}

/** As every request is, in the log and among the measurements. */
function takeDown({ request, response }: Exchange, door: WebDoor, { log, meter, countNotice }: AnswerNeeds): void {
  const startedAt = performance.now();
  giveRequestId(response);
  response.once('close', () => {
    const milliseconds = performance.now() - startedAt;
    meter({ kind: noticeKind, status: response.statusCode, milliseconds });
    countNotice(door.kind, response);
    logRequest(log, request, { response, milliseconds });
  });
}

async function receive({ request, response }: Exchange, door: WebDoor, needs: AnswerNeeds): Promise<void> {
  let reading: Promise<Buffer> | null = null;
  const read = (): Promise<Buffer> => (reading ??= readBody(request, largestNotice));
  const verdict = await door.acceptNotice(toHead(request), read);
  if (!verdict.isTrusted) {
    needs.log.info({ reason: verdict.reason }, 'notice refused');
    needs.refuse(response, 401);
    return;
  }
  const notice = readNotice(request, await read());
  const { workspace, awaits = null } = verdict;
  await needs.inbox.keep({ workspace, awaits, ...notice, receivedAt: needs.clock.now() });
  response.statusCode = 204;
  response.end();
}

function toHead({ method = '', url = '', rawHeaders }: IncomingMessage): RequestHead {
  return { method, originalUrl: url, rawHeaders };
}

interface ReadNotice {
  readonly deliveryId: string;
  readonly eventKey: string | null;
  readonly body: string;
}

/**
 * All attempts of one delivery carry the same X-Request-UUID.
 * @throws {BodyRefused} when the body is not JSON in UTF-8
 */
function readNotice({ headers }: IncomingMessage, raw: Buffer): ReadNotice {
  const { text: body, value } = parseJson(raw);
  const deliveryId = headers['x-request-uuid'];
  const isId = typeof deliveryId === 'string' && deliveryIdForm.test(deliveryId);
  return {
    deliveryId: isId ? deliveryId : hash('sha256', body),
    eventKey: findEventKey(headers['x-event-key'], value),
    body,
  };
}

/** Connect wraps the payload as `{"event", "data"}`; ordinary webhooks name the event in a header. */
function findEventKey(header: unknown, parsed: unknown): string | null {
  const wrapped = typeof parsed === 'object' && parsed !== null && 'event' in parsed ? parsed.event : null;
  const found = [header, wrapped].find((key) => typeof key === 'string' && eventKeyForm.test(key));
  return typeof found === 'string' ? found : null;
}
