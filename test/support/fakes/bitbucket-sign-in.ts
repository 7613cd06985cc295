import type { IncomingMessage, ServerResponse } from 'node:http';
import { giveJson, giveStatus, startStandInServer, type StandInAnswer, type StandInServer } from './stand-in-server';

export interface AskedForToken {
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
}

/** A Bitbucket that lets one person in and answers what a test says. */
export interface BitbucketSignIn extends Pick<StandInServer, 'url' | 'asked' | 'close'> {
  readonly tokensAsked: AskedForToken[];
  /** By path and query; what is not here is answered 404. */
  readonly answers: Map<string, StandInAnswer>;
  /** Of `POST /site/oauth2/access_token`, in the place of the usual one, which takes each code once. */
  answerToken: StandInAnswer | null;
}

export const theToken = 'token-of-the-person-who-looks';
export const thePerson = '{99999999-9999-4999-8999-999999999999}';
export const theKey = 'consumer-key';
export const theSecret = 'consumer-secret-that-nobody-may-see';

/** As Bitbucket answers: no OpenID, `scopes` beside `scope`, a refresh token that nobody asked for. */
export const usualTokenAnswer = {
  ...{ access_token: theToken, token_type: 'bearer', expires_in: 7200, refresh_token: 'refresh-token-nobody-keeps' },
  ...{ scopes: 'account repository', scope: 'account repository', state: 'authorization_code' },
};

export async function startBitbucketSignIn(): Promise<BitbucketSignIn> {
  const server = await startStandInServer();
  const tokensAsked: AskedForToken[] = [];
  const codes = new Set<string>();
  const bitbucket: BitbucketSignIn = {
    ...{ url: server.url, asked: server.asked, close: () => server.close() },
    ...{ tokensAsked, answers: new Map(), answerToken: null },
  };
  const redeem = (request: AskedForToken): StandInAnswer => {
    const code = request.form.get('code') ?? '';
    const isUsed = codes.has(code);
    codes.add(code);
    return isUsed
      ? giveJson({ error: 'invalid_grant', error_description: 'The specified code is not valid.' }, 400)
      : giveJson(usualTokenAnswer);
  };
  server.answer((response, request) => {
    if (request.url !== '/site/oauth2/access_token') {
      (bitbucket.answers.get(request.url ?? '') ?? giveStatus(404))(response, request);
      return;
    }
    void answerToken(request, response);
  });
  const answerToken = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const asked = { authorization: request.headers.authorization, form };
    tokensAsked.push(asked);
    (bitbucket.answerToken ?? redeem(asked))(response, request);
  };
  return bitbucket;
}

/** The address of the list of workspaces, as it is asked for. */
export const workspacesAddress =
  '/2.0/user/workspaces?pagelen=100&fields=next,size,values.administrator,values.workspace.uuid';

export function toRepositoriesAddress(workspace: string): string {
  const path = `/2.0/user/workspaces/${encodeURIComponent(workspace)}/permissions/repositories`;
  return `${path}?pagelen=100&fields=next,size,values.permission,values.repository.uuid`;
}

export function aWorkspaceAccess(uuid: string, administrator: boolean | undefined): object {
  return { type: 'workspace_access', administrator, workspace: { type: 'workspace_base', uuid, slug: 'any' } };
}

export function aRepositoryRight(uuid: string, permission: string): object {
  return { type: 'repository_permission', permission, repository: { type: 'repository', uuid, name: 'any' } };
}
