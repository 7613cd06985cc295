import type { ConnectionDescription } from '../../doors/access-token/describe-connection';
import type { Instant } from '../../domain/instant';
import type { ImportStatus } from '../../ingestion/progress/import-status';
import { toImportData, toTime } from './result-data';

/** Everything that is told of a workspace. */
export interface WorkspaceStatus {
  readonly connection: ConnectionDescription;
  readonly progress: ImportStatus;
  /** When its webhook was last looked at; `null`: never. */
  readonly hookSeenAt: Instant | null;
}

interface Problem {
  readonly sentence: string;
  readonly wayOut: string | null;
}

/** What somebody should see to, each once. A workspace that was disconnected on purpose is none. */
export function listProblems({ connection, progress }: WorkspaceStatus): readonly Problem[] {
  const { problem, status, hook, expiry } = connection;
  if (status === 'uninstalled') return [];
  const found: readonly (Problem | null)[] = [
    problem,
    expiry !== null && expiry.announced !== null ? expiry : null,
    hook?.isTrouble === true ? hook : null,
    ...progress.problems.map(({ message }) => ({ sentence: message, wayOut: null })),
  ];
  const all = found.filter((one) => one !== null);
  return all.filter(({ sentence }, index) => all.findIndex((other) => other.sentence === sentence) === index);
}

export function toStatusData(one: WorkspaceStatus) {
  const { connection, progress, hookSeenAt } = one;
  const { workspace, kind, status, tokenForm, repositories, givenAt, expiry, hearing, hook } = connection;
  const { used, limit, window_ends_at } = progress.requests;
  return {
    ...{ workspace, kind, state: status, token_form: tokenForm, repositories },
    ...{ token_given_at: toTime(givenAt), token_ends_at: toTime(expiry?.endsAt ?? null), hearing },
    webhook: hook && {
      ...{ is_in_trouble: hook.isTrouble, sentence: hook.sentence, way_out: hook.wayOut },
      looked_at: toTime(hookSeenAt),
    },
    ...{ last_notice_at: toTime(connection.lastNoticeAt), verified_at: toTime(connection.verifiedAt) },
    requests: { used, limit, left: Math.max(0, limit - used), window_ends_at },
    import: toImportData(progress),
    problems: listProblems(one).map(({ sentence, wayOut }) => ({ sentence, way_out: wayOut })),
  };
}
