/* eslint max-params: ["error", 4] -- workspace, viewer, what they may; and last, everywhere, the transaction */
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { fromLines, toLines } from '../database/lines';
import type { Transaction } from '../database/transaction';
import { signInLinks, signIns, viewerRights, type SignIn, type SignInLink } from '../schema/viewers';

export type { SignIn, SignInLink, SignInWay } from '../schema/viewers';

/** What a viewer may see of a workspace. */
export interface ViewerRights {
  readonly isAdministrator: boolean;
  /** UUIDs with braces of repositories with an explicit right; `null`: all of the workspace. */
  readonly repositories: readonly string[] | null;
  readonly readAt: Instant;
}

/** Who is looking: what they may see, the links that let them in, and who is signed in. */
export class ViewerStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async getRights(workspace: string, viewer: string, tx?: Transaction): Promise<ViewerRights | null> {
    const row = await this.#database.findOne(viewerRights, { workspace, viewer }, tx);
    return row && { ...row, repositories: row.repositories === null ? null : fromLines(row.repositories) };
  }

  /** Whether the rights of any Bitbucket account in a workspace are known. */
  async hasRightsOfAccounts(workspace: string, tx?: Transaction): Promise<boolean> {
    const sql = `SELECT viewer FROM viewer_rights WHERE workspace = $1 AND viewer LIKE '{%' LIMIT 1`;
    return (await this.#database.readOne(sql, [workspace], tx)) !== null;
  }

  /** The workspaces in which a viewer has rights, by UUID. */
  async listWorkspaces(viewer: string, tx?: Transaction): Promise<string[]> {
    const rows = await this.#database.find(viewerRights, { where: { viewer }, order: ['workspace'] }, tx);
    return rows.map(({ workspace }) => workspace);
  }

  async saveRights(workspace: string, viewer: string, rights: ViewerRights, tx?: Transaction): Promise<void> {
    const repositories = rights.repositories && toLines(rights.repositories);
    const row = { workspace, viewer, isAdministrator: rights.isAdministrator, repositories, readAt: rights.readAt };
    await this.#database.insert(viewerRights, [row], { onConflict: 'overwrite', tx });
  }

  /** All rights of a viewer, in the place of those of before: a workspace that is not among them is closed. */
  async replaceRights(viewer: string, rights: ReadonlyMap<string, ViewerRights>): Promise<void> {
    await this.#database.transaction(async (tx) => {
      // Of two who replace at once, the later one's rows are all that is left.
      await this.#database.lock(`rights of ${viewer}`, tx);
      await this.#database.delete(viewerRights, { viewer }, tx);
      for (const [workspace, one] of rights) await this.saveRights(workspace, viewer, one, tx);
    });
  }

  async deleteRights(workspace: string, viewer: string, tx?: Transaction): Promise<void> {
    await this.#database.delete(viewerRights, { workspace, viewer }, tx);
  }

  async saveLink(link: SignInLink & { readonly tokenHash: string }): Promise<void> {
    await this.#database.insert(signInLinks, [link], { onConflict: 'keep' });
  }

  async findLink(tokenHash: string): Promise<SignInLink | null> {
    return this.#database.findOne(signInLinks, { tokenHash });
  }

  /** Newest first. */
  async listLinks(workspace: string): Promise<SignInLink[]> {
    const order = [['madeAt', 'DESC'], 'id'] as const;
    return this.#database.find(signInLinks, { where: { workspace }, without: ['tokenHash'], order: [...order] });
  }

  /**
   * Marks the link as used and signs in whoever opened it, all or nothing. False when it has been used or revoked
   * meanwhile: of several who open it at once, one gets in.
   */
  async useLink({ workspace, id, isAdministrator }: SignInLink, signIn: SignIn): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const now = signIn.startedAt;
      const where = { workspace, id, usedAt: null, revokedAt: null };
      const isFirst = (await this.#database.update(signInLinks, { where, set: { usedAt: now } }, tx)) > 0;
      if (!isFirst) return false;
      await this.saveRights(workspace, toLinkViewer(id), { isAdministrator, repositories: null, readAt: now }, tx);
      await this.saveSignIn(signIn, tx);
      return true;
    });
  }

  /** Also ends what was opened with it. False when the workspace has no such link in force. */
  async revokeLink(workspace: string, id: string, now: Instant): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const where = { workspace, id, revokedAt: null };
      const isRevoked = (await this.#database.update(signInLinks, { where, set: { revokedAt: now } }, tx)) > 0;
      if (isRevoked) await this.#database.delete(signIns, { viewer: toLinkViewer(id) }, tx);
      if (isRevoked) await this.deleteRights(workspace, toLinkViewer(id), tx);
      return isRevoked;
    });
  }

  async saveSignIn(signIn: SignIn, tx?: Transaction): Promise<void> {
    await this.#database.insert(signIns, [signIn], { onConflict: 'overwrite', tx });
  }

  async getSignIn(id: string): Promise<SignIn | null> {
    return this.#database.findOne(signIns, { id });
  }

  async deleteSignIn(id: string): Promise<void> {
    await this.#database.delete(signIns, { id });
  }

  /** Forgets sign-ins that have ended, and what a link opened that nobody is signed in by any more. */
  async deleteEnded(now: Instant): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await this.#database.write('DELETE FROM sign_ins WHERE ends_at <= $1', [now], tx);
      await this.#database.write(
        `DELETE FROM viewer_rights WHERE viewer LIKE 'link:%'
           AND NOT EXISTS (SELECT 1 FROM sign_ins WHERE sign_ins.viewer = viewer_rights.viewer)`,
        [],
        tx,
      );
    });
  }
}

/** The `viewer` of whoever came by a link. */
export function toLinkViewer(id: string): string {
  return `link:${id}`;
}
