import type { Activity } from '../../domain/pull-requests/activity';
import type { Phase, PhaseSeconds, PhaseSpan } from '../../domain/reviews/phase';
import type { Instant } from '../../domain/instant';
import type { NamedPerson } from '../version/named-person';
import type { MergedPullRequestItem, OpenPullRequestItem } from '../answers/pull-requests';

/** One pull request's whole life, for its page and its panel. */
export interface PullRequestTimeLine {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  /** `OPEN`, `MERGED`, `DECLINED`, `SUPERSEDED`, or a word of Bitbucket's that is not known yet. */
  readonly state: string;
  readonly draft: boolean;
  /** Waits in a merge queue. */
  readonly queued: boolean;
  readonly author: NamedPerson | null;
  readonly destination: string | null;
  readonly firstCommitAt: Instant | null;
  readonly openedAt: Instant;
  readonly mergedAt: Instant | null;
  /** The deployment that brought it to production: its own merge, or a later one that holds its commits. */
  readonly deployment: { readonly deployId: string; readonly at: Instant } | null;
  /** Without gap or overlap, up to the end of its life or to now. */
  readonly spans: readonly PhaseSpan[];
  readonly seconds: PhaseSeconds;
  /** Median seconds a phase of this repository's pull requests merged in the last 90 days; `null`: none was merged. */
  readonly usual: { readonly seconds: Readonly<Record<Phase, number | null>>; readonly n: number };
  /** The phase it is in now; `null`: its life has ended. */
  readonly waitsIn: { readonly phase: Phase; readonly since: Instant } | null;
  /** What happened, in order; activities that count nowhere (bots, the author's own reviews, withdrawn) say why. */
  readonly events: readonly TimeLineEvent[];
  /** As lists show it; `null` when it is neither open nor merged. */
  readonly item: MergedPullRequestItem | OpenPullRequestItem | null;
  /** Corrections that act on it. */
  readonly corrections: readonly string[];
}

export interface TimeLineEvent {
  readonly kind: Activity['kind'] | 'first_commit' | 'opened' | 'merged' | 'closed' | 'deployed';
  readonly at: Instant;
  readonly actor: NamedPerson | null;
  /** Comments: on the code itself. */
  readonly isInline: boolean;
  /** Updates: what changed, as far as told. */
  readonly change: 'push' | 'draft' | 'ready' | 'queue' | 'unqueue' | 'edit' | null;
  readonly notCounted:
    'bot' | 'author' | 'withdrawn' | 'deleted' | 'after_merge' | 'left_out' | 'unknown_person' | null;
  /**
   * The verdict of the same person that replaced this one, which stays a review but is in force no longer; of a removal
   * the verdict that it belongs to.
   */
  readonly replacedBy: { readonly kind: Activity['kind']; readonly at: Instant } | null;
}
