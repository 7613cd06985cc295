import type { Correction } from '../../domain/corrections/correction';
import type { Note } from '../../domain/corrections/note';
import type { Instant } from '../../domain/instant';
import type { NamedPerson } from '../version/named-person';

/** A correction with the names that people know its parts by. */
export interface CorrectionItem extends Omit<Correction, 'madeBy' | 'undoneBy'> {
  /** "Checkout #12"; a repository that is not known goes by its uuid. */
  readonly subjectName: string;
  readonly targetName: string | null;
  readonly subjectUrl: string;
  readonly madeBy: NamedPerson | null;
  readonly undoneBy: NamedPerson | null;
  /** False: what it speaks of is not among the facts (any more), so it changes nothing. */
  readonly hasEffect: boolean;
}

export interface NoteItem extends Omit<Note, 'madeBy' | 'editedBy'> {
  readonly madeBy: NamedPerson | null;
  readonly editedBy: NamedPerson | null;
}

/** What incident rules would find in the last 90 days, beside what the stored ones find. */
export interface IncidentPreview {
  readonly from: string;
  readonly to: string;
  readonly stored: PreviewFigures;
  readonly tried: PreviewFigures;
  /** Found by the tried rules alone, newest first, at most ten; and those that only the stored ones find. */
  readonly gained: readonly PreviewIncident[];
  readonly lost: readonly PreviewIncident[];
}

export interface PreviewFigures {
  readonly incidents: number;
  readonly byRevert: number;
  readonly byName: number;
  /**
   * Of each prefix of the rules the incidents whose fix has it, reverts left out; a fix that has several counts with
   * each.
   */
  readonly byPrefix: readonly {
    readonly kind: 'branch' | 'title';
    readonly prefix: string;
    readonly incidents: number;
  }[];
  /** Share from 0 to 1, with its parts. */
  readonly changeFailureRate: { readonly value: number | null; readonly failed: number; readonly n: number };
}

export interface PreviewIncident {
  readonly incidentId: string;
  readonly name: string;
  readonly title: string;
  readonly url: string;
  readonly at: Instant;
}

/** What each rule leaves out of all history. */
export interface ExclusionCounts {
  readonly people: readonly (NamedPerson & { readonly pullRequests: number; readonly activities: number })[];
  /** `accounts`: names of the accounts that the pattern makes bots; `acts`: their reviews and comments. */
  readonly bots: readonly {
    readonly pattern: string;
    readonly accounts: readonly string[];
    readonly activities: number;
  }[];
  /** Accounts that are bots by their type. */
  readonly botsByType: { readonly accounts: readonly string[]; readonly activities: number };
  readonly repositories: readonly {
    readonly uuid: string;
    readonly name: string;
    readonly pullRequests: number;
    readonly deployments: number;
  }[];
}
