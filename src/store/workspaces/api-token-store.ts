import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import { apiTokens, type ApiTokenScope } from '../schema/workspaces';

export type { ApiTokenScope } from '../schema/workspaces';
/** Who makes a token: as a viewer, and what they are called; `null`: not known. */
export interface TokenMaker {
  readonly madeBy: string | null;
  readonly makerName: string | null;
}

export type ApiToken = Omit<RowOf<typeof apiTokens>, 'tokenHash'>;

/** API tokens; only their hash is kept, and 32 random bytes need no slow one. */
export class ApiTokenStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The token is told this once. */
  async create(
    options: Partial<TokenMaker> & { workspace: string; name: string; scope: ApiTokenScope; now: Instant },
    tx?: Transaction,
  ): Promise<{ id: string; token: string }> {
    const id = randomUUID();
    const token = `dbt_${randomBytes(32).toString('base64url')}`;
    const { workspace, name, scope, now: createdAt, madeBy = null, makerName = null } = options;
    const maker = { madeBy, makerName };
    const row = { workspace, id, name, scope, tokenHash: hashToken(token), createdAt, ...maker, revokedAt: null };
    await this.#database.insert(apiTokens, [row], { onConflict: 'keep', tx });
    return { id, token };
  }

  /** `null` for an unknown or revoked token. */
  async find(token: string, tx?: Transaction): Promise<Pick<ApiToken, 'workspace' | 'id' | 'scope' | 'madeBy'> | null> {
    const row = await this.#database.findOne(apiTokens, { tokenHash: hashToken(token), revokedAt: null }, tx);
    return row && { workspace: row.workspace, id: row.id, scope: row.scope, madeBy: row.madeBy };
  }

  /** Newest first, revoked ones too. */
  async list(workspace: string, tx?: Transaction): Promise<ApiToken[]> {
    return this.#database.find(
      apiTokens,
      { where: { workspace }, without: ['tokenHash'], order: [['createdAt', 'DESC'], 'id'] },
      tx,
    );
  }

  /** False when the workspace has no such token in force. */
  async revoke(workspace: string, id: string, now: Instant): Promise<boolean> {
    const where = { workspace, id, revokedAt: null };
    const count = await this.#database.update(apiTokens, { where, set: { revokedAt: now } });
    return count > 0;
  }
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
