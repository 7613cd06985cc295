import type { LocalDate } from '../calendar/civil-day';
import type { Instant } from '../instant';

/** Something that happened, written on the charts: "New test stage", "Holidays". */
export interface Note {
  readonly id: string;
  /** The day it stands on, in the workspace's zone. */
  readonly date: LocalDate;
  readonly text: string;
  /** With braces; `null` where Bitbucket did not name the viewer. */
  readonly madeBy: string | null;
  readonly madeAt: Instant;
  /** Who changed it last, and when; `null`: nobody since it was made. */
  readonly editedBy: string | null;
  readonly editedAt: Instant | null;
}

/** More lines than this make a chart unreadable: the newest are drawn. */
export const mostNotesDrawn = 100;
export const longestNote = 200;
