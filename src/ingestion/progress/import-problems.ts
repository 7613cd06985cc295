import type { ReadingProblem } from '../../store/repositories/reading-problem-store';
import type { ImportRow, RepositoryRow } from '../../store/progress/progress-store';
import { importWorkspaceKind } from '../plans/import-plan';
import { workNoticesKind } from '../notices/work-notices';
import { listRepositoriesKind } from '../record/list-repositories';
import { pollKind } from '../reconciliation/poll';
import { reconcileKind } from '../reconciliation/reconcile';
import { describeReadingProblems } from './reading-problems';

/** One thing that is wrong; `repository` is a slug, `null` where it is about the whole workspace. */
export interface ImportProblem {
  readonly repository: string | null;
  readonly message: string;
}

/** What could not be done, by the kind of work of which a workspace has one and that everything hangs on. */
const undone: Readonly<Record<string, string>> = {
  [importWorkspaceKind]: 'The list of repositories could not be read, so the import cannot begin.',
  [listRepositoriesKind]: 'The list of repositories could not be read again.',
  [reconcileKind]: 'The comparison with Bitbucket could not begin.',
  [pollKind]: 'Bitbucket could not be asked what has changed.',
  [workNoticesKind]: 'Notices that came could not be worked off.',
};

/** Of this work the progress is told. */
export const troubledKinds = Object.keys(undone);

export interface TroubleFindings {
  readonly rows: readonly ImportRow[];
  /** Gone ones too. */
  readonly repositories: ReadonlyMap<string, RepositoryRow>;
  /** Work of the workspace that is still tried and did not go well the last time. */
  readonly troubled: readonly { readonly kind: string; readonly attempts: number; readonly problem: string }[];
  /** What of single pull requests could not be read. */
  readonly readings: readonly ReadingProblem[];
  /** Why Bitbucket cannot be asked at all. */
  readonly connectionProblem: string | null;
  /** Why the import of the whole workspace was given up. */
  readonly givenUp: string | null;
}

/**
 * What is wrong with the workspace first, then with its repositories: each is named once, with its import before all.
 * `visible`: uuids of the repositories that are named; `null`: all.
 */
export function toProblems(
  found: TroubleFindings,
  visible: ReadonlySet<string> | null = null,
): readonly ImportProblem[] {
  const { rows, repositories, connectionProblem } = found;
  const own = connectionProblem === null ? toOwnProblems(found) : [connectionProblem];
  const imports = rows.flatMap(({ repositoryUuid: uuid, problem }) => (problem === null ? [] : [{ uuid, problem }]));
  const named = new Set(imports.map(({ uuid }) => uuid));
  const comparisons = [...repositories.values()].flatMap(({ uuid, problem, goneAt }) =>
    problem === null || goneAt !== null || named.has(uuid) ? [] : [{ uuid, problem }],
  );
  const readings = describeReadingProblems(found.readings).filter(
    ({ uuid }) => (repositories.get(uuid)?.goneAt ?? null) === null,
  );
  return [
    ...own.map((message) => ({ repository: null, message })),
    ...[...imports, ...comparisons, ...readings]
      .filter(({ uuid }) => visible === null || visible.has(uuid))
      .map(({ uuid, problem }) => ({ repository: repositories.get(uuid)?.slug ?? uuid, message: problem })),
  ];
}

/** Waiting for the request limit is no trouble, but the beginning of an import says so. */
function toOwnProblems({ troubled, givenUp }: TroubleFindings): string[] {
  const worth = troubled.filter(({ kind, attempts }) => attempts > 0 || kind === importWorkspaceKind);
  const tried = worth.map(({ kind, problem }) => `${undone[kind] ?? ''} ${problem}`.trim());
  return givenUp === null ? tried : [...tried, givenUp];
}
