import { findOpenEpoch, type StandingReader } from './open-connection';

export type ApiTokens = ReturnType<typeof createApiTokens>;

interface ApiTokenRecords {
  find(token: string): Promise<{
    readonly workspace: string;
    readonly id: string;
    readonly scope: 'read' | 'read_write';
    readonly madeBy: string | null;
  } | null>;
}

/** What tokens of ours look like; anything else is not worth a question to the database. */
const tokenForm = /^dbt_[\w-]{20,100}$/u;

/** Tokens made on the settings page. Their hash is compared in the store; an uninstall silences them. */
export function createApiTokens(needs: { readonly apiTokens: ApiTokenRecords; readonly connections: StandingReader }) {
  return {
    /** `null` for an unknown or revoked token, and for one of a workspace that is not connected. */
    find: async (token: string) => {
      if (!tokenForm.test(token)) return null;
      const found = await needs.apiTokens.find(token);
      if (found === null) return null;
      if ((await findOpenEpoch(needs.connections, found.workspace)) === null) return null;
      const { workspace, id, scope, madeBy } = found;
      return { workspace, id, canWrite: scope === 'read_write', madeBy };
    },
  };
}
