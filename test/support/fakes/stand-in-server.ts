import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** What the stand-in was asked. */
export interface AskedRequest {
  /** Path and query as they came. */
  readonly url: string;
  readonly authorization: string | undefined;
}

export interface StandInServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly asked: AskedRequest[];
  /** Replaces how the next requests are answered, one answer a request; the last one stays. */
  answer(...answers: StandInAnswer[]): void;
  close(): Promise<void>;
}

export type StandInAnswer = (response: ServerResponse, request: IncomingMessage) => void;

/** A tiny server on a free port of the loopback, which answers as it is told. */
export async function startStandInServer(): Promise<StandInServer> {
  const asked: AskedRequest[] = [];
  let answers: StandInAnswer[] = [giveJson({})];
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (...next) => {
      answers = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function giveJson(body: unknown, status = 200): StandInAnswer {
  return giveText(JSON.stringify(body), status);
}

export function giveText(body: string, status = 200): StandInAnswer {
  return (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

const wholeAnswer = z.object({ status: z.int(), headers: z.record(z.string(), z.string()), body: z.unknown() });

/** An answer as a payload file holds it; a body that is no text is sent as JSON. */
export function giveAnswer(answer: unknown): StandInAnswer {
  const { status, headers, body } = wholeAnswer.parse(answer);
  return (response) => response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
}

export function giveStatus(status: number, headers: Record<string, string> = {}): StandInAnswer {
  return (response) => response.writeHead(status, headers).end('<html>no</html>');
}
