import type { MergedCounts } from '../../store/pull-requests/count-left-out';
import type { MergeReader } from '../../store/pull-requests/merge-reader';
import type { PullRequestWords } from '../../store/pull-requests/find-words';
import type { ProofFacts } from '../../store/pull-requests/read-proof-facts';
import type { UnsureMerge } from '../../store/pull-requests/read-unsure';
import type { ReadingProblem } from '../../store/repositories/reading-problem-store';
import type { WorkspaceColumns } from '../../domain/columns/month-columns';
import type { DeployIdParts } from '../../domain/deployments/deploy-id';
import type { DerivedMerge } from '../facts/derive-rows';
import type { WorkspaceFacts } from '../facts/workspace-facts';
import type { WorkspaceViews } from '../../domain/views/saved-view';
import type { Note } from '../../domain/corrections/note';
import type { Instant } from '../../domain/instant';
import type { OpenPullRequest } from '../../domain/pull-requests/pull-request-history';
import type { Workspace } from '../../store/workspaces/workspace-store';
import type { ImportProgress } from './import-progress';
import type { SystemDirectory } from './system-directory';

/** What is read from the store when it is asked for: words of merges, and counts that settings show. */
export interface MergeQueries {
  /** The merges of these keys with all words, in no order; of those that do not count nothing. `isRaw`: as they came. */
  readonly read: (
    keys: readonly DeployIdParts[],
    choice: { readonly isRaw: boolean },
  ) => Promise<readonly DerivedMerge[]>;
  readonly readProofFacts: (span: Parameters<MergeReader['readProofFacts']>[1]) => Promise<readonly ProofFacts[]>;
  /** What pull requests are called in which a text may be found, and what those of some keys are called. */
  readonly findWords: (search: Parameters<MergeReader['findWords']>[1]) => Promise<readonly PullRequestWords[]>;
  readonly readWords: (keys: readonly DeployIdParts[]) => Promise<readonly PullRequestWords[]>;
  readonly count: (among: Parameters<MergeReader['countMerged']>[1]) => Promise<MergedCounts>;
}

/** What is read from the store to say how sure the numbers are: it is of the moment at which it is asked. */
export interface QualityQueries {
  /** Merges of a span whose commits are not whole, or whose teams are those of the import. */
  readonly readUnsure: (span: Parameters<MergeReader['readUnsure']>[1]) => Promise<readonly UnsureMerge[]>;
  readonly listProblems: () => Promise<readonly ReadingProblem[]>;
  /** Pull requests that were put right without a notice, since the UTC day of an instant. */
  readonly countRepairs: (from: Instant) => Promise<number>;
}

/** One version of a workspace: everything that the answers to one request are worked out from. */
export interface WorkspaceVersion {
  readonly workspace: Workspace;
  readonly known: WorkspaceFacts;
  readonly merges: MergeQueries;
  readonly quality: QualityQueries;
  /** Newest day first. */
  readonly notes: readonly Note[];
  readonly views: WorkspaceViews;
  readonly systems: SystemDirectory;
  readonly progress: ImportProgress;
  /** When it was read: the present of all its answers. */
  readonly now: Instant;
  /** Uuids of the repositories that its reader may see; `null`: all. */
  readonly visible: ReadonlySet<string> | null;
}

/** With every open pull request, those that a rule leaves out too, oldest first. */
export interface WholeVersion extends WorkspaceVersion {
  readonly open: readonly OpenPullRequest[];
}

/** The columns that a filter asks for. */
export function pickColumns(
  { known }: Pick<WorkspaceVersion, 'known'>,
  { isRaw }: { readonly isRaw: boolean },
): WorkspaceColumns {
  return isRaw ? known.getRaw() : known.corrected;
}

/** Whether a filter of systems lets one pass. `null`: all; an empty list: none. */
export function toChoice(chosen: readonly string[] | null): (uuid: string) => boolean {
  const wanted = new Set(chosen);
  return (uuid) => chosen === null || wanted.has(uuid);
}
