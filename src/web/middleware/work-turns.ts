import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { PageCaller, WebLocals } from '../routing/web-dependencies';
import { getBearerToken } from './credentials';
import { sendProblem } from './problem';
import { Turns } from './turns';

/** By the pace of the machine: no calendar is asked, and no process kept alive. */
export function createTurns(): Turns {
  return new Turns({
    now: () => performance.now(),
    later(milliseconds, run) {
      const timer = setTimeout(run, milliseconds).unref();
      return () => {
        clearTimeout(timer);
      };
    },
  });
}

/**
 * Under whose name work is counted: of a person, however many pages and windows they have open; where nobody is named,
 * of all in the workspace who are not.
 */
export function nameCaller({
  workspace,
  userUuid,
  signIn,
}: Pick<PageCaller, 'workspace' | 'userUuid' | 'signIn'>): string {
  return JSON.stringify([workspace, userUuid ?? signIn]);
}

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

/**
 * Waits for the turn of the caller and holds it until the answer has been sent or nobody waits for it any more. `false`:
 * there is none; `Retry-After` is set, and the answer is a 429.
 */
export async function takeTurn({ request, response }: Exchange, turns: Turns, name: string): Promise<boolean> {
  const turn = await turns.take(name);
  if ('secondsToWait' in turn) {
    response.setHeader('Retry-After', turn.secondsToWait);
    return false;
  }
  response.once('close', () => turn.end());
  if (!request.socket.destroyed) return true;
  turn.end();
  return false;
}

/** For the API, behind its authentication; a token of the API has turns of its own. */
export function limitApiWork(turns: Turns): RequestHandler {
  return (request, response, next) => {
    const { caller } = response.locals as WebLocals;
    const name =
      caller?.holder ??
      createHash('sha256')
        .update(getBearerToken(request) ?? '')
        .digest('base64url');
    takeTurn({ request, response }, turns, name)
      .then((hasTurn) => {
        if (hasTurn) next();
        else sendProblem(response, 429, tooMuch);
      })
      .catch(next);
  };
}

const tooMuch =
  'You ask for more at once than is worked out for one caller. Wait as long as Retry-After says, then go on.';
