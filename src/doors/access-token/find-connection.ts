import { pickTelling } from '../../domain/connections/live-connection';
import type { Connection } from '../../store/connections/connection';
import type { KnownWorkspace, TokenNeeds } from './token-needs';

/** A workspace that is connected by a token, found by its short name or UUID. */
export interface TokenConnection {
  readonly workspace: KnownWorkspace;
  readonly connection: Connection;
}

/** What cannot be done, in words. */
export interface Refused {
  readonly outcome: 'refused';
  readonly sentence: string;
  readonly wayOut: string;
}

export const refused = (sentence: string, wayOut: string): Refused => ({ outcome: 'refused', sentence, wayOut });

/** The connection may be superseded or have ended: whoever asks looks at its status. */
export async function findTokenConnection({ stores }: TokenNeeds, name: string): Promise<TokenConnection | Refused> {
  const wanted = name.toLowerCase();
  const named = (await stores.workspaces.list()).filter(({ uuid, slug }) => uuid === wanted || slug === wanted);
  for (const workspace of named) {
    const all = await stores.connections.list(workspace.uuid);
    const connection = pickTelling(all.filter(({ kind }) => kind === 'access_token'));
    if (connection !== null) return { workspace, connection };
  }
  return named.length === 0
    ? refused('Drumbeat knows no workspace of this name.', 'Look at what is connected: drumbeat status')
    : refused('This workspace is not connected by a token.', `drumbeat connect ${named[0]?.slug ?? ''}`);
}

export function isRefused(found: object): found is Refused {
  return 'outcome' in found && found.outcome === 'refused';
}
