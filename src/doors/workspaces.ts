import type { Transaction } from '../store/database/transaction';

/** The part of the store of workspaces that doors use. */
export interface WorkspaceRecords {
  save(
    workspace: { uuid: string; slug: string; name: string; connectedAt: number },
    tx?: Transaction,
  ): Promise<unknown>;
  update(
    uuid: string,
    change: { eraseAt?: number | null; slug?: string; name?: string },
    tx?: Transaction,
  ): Promise<unknown>;
}
