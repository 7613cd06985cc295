import type { Log } from '../../machine/log';
import type { ConnectionStore } from '../../store/connections/connection-store';
import { fingerprintToken, readCredentials, type GivenToken } from './credentials/credentials';
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
  if (await isKnown({ token, email }, parts)) return;
  const request = { workspaceName, token, email, repositories: null, expiresAt: null, withHook: true };
  const { outcome, preflight, hook } = await parts.tokenConnections.connect({ ...request, isFromEnvironment: true });
  if (outcome !== 'refused') {
    parts.log.info({ workspace: workspaceName, outcome, hook: hook?.sentence }, 'Connected as the environment asks.');
    return;
  }
  const failed = preflight.checks.find(({ result }) => result === 'failed');
  const words = failed === undefined ? 'Try again.' : `${failed.sentence} ${failed.wayOut ?? ''}`;
  parts.log.error({ workspace: workspaceName }, `BITBUCKET_TOKEN does not connect ${workspaceName}: ${words.trim()}`);
}

/**
 * The token in use, or the one that the environment gave last: somebody may have given another one since, moved the
 * workspace to another way in or disconnected it, and that was not undone by nobody changing the environment.
 */
async function isKnown(given: GivenToken, { connections, log }: Parts): Promise<boolean> {
  const fingerprint = fingerprintToken(given);
  for (const { kind, workspace, status, credentials } of await connections.list()) {
    if (kind !== 'access_token') continue;
    const kept = readCredentials(credentials);
    if (kept.fromEnvironment !== fingerprint && (status !== 'live' || fingerprintToken(kept) !== fingerprint)) continue;
    if (status !== 'live') log.warn({ workspace }, notUsed);
    return true;
  }
  return false;
}

const notUsed =
  'BITBUCKET_TOKEN is not used: its workspace has been disconnected or moved since. Run drumbeat connect.';
