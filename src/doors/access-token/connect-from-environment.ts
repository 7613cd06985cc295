import type { Log } from '../../machine/log';
import type { Connection } from '../../store/connections/connection';
import type { ConnectionStore } from '../../store/connections/connection-store';
import { readCredentials } from './credentials/credentials';
import { trimToken } from './credentials/find-token-problem';
import type { TokenConnections } from './token-connections';

export interface EnvironmentToken {
  /** Short name, or UUID with braces; `null`: nothing is to be connected. */
  readonly connectWorkspace: string | null;
  readonly connectToken: string | null;
  readonly connectEmail: string | null;
}

interface Parts {
  readonly tokenConnections: TokenConnections;
  readonly connections: Pick<ConnectionStore, 'list'>;
  readonly log: Log;
}

/**
 * Connects the workspace that the environment names, for those who have no command line: for the first time, or because
 * the token is another one than at the last start. What is refused is one line of the log; the process goes on.
 */
export async function connectFromEnvironment(settings: EnvironmentToken, parts: Parts): Promise<void> {
  const { connectWorkspace: workspaceName, connectToken, connectEmail: email } = settings;
  if (workspaceName === null || connectToken === null) return;
  const token = trimToken(connectToken);
  if (await isConnected({ token, email }, parts)) return;
  const request = { workspaceName, token, email, repositories: null, expiresAt: null, withHook: true };
  const { outcome, preflight, hook } = await parts.tokenConnections.connect(request);
  if (outcome !== 'refused') {
    parts.log.info({ workspace: workspaceName, outcome, hook: hook?.sentence }, 'Connected as the environment asks.');
    return;
  }
  const failed = preflight.checks.find(({ result }) => result === 'failed');
  const words = failed === undefined ? 'Try again.' : `${failed.sentence} ${failed.wayOut ?? ''}`;
  parts.log.error({ workspace: workspaceName }, `BITBUCKET_TOKEN does not connect ${workspaceName}: ${words.trim()}`);
}

/** The very same token in use: nothing is to be done, whatever the workspace is called by now. */
async function isConnected(
  given: { readonly token: string; readonly email: string | null },
  { connections }: Parts,
): Promise<boolean> {
  const isSame = ({ kind, status, credentials }: Connection): boolean => {
    if (kind !== 'access_token' || status !== 'live') return false;
    const kept = readCredentials(credentials);
    return kept.token === given.token && kept.email === given.email;
  };
  return (await connections.list()).some(isSame);
}
