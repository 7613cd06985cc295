import type { Notice } from '../../bitbucket/notices/to-notice';
import type { Instant } from '../../domain/instant';
import type { Transaction } from '../../store/database/transaction';
import type { WorkParts } from '../requests/work-parts';

/** With the moment it arrived: what it means may depend on what was known then. */
export type Arrived<Kind extends Notice['kind'] = Notice['kind']> = Extract<Notice, { kind: Kind }> & {
  readonly receivedAt: Instant;
};

/** One transaction's work on one workspace. */
export interface Round extends Pick<WorkParts, 'stores' | 'clock'> {
  readonly workspace: string;
  readonly tx: Transaction;
}

export function pickKind<Kind extends Notice['kind']>(notices: readonly Arrived[], kind: Kind): Arrived<Kind>[] {
  return notices.filter((notice): notice is Arrived & Arrived<Kind> => notice.kind === kind);
}

export function groupByRepository<N extends { readonly repository: { readonly uuid: string } }>(
  notices: readonly N[],
): Map<string, N[]> {
  const groups = new Map<string, N[]>();
  for (const notice of notices) {
    const { uuid } = notice.repository;
    groups.set(uuid, [...(groups.get(uuid) ?? []), notice]);
  }
  return groups;
}
