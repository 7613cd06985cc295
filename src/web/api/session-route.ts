import type { Sessions } from '../../doors/sessions';
import type { ApiRoute } from './api-route';

/** A session of the same reach as the one that asks. */
export function createSessionRoute(sessions: Pick<Sessions, 'renew'>): ApiRoute {
  return {
    ...{ method: 'post', path: '/session', operationId: 'renewSession', answers: 'Session' },
    summary: 'A fresh session, up to 12 hours after the page was loaded.',
    answer: async ({ caller }) => {
      if (caller.sessionToken === null) {
        const detail = 'Only a session of a page can be renewed; a token does not end.';
        return { kind: 'problem', status: 403, detail };
      }
      const renewed = await sessions.renew(caller.sessionToken);
      if (renewed === null) {
        return { kind: 'problem', status: 401, detail: 'This session has ended. Open the page from Bitbucket again.' };
      }
      const { session, expiresAt } = renewed;
      return { kind: 'json', body: { session, expires_at: new Date(expiresAt).toISOString() } };
    },
  };
}
