import { readBody, readForm, send } from './http-exchange';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessTokens } from './connect/access-tokens';
import type { Reply } from './rest/call';
import type { RestApi } from './rest/rest-api';
import type { Fault, FaultSource } from './traffic/faults';
import type { RateWindow } from './traffic/rate-window';
import type { RequestLog } from './traffic/request-log';
import type { Clock, Workspace } from './world/model';

export interface ApiDoorParts {
  readonly rest: RestApi;
  readonly tokens: AccessTokens;
  readonly window: RateWindow;
  readonly faults: FaultSource;
  readonly log: RequestLog;
  readonly clock: Clock;
}

const unauthorised: Reply = {
  status: 401,
  body: { type: 'error', error: { message: 'Token is invalid, expired, or not supported for this endpoint.' } },
  headers: { 'www-authenticate': 'Bearer realm="Bitbucket.org HTTP"' },
};

const brokenPage = '<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>';

/** What every request to the API passes before it is answered: faults, token, budget, and the log. */
export class ApiDoor {
  constructor(private readonly parts: ApiDoorParts) {}

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const url = request.url ?? '/';
    const fault = this.parts.faults.draw();
    await wait(this.parts.faults.rates.latencyMs ?? 0);
    const workspace = this.parts.tokens.findWorkspace(request.headers.authorization ?? '');
    const form = readForm(request, body);
    const reply = this.reply({ method: request.method ?? 'GET', url, form }, workspace, fault);
    this.note(request, { url, status: fault === 'reset' ? 0 : reply.status, workspace });
    if (fault === 'reset') {
      response.destroy();
    } else {
      send(response, fault === 'truncated' ? cut(reply) : reply);
    }
  }

  private reply(
    request: { readonly method: string; readonly url: string; readonly form: URLSearchParams },
    workspace: Workspace | null,
    fault: Fault | null,
  ): Reply {
    if (fault === 'server_error') {
      return { status: this.parts.faults.drawStatus(), body: brokenPage };
    }
    if (fault === 'html') {
      return { status: 200, body: brokenPage };
    }
    if (workspace === null) {
      return unauthorised;
    }
    const refused = this.parts.window.admit(workspace.uuid);
    if (refused !== null) {
      const headers = { 'content-type': 'text/plain', ...refused };
      return { status: 429, body: 'Rate limit for this resource has been exceeded', headers };
    }
    return this.parts.rest.answer(request, workspace);
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

  private note(
    request: IncomingMessage,
    about: { readonly url: string; readonly status: number; readonly workspace: Workspace | null },
  ): void {
    this.parts.log.add({
      at: this.parts.clock.now(),
      method: request.method ?? 'GET',
      path: about.url,
      route: this.parts.rest.findTemplate(about.url) ?? 'unknown',
      status: about.status,
      workspace: about.workspace?.uuid ?? null,
    });
  }
}

function cut(reply: Reply): Reply {
  const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
  const headers = { 'content-type': 'application/json; charset=utf-8', ...reply.headers };
  return { ...reply, body: text.slice(0, Math.floor(text.length / 2)), headers };
}

async function wait(milliseconds: number): Promise<void> {
  if (milliseconds > 0) {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
}
