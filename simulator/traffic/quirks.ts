import { findRepository, findWorkspaceNamed, type Reply } from '../rest/call';
import { routeNames, type RouteName } from './route-names';
import type { ApiRequest, FoundRoute, RestApi } from '../rest/rest-api';
import type { Caller } from '../rest/caller';
import type { Clock, Instant, World } from '../world/model';

/** How a single answer is wrong. */
export type WrongAnswer =
  /** Refused, or answered with something else. Without a body it is worded as Bitbucket words an error. */
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** Never answered; the connection stays open until the simulator closes or the other side gives up. */
  | { readonly hang: true }
  /** Right, after so many milliseconds of the machine. */
  | { readonly delayMs: number }
  /** What was true when the quirk was added: an answer that lags behind its notice. */
  | { readonly stale: true }
  /** The right body, changed. */
  | { readonly change: (right: unknown) => unknown };

export interface Quirk {
  /** The requests it meets; an expression is tried on the path with its query, decoded. */
  readonly route: RouteName | RegExp;
  /** Only of this repository: its slug or uuid. */
  readonly repository?: string;
  /** Only of this pull request. */
  readonly number?: number;
  /** So many such requests are answered right before. Default 0. */
  readonly after?: number;
  /** So many are then answered wrong. Default: all. */
  readonly times?: number;
  /** Answers are right again from this moment on. */
  readonly until?: Instant;
  readonly answer: WrongAnswer;
}

/** A quirk that was added, for tests to count and to end. */
export interface AddedQuirk {
  /** How many answers it has made wrong. */
  readonly count: number;
  remove(): void;
}

/** What becomes of a request: its answer, when it is sent, and whether it is sent at all. */
export interface Outcome {
  readonly reply: Reply;
  readonly delayMs: number;
  readonly isHanging: boolean;
}

/** The page that the list of allowed addresses of a workspace shows to everybody else. */
export const refusedByAllowlist: WrongAnswer = {
  status: 403,
  body: '<!DOCTYPE html><html><body><h1>Access denied</h1><p>Your IP address is not on the allowlist.</p></body></html>',
};

/** What Bitbucket answers now and then instead of an error: nine bytes. */
export const nineBytes: WrongAnswer = {
  status: 404,
  body: 'Not Found',
  headers: { 'content-type': 'text/plain; charset=utf-8' },
};

interface Active {
  readonly quirk: Quirk;
  /** The API as it was when the quirk was added; `null` where it is not asked for. */
  readonly before: RestApi | null;
  met: number;
  count: number;
}

export interface QuirksParts {
  readonly world: World;
  readonly clock: Clock;
  readonly createRest: (world: World) => RestApi;
}

/** Single answers that are wrong, by name instead of by chance. They can be added and removed at any time. */
export class Quirks {
  #active: Active[] = [];

  constructor(private readonly parts: QuirksParts) {}

  add(quirk: Quirk): AddedQuirk {
    const added: Active = { quirk, before: 'stale' in quirk.answer ? this.#keepPresent() : null, met: 0, count: 0 };
    this.#active.push(added);
    const remove = (): void => {
      this.#active = this.#active.filter((one) => one !== added);
    };
    return {
      get count() {
        return added.count;
      },
      remove,
    };
  }

  clear(): void {
    this.#active = [];
  }

  #keepPresent(): Active['before'] {
    return this.parts.createRest(structuredClone(this.parts.world));
  }

  /** Answers a request, rightly unless a quirk meets it; of several the one that was added first. */
  answer(request: ApiRequest, caller: Caller, rest: RestApi): Outcome {
    const found = rest.find(request.url);
    const met = this.#active.filter(({ quirk }) => this.#isMeant(quirk, { request, found, world: this.parts.world }));
    met.forEach((one) => (one.met += 1));
    const wrong = met.find(({ quirk, met: times }) => isTurn(quirk, times));
    if (wrong === undefined) {
      return { ...plain, reply: rest.answer(request, caller) };
    }
    wrong.count += 1;
    const { answer } = wrong.quirk;
    if ('status' in answer) {
      return { ...plain, reply: toReply(answer) };
    }
    if ('change' in answer) {
      return { ...plain, reply: change(rest.answer(request, caller), answer.change) };
    }
    const reply = (wrong.before ?? rest).answer(request, caller);
    return { reply, delayMs: 'delayMs' in answer ? answer.delayMs : 0, isHanging: 'hang' in answer };
  }

  #isMeant(quirk: Quirk, asked: Asked): boolean {
    const isOver = quirk.until !== undefined && this.parts.clock.now() >= quirk.until;
    return !isOver && isRoute(quirk, asked) && isNumber(quirk, asked) && isRepository(quirk, asked);
  }
}

interface Asked {
  readonly request: ApiRequest;
  readonly found: FoundRoute | null;
  readonly world: World;
}

const plain = { delayMs: 0, isHanging: false };

function isTurn({ after = 0, times = Infinity }: Quirk, met: number): boolean {
  return met > after && met <= after + times;
}

function isRoute({ route }: Quirk, { request, found }: Asked): boolean {
  if (route instanceof RegExp) return route.test(decode(request.url));
  return found !== null && (routeNames[route] as readonly string[]).includes(found.template);
}

/** A diffstat names its pull request in the query. */
function isNumber({ number }: Quirk, { request, found }: Asked): boolean {
  if (number === undefined) return true;
  const query = new URLSearchParams(request.url.split('?')[1]);
  return Number(found?.params['number'] ?? query.get('from_pullrequest_id') ?? 'NaN') === number;
}

function isRepository({ repository }: Quirk, { found, world }: Asked): boolean {
  if (repository === undefined) return true;
  const workspace = findWorkspaceNamed(world, found?.params['workspace'] ?? '');
  if (workspace === null) return false;
  const asked = findRepository(workspace, found?.params['repository'] ?? '');
  return asked !== null && asked === findRepository(workspace, repository);
}

/** A broken percent sign stays what it is. */
function decode(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function toReply({ status, body, headers }: Extract<WrongAnswer, { status: number }>): Reply {
  const error = { type: 'error', error: { message: 'Something went wrong' } };
  return { status, body: body ?? error, ...(headers === undefined ? {} : { headers }) };
}

function change(right: Reply, by: (right: unknown) => unknown): Reply {
  // A copy, so that no change reaches the world; it is JSON in any case.
  return { ...right, body: by(JSON.parse(JSON.stringify(right.body))) };
}
