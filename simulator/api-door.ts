import { anonymous, budgetOf, workspaceOf, type Caller } from './rest/caller';
import { readBody, readForm, send } from './rest/http-exchange';
import { unauthorisedMessage } from './rest/needs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OauthServer } from './access/oauth-server';
import type { StaticTokens } from './access/static-tokens';
import type { AccessTokens } from './connect/access-tokens';
import type { Reply } from './rest/call';
import type { ApiRequest, RestApi } from './rest/rest-api';
import type { AnswerForms } from './traffic/answer-forms';
import type { Fault, FaultSource } from './traffic/faults';
import type { Outcome, Quirks } from './traffic/quirks';
import type { Budget, RateWindow } from './traffic/rate-window';
import type { RequestLog } from './traffic/request-log';
import type { Clock, Workspace } from './world/model';

export interface ApiDoorParts {
  readonly rest: RestApi;
  readonly tokens: AccessTokens;
  readonly credentials: StaticTokens;
  readonly oauth: OauthServer;
  readonly window: RateWindow;
  readonly faults: FaultSource;
  readonly quirks: Quirks;
  readonly forms: AnswerForms;
  readonly log: RequestLog;
  readonly clock: Clock;
}

const unauthorised: Reply = {
  status: 401,
  body: { type: 'error', error: { message: unauthorisedMessage } },
  headers: { 'www-authenticate': 'Bearer realm="Bitbucket.org HTTP"' },
};

const brokenPage = '<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>';

const atOnce = { delayMs: 0, isHanging: false };

/** What every request to the API passes before it is answered: faults, token, budget, quirks, and the log. */
export class ApiDoor {
  constructor(private readonly parts: ApiDoorParts) {}

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = toApiRequest(request, await readBody(request));
    const fault = this.parts.faults.draw();
    await wait(this.parts.faults.rates.latencyMs);
    const caller = this.#identify(request.headers.authorization ?? '');
    const { reply, delayMs, isHanging } = this.#reply(asked, caller, fault);
    const isCut = fault === 'reset';
    this.#note(asked, { status: isCut || isHanging ? 0 : reply.status, caller });
    if (isCut) {
      response.destroy();
    } else if (!isHanging) {
      await wait(delayMs);
      send(response, fault === 'truncated' ? cut(reply) : reply);
    }
  }

  /** Whose token came along: anonymous without any, `null` where it is not good. */
  #identify(authorization: string): Caller | null {
    if (authorization === '') return anonymous;
    const { tokens, credentials, oauth } = this.parts;
    return tokens.find(authorization) ?? credentials.find(authorization) ?? oauth.find(authorization);
  }

  #reply(request: ApiRequest, caller: Caller | null, fault: Fault | null): Outcome {
    if (fault === 'server_error') {
      return { ...atOnce, reply: { status: this.parts.faults.drawStatus(), body: brokenPage } };
    }
    if (fault === 'html') {
      return { ...atOnce, reply: { status: 200, body: brokenPage } };
    }
    if (caller === null) {
      return { ...atOnce, reply: unauthorised };
    }
    const { forms, quirks, rest, window } = this.parts;
    const budget = toBudget(caller);
    const refused = window.admit(budget);
    if (refused !== null) {
      const headers = { 'content-type': 'text/plain', ...refused };
      const body = 'Rate limit for this resource has been exceeded';
      return { ...atOnce, reply: { status: 429, body, headers } };
    }
    const outcome = forms.answer(request, (translated) => quirks.answer(translated, caller, rest));
    const headers = { ...window.describe(budget), ...outcome.reply.headers };
    return { ...outcome, reply: { ...outcome.reply, headers } };
  }

  /** `POST /site/oauth2/access_token`, apart from the budget and the faults: for apps, and for OAuth consumers. */
  async exchangeToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = readForm(request, await readBody(request));
    const url = request.url ?? '/';
    const { reply, kind, workspace } = this.#exchange(request.headers.authorization ?? '', url, form);
    const entry = { at: this.parts.clock.now(), method: request.method ?? 'POST', path: url, status: reply.status };
    const known = { workspace: workspace?.uuid ?? null, caller: kind };
    this.parts.log.add({ ...entry, route: 'oauth2/access_token', ...known });
    send(response, reply);
  }

  #exchange(authorization: string, url: string, form: URLSearchParams): Exchanged {
    const { tokens, oauth } = this.parts;
    const isApp = authorization.startsWith('JWT ') || form.get('grant_type')?.startsWith('urn:') === true;
    if (!isApp) {
      return { kind: 'oauth', reply: oauth.redeem(authorization, form), workspace: null };
    }
    const { workspace, ...reply } = tokens.exchange(authorization, url, form);
    return { kind: 'app', reply, workspace };
  }

  #note({ method, url }: ApiRequest, about: { readonly status: number; readonly caller: Caller | null }): void {
    const { caller, status } = about;
    this.parts.log.add({
      at: this.parts.clock.now(),
      method,
      path: url,
      route: this.parts.rest.find(url)?.template ?? 'unknown',
      status,
      workspace: caller === null ? null : workspaceOf(caller),
      caller: caller?.kind ?? null,
    });
  }
}

interface Exchanged {
  readonly kind: 'app' | 'oauth';
  readonly reply: Reply;
  readonly workspace: Workspace | null;
}

function toBudget(caller: Caller): Budget {
  const requestsPerHour = caller.kind === 'anonymous' ? null : caller.requestsPerHour;
  return { key: budgetOf(caller), requestsPerHour };
}

function toApiRequest(request: IncomingMessage, body: string): ApiRequest {
  return { method: request.method ?? 'GET', url: request.url ?? '/', form: readForm(request, body), body };
}

function cut(reply: Reply): Reply {
  const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
  const headers = { 'content-type': 'application/json; charset=utf-8', ...reply.headers };
  return { ...reply, body: text.slice(0, Math.floor(text.length / 2)), headers };
}

async function wait(milliseconds = 0): Promise<void> {
  if (milliseconds > 0) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
}
