import { readBody, readForm, send } from './rest/http-exchange';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessTokens } from './connect/access-tokens';
import type { Reply } from './rest/call';
import type { ApiRequest, RestApi } from './rest/rest-api';
import type { AnswerForms } from './traffic/answer-forms';
import type { Fault, FaultSource } from './traffic/faults';
import type { Outcome, Quirks } from './traffic/quirks';
import type { RateWindow } from './traffic/rate-window';
import type { RequestLog } from './traffic/request-log';
import type { Clock, Workspace } from './world/model';

export interface ApiDoorParts {
  readonly rest: RestApi;
  readonly tokens: AccessTokens;
  readonly window: RateWindow;
  readonly faults: FaultSource;
  readonly quirks: Quirks;
  readonly forms: AnswerForms;
  readonly log: RequestLog;
  readonly clock: Clock;
}

const unauthorised: Reply = {
  status: 401,
  body: { type: 'error', error: { message: 'Token is invalid, expired, or not supported for this endpoint.' } },
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
    const workspace = this.parts.tokens.findWorkspace(request.headers.authorization ?? '');
    const { reply, delayMs, isHanging } = this.#reply(asked, workspace, fault);
    const isCut = fault === 'reset';
    this.#note(asked, { status: isCut || isHanging ? 0 : reply.status, workspace });
    if (isCut) {
      response.destroy();
    } else if (!isHanging) {
      await wait(delayMs);
      send(response, fault === 'truncated' ? cut(reply) : reply);
    }
  }

  #reply(request: ApiRequest, workspace: Workspace | null, fault: Fault | null): Outcome {
    if (fault === 'server_error') {
      return { ...atOnce, reply: { status: this.parts.faults.drawStatus(), body: brokenPage } };
    }
    if (fault === 'html') {
      return { ...atOnce, reply: { status: 200, body: brokenPage } };
    }
    if (workspace === null) {
      return { ...atOnce, reply: unauthorised };
    }
    const refused = this.parts.window.admit(workspace.uuid);
    if (refused !== null) {
      const headers = { 'content-type': 'text/plain', ...refused };
      const body = 'Rate limit for this resource has been exceeded';
      return { ...atOnce, reply: { status: 429, body, headers } };
    }
    const { forms, quirks, rest } = this.parts;
    return forms.answer(request, (translated) => quirks.answer(translated, workspace, rest));
  }

  /** `POST /site/oauth2/access_token`, apart from the budget and the faults. */
  async exchangeToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = readForm(request, await readBody(request));
    const url = request.url ?? '/';
    const { status, body, workspace } = this.parts.tokens.exchange(request.headers.authorization ?? '', url, form);
    const entry = { at: this.parts.clock.now(), method: request.method ?? 'POST', path: url, status };
    this.parts.log.add({ ...entry, route: 'oauth2/access_token', workspace: workspace?.uuid ?? null });
    send(response, { status, body });
  }

  #note({ method, url }: ApiRequest, about: { readonly status: number; readonly workspace: Workspace | null }): void {
    this.parts.log.add({
      at: this.parts.clock.now(),
      method,
      path: url,
      route: this.parts.rest.find(url)?.template ?? 'unknown',
      status: about.status,
      workspace: about.workspace?.uuid ?? null,
    });
  }
}

function toApiRequest(request: IncomingMessage, body: string): ApiRequest {
  return { method: request.method ?? 'GET', url: request.url ?? '/', form: readForm(request, body) };
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
