import type { Instant } from '../../domain/instant';
import type { MergedPullRequest } from '../../domain/pull-requests/pull-request';
import type { RecordedPullRequest } from '../../domain/pull-requests/pull-request-history';
import type { Database } from '../database/database';
import {
  findChangedSince,
  findMergesBy,
  findMergesOf,
  findRepositoriesWithMerges,
  type ChangedPullRequest,
} from './find-merge-keys';
import { countMerged, type MergedCounts } from './count-left-out';
import { findWords, readWords, type PullRequestWords, type WordSearch } from './find-words';
import { readProofFacts, type ProofFacts } from './read-proof-facts';
import { readRecordedByKeys, readRecordedPage, type MergePage, type PullRequestKey } from './read-recorded';
import { readRelated } from './read-related';
import { readUnsure, type UnsureMerge } from './read-unsure';

/** Reads what numbers are made of: merged pull requests whose merges are recorded, a page or a few keys at a time. */
export class MergeReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By moment of the merge, then by repository and number. */
  async readPage(workspace: string, page: MergePage): Promise<RecordedPullRequest[]> {
    return readRecordedPage(this.#database, workspace, page);
  }

  /** In no order; of keys that are not merged and recorded nothing. */
  async readByKeys(workspace: string, keys: readonly PullRequestKey[]): Promise<RecordedPullRequest[]> {
    return keys.length === 0 ? [] : readRecordedByKeys(this.#database, workspace, keys);
  }

  /** The merges that share a commit with one of the keys in its repository, in no order. */
  async readRelated(workspace: string, keys: readonly PullRequestKey[]): Promise<MergedPullRequest[]> {
    return keys.length === 0 ? [] : readRelated(this.#database, workspace, keys);
  }

  async findChangedSince(workspace: string, version: number): Promise<ChangedPullRequest[]> {
    return findChangedSince(this.#database, workspace, version);
  }

  /** The merges that one of the authors made, or in which one of the actors did something. All uuids. */
  async findMergesBy(
    workspace: string,
    people: { readonly authors: readonly string[]; readonly actors: readonly string[] },
  ): Promise<PullRequestKey[]> {
    return people.authors.length + people.actors.length === 0 ? [] : findMergesBy(this.#database, workspace, people);
  }

  async findMergesOf(workspace: string, repositories: readonly string[]): Promise<PullRequestKey[]> {
    return repositories.length === 0 ? [] : findMergesOf(this.#database, workspace, repositories);
  }

  async findRepositoriesWithMerges(workspace: string): Promise<string[]> {
    return findRepositoriesWithMerges(this.#database, workspace);
  }

  async readProofFacts(
    workspace: string,
    span: { readonly startAt: Instant; readonly endAt: Instant },
  ): Promise<ProofFacts[]> {
    return readProofFacts(this.#database, workspace, span);
  }

  async readUnsure(
    workspace: string,
    span: { readonly startAt: Instant; readonly endAt: Instant },
  ): Promise<UnsureMerge[]> {
    return readUnsure(this.#database, workspace, span);
  }

  /** What those are called in which a text may be found, newest merge first. */
  async findWords(workspace: string, search: WordSearch): Promise<PullRequestWords[]> {
    return findWords(this.#database, workspace, search);
  }

  /** Of pull requests in any state, in no order. */
  async readWords(workspace: string, keys: readonly PullRequestKey[]): Promise<PullRequestWords[]> {
    return keys.length === 0 ? [] : readWords(this.#database, workspace, keys);
  }

  async countMerged(
    workspace: string,
    among: Record<'authors' | 'repositories' | 'actors', readonly string[]>,
  ): Promise<MergedCounts> {
    return countMerged(this.#database, workspace, among);
  }
}
