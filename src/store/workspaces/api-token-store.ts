import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';

export type ApiTokenScope = 'read' | 'read_write';

export interface ApiToken {
  readonly workspace: string;
  readonly id: string;
  readonly name: string;
  readonly scope: ApiTokenScope;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
}

/** API tokens; only their hash is kept, and 32 random bytes need no slow one. */
export class ApiTokenStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The token is told this once. */
  async create(
    options: { workspace: string; name: string; scope: ApiTokenScope; now: Instant },
    tx?: Transaction,
  ): Promise<{ id: string; token: string }> {
    const id = randomUUID();
    const token = `dbt_${randomBytes(32).toString('base64url')}`;
    await this.#database.write(
      `INSERT INTO api_tokens (workspace, id, name, scope, token_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [options.workspace, id, options.name, options.scope, hashToken(token), options.now],
      tx,
    );
    return { id, token };
  }

  /** `null` for an unknown or revoked token. */
  async find(token: string, tx?: Transaction): Promise<{ workspace: string; id: string; scope: ApiTokenScope } | null> {
    return this.#database.readOne(
      'SELECT workspace, id, scope FROM api_tokens WHERE token_hash = $1 AND revoked_at IS NULL',
      [hashToken(token)],
      tx,
    );
  }

  /** Newest first, revoked ones too. */
  async list(workspace: string, tx?: Transaction): Promise<ApiToken[]> {
    return this.#database.read<ApiToken>(
      `SELECT workspace, id, name, scope, created_at AS "createdAt", revoked_at AS "revokedAt"
       FROM api_tokens WHERE workspace = $1 ORDER BY created_at DESC, id`,
      [workspace],
      tx,
    );
  }

  /** False when the workspace has no such token in force. */
  async revoke(workspace: string, id: string, now: Instant): Promise<boolean> {
    const count = await this.#database.write(
      'UPDATE api_tokens SET revoked_at = $3 WHERE workspace = $1 AND id = $2 AND revoked_at IS NULL',
      [workspace, id, now],
    );
    return count > 0;
  }
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
