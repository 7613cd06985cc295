import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { webhooks, type Webhook } from '../schema/connections';

export type { Webhook } from '../schema/connections';

/** The hooks at Bitbucket that call us, by workspace. */
export class WebhookStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async save(webhook: Webhook, tx?: Transaction): Promise<void> {
    await this.#database.insert(webhooks, [webhook], { onConflict: 'overwrite', tx });
  }

  /** In the order of their UUIDs. */
  async list(workspace: string, tx?: Transaction): Promise<Webhook[]> {
    return this.#database.find(webhooks, { where: { workspace }, order: ['uuid'] }, tx);
  }

  /** What is wrong with one that could not be looked at: when it was looked at stays as it was. */
  async noteProblem({ workspace, uuid }: Pick<Webhook, 'workspace' | 'uuid'>, problem: string | null): Promise<void> {
    await this.#database.update(webhooks, { where: { workspace, uuid }, set: { problem } });
  }

  async delete({ workspace, uuid }: Pick<Webhook, 'workspace' | 'uuid'>, tx?: Transaction): Promise<void> {
    await this.#database.delete(webhooks, { workspace, uuid }, tx);
  }
}
