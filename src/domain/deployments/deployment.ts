import type { Change } from '../change';
import type { Instant } from '../instant';

/** One delivery of one repository to production, whatever strategy found it. */
export interface Deployment {
  /** The only one of its name in the workspace; made and taken apart by the strategy that found it. */
  readonly deployId: string;
  /** The system: a repository's uuid with braces. */
  readonly repositoryUuid: string;
  /** When it was in production. */
  readonly createdAt: Instant;
  /** Ascending by author date. */
  readonly changes: readonly Change[];
  /** Slugs, in the order of text: what the author's groups were, and the teams kept by hand. */
  readonly teams: readonly string[];
  readonly teamsAsOf: 'merge' | 'import';
  /** Of the strategy that found it (docs/definitions.md, 3). */
  readonly source: string;
  /** What was deployed, in Bitbucket's words: of a merge the branch that took it up. */
  readonly ref: string | null;
  /** False when its changes could not be read as they were deployed. */
  readonly isComplete: boolean;
  /** Tells the later of two at the same instant: the greater one. Of a merge the number of its pull request. */
  readonly ordinal: number;
}
