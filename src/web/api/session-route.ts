import type { Sessions } from '../../doors/sessions';
import type { AnswerApi } from './api-answer';

/** A fresh session of the same reach, up to twelve hours after the page was loaded. */
export function createSessionAnswer(sessions: Pick<Sessions, 'renew'>): AnswerApi {
  return async ({ caller }) => {
    if (caller.sessionToken === null) {
      return { kind: 'problem', status: 403, detail: 'Only a session of a page can be renewed; a token does not end.' };
    }
    const renewed = await sessions.renew(caller.sessionToken);
    if (renewed === null) {
      return { kind: 'problem', status: 401, detail: 'This session has ended. Open the page from Bitbucket again.' };
    }
    const { session, expiresAt } = renewed;
    return { kind: 'json', body: { session, expires_at: new Date(expiresAt).toISOString() } };
  };
}
