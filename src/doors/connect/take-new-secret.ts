import type { Connection } from '../../store/connections/connection';
import type { Transaction } from '../../store/database/transaction';
import { tellConnected } from '../tell-connected';
import type { ConnectNeeds } from './connect-needs';

/** What Bitbucket has confirmed: the secret in force, and the present names of its workspace. */
export interface ProvenSecret {
  readonly secret: string;
  readonly slug: string;
  readonly name: string;
}

/**
 * A known connection gets another secret that is proved, within a step of its workspace. It is live with it if it was
 * uninstalled or disabled before; where the workspace has moved to another door, nothing but the secret changes.
 */
export async function takeNewSecret(
  { known, proven }: { readonly known: Connection; readonly proven: ProvenSecret },
  { connections, workspaces, events, clock }: ConnectNeeds,
  tx: Transaction,
): Promise<void> {
  const { workspace, kind, reference, credentials: expectedCredentials } = known;
  const now = clock.now();
  const liveBefore = await connections.getLive(workspace, tx);
  const change = { kind, reference, expectedCredentials, newCredentials: proven.secret };
  await connections.rotate({ ...change, now, terms: { givenAt: now } }, tx);
  await workspaces.update(workspace, { slug: proven.slug, name: proven.name }, tx);
  const live = await connections.getLive(workspace, tx);
  if (live?.reference !== reference) await events.onStillConnected(workspace, tx);
  else if (known.status === 'live') await events.onAccessRestored(workspace, tx);
  else await tellConnected(events, { connection: known, liveBefore }, tx);
}
