import { BitbucketUnavailable } from './errors';
import { send, type Answer, type Question } from './transport';

/** What Bitbucket answered. */
export interface Reply {
  readonly status: number;
  /** Of a success, parsed; `null` when there was none, or it was no JSON. */
  readonly json: unknown;
  /** When the answer left, by the other's clock; `null` when it did not say. */
  readonly sentAt: number | null;
}

interface DoorQuestion extends Omit<Question, 'timeoutMs'> {
  /** What there is not without an answer, in words for a log: `no access token could be had`. */
  readonly failure: string;
}

const timeoutMs = 30_000;

/**
 * One question of a door: outside any budget, asked once, and with no redirect followed, which would carry credentials
 * to an address nobody chose. Its address is always one of the settings.
 * @throws BitbucketUnavailable for 429, 5xx, time-outs, lost connections and answers without end; Interrupted
 */
export async function askOnce({ failure, ...question }: DoorQuestion): Promise<Reply> {
  const answer = await send({ ...question, timeoutMs });
  if (answer.kind !== 'answer') {
    const reason = answer.kind === 'no_answer' ? answer.reason : 'the answer is too large';
    throw new BitbucketUnavailable({ status: null, reason: `${failure} (${reason})` });
  }
  const { status } = answer;
  if (status === 429 || status >= 500) {
    throw new BitbucketUnavailable({ status, reason: `${failure} (status ${status})` });
  }
  return { status, json: parseBody(answer), sentAt: parseDate(answer.headers.date) };
}

function parseBody({ body }: Extract<Answer, { kind: 'answer' }>): unknown {
  try {
    return body === null ? null : JSON.parse(body);
  } catch {
    return null;
  }
}

function parseDate(header: string | null): number | null {
  const instant = header === null ? Number.NaN : Date.parse(header);
  return Number.isNaN(instant) ? null : instant;
}
