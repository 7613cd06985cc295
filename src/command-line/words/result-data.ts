import type { ImportStatus } from '../../ingestion/progress/import-status';

interface CheckLike {
  readonly step: string;
  readonly title: string;
  readonly result: string;
  readonly sentence: string;
  readonly wayOut: string | null;
}

type HookLike = Pick<CheckLike, 'result' | 'sentence' | 'wayOut'>;

/*
 * What `--json` prints of what commands share.
 */

export function toCheckData(checks: readonly CheckLike[]) {
  return checks.map(({ step, title, result, sentence, wayOut }) => {
    return { step, title, result, sentence, way_out: wayOut };
  });
}

export function toHookData({ result, sentence, wayOut }: HookLike) {
  return { result, sentence, way_out: wayOut };
}

export function toImportData({ state, repositories, pull_requests, eta_seconds, problems }: ImportStatus) {
  return { state, repositories, pull_requests, eta_seconds, problems: problems.map(({ message }) => message) };
}

/** ISO 8601 in UTC. */
export function toTime(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
