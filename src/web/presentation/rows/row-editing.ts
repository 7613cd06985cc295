import type { OpenSight } from '../../../domain/people/visible-repositories';

/** What can be done in a row. The first four change something; the last three are the way back. */
export const rowActs = [
  ...(['leave-out-deployment', 'leave-out-pull-request', 'not-incident', 'caused-by', 'bot', 'note'] as const),
  ...(['choose-cause', 'write-note'] as const),
  ...(['undo', 'undo-bot', 'undo-note'] as const),
] as const;
export type RowAct = (typeof rowActs)[number];

/** One button of a row, as its value says it. */
export interface RowCommand {
  readonly act: RowAct;
  /** `deploy_id` of the row: where the answer stands. */
  readonly row: string;
  /** What it acts on: ids of incidents, of corrections, a uuid, a date. */
  readonly subjects: readonly string[];
  /** A mark of what was so when the button was made; `-`: it does not matter. */
  readonly seen: string;
}

export const unseen = '-';

export function formatCommand({ act, row, subjects, seen }: RowCommand): string {
  return [act, row, subjects.join(','), seen].join(' ');
}

/** `null` for any text that no button of ours has. */
export function parseCommand(text: string | null): RowCommand | null {
  const [name, row, subjects, seen, ...more] = (text ?? '').split(' ');
  const act = rowActs.find((one) => one === name);
  if (act === undefined || row === undefined || !subjects || !seen || more.length > 0) return null;
  return { act, row, subjects: subjects.split(','), seen };
}

/** What came of a button, for the row that it stood in. */
export interface RowSaid {
  readonly row: string;
  readonly tone: 'success' | 'warning' | 'error' | 'neutral';
  readonly text: string;
  /** The button that takes it back; `null`: there is none. */
  readonly undo: RowCommand | null;
  /** A form to go on with. */
  readonly ask: RowAsk | null;
}

export interface RowAsk {
  readonly command: RowCommand;
  readonly title: string;
  /** A list to choose from, the first chosen. */
  readonly choices: { readonly label: string; readonly options: readonly RowOption[] } | null;
  readonly field: {
    readonly label: string;
    readonly name: 'number' | 'text';
    readonly value: string;
    readonly most: number;
  };
}

interface RowOption {
  readonly value: string;
  readonly text: string;
}

/**
 * Whether rows offer to put something right: to whoever is known to administer the workspace, by a session of all of it.
 * Nobody is asked for that here; whoever presses a button is looked up anew (docs/decisions/0039).
 */
export function mayCorrect({
  isAdministrator,
  repositories,
}: Pick<OpenSight, 'isAdministrator' | 'repositories'>): boolean {
  return isAdministrator === true && repositories === null;
}
