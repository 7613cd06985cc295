import type { Instant } from '../../domain/instant';
import type { Connection } from '../../store/connections/connection';
import { readCredentials, writeCredentials, type TokenCredentials } from './credentials/credentials';
import type { TokenNeeds } from './token-needs';

const hour = 3_600_000;

/** What is changed of the credentials; `null`: somebody else changed them first, and nothing is changed. */
export async function swapCredentials(
  needs: Pick<TokenNeeds, 'stores' | 'clock'>,
  connection: Connection,
  change: Partial<TokenCredentials>,
): Promise<Connection | null> {
  const { connections } = needs.stores;
  const { kind, reference, credentials: expectedCredentials } = connection;
  const newCredentials = writeCredentials({ ...readCredentials(expectedCredentials), ...change });
  const now = needs.clock.now();
  // Somebody may have given the connection up meanwhile: another secret of its hook brings it to life no more.
  const rotation = { kind, reference, expectedCredentials, newCredentials, now, keepsStanding: true };
  const isSwapped = await connections.rotate(rotation);
  return isSwapped ? connections.getByReference(kind, reference) : null;
}

/** Bitbucket signs with a new secret that it has not been seen to take: the one before has no end yet. */
export function isSecretPending(credentials: TokenCredentials): boolean {
  return credentials.previousHookSecret !== null && credentials.previousHookSecretUntil === null;
}

/** Bitbucket signs with the new secret from now on: the one before ends in an hour. */
export async function endPreviousSecret(
  needs: Pick<TokenNeeds, 'stores' | 'clock'>,
  connection: Connection,
): Promise<Instant | null> {
  const previousHookSecretUntil = needs.clock.now() + hour;
  const changed = await swapCredentials(needs, connection, { previousHookSecretUntil });
  return changed === null ? null : previousHookSecretUntil;
}
