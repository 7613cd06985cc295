import type { RowAuthor, RowCorrection } from '../../../reporting/rows/row-list';
import { formatDate, formatLocalDate } from '../format/dates';
import { formatCommand, unseen, type RowAsk, type RowCommand, type RowSaid } from './row-editing';
import { toSeen, type RowsStored } from './row-seen';
import { actionTexts, columnTexts, formatActionsName, standingTexts } from './words';

/** What a row is about, as far as something can be put right in it. */
export interface RowSubject {
  /** `deploy_id` of its pull request. */
  readonly id: string;
  /** "#407". */
  readonly name: string;
  /** What it is left out as; `null`: it cannot be. */
  readonly leaveOut: 'deployment' | 'pull-request' | null;
  /** Ids of the incidents that it takes part in. */
  readonly incidents: readonly string[];
  readonly author: RowAuthor | null;
  /** The local day that a note about it stands on. */
  readonly date: string;
  /** In force. */
  readonly corrections: readonly RowCorrection[];
}

/** What all rows of a page need for their buttons; `null` where nobody may press any. */
export interface RowEditing {
  /** Where buttons are sent. */
  readonly action: string;
  /** The page again. */
  readonly back: string;
  readonly timezone: string;
  readonly stored: RowsStored;
  /** What came of the button that was pressed last. */
  readonly said: RowSaid | null;
}

interface ButtonView {
  readonly value: string;
  readonly text: string;
}

export interface RowActionsView {
  /** "Actions for #407". */
  readonly name: string;
  readonly buttons: readonly ButtonView[];
}

/** A line below a row. */
export interface RowLineView {
  readonly tone: 'success' | 'warning' | 'error' | 'neutral';
  readonly text: string;
  readonly undo: ButtonView | null;
  readonly ask: AskView | null;
  /** It has the focus. */
  readonly isNew: boolean;
}

type AskView = Omit<RowAsk, 'command'> & ButtonView & { readonly cancel: string };

/** The menu of a row, and the lines below it: what came of its button, and what was put right of it before. */
export function buildRowActions(
  subject: RowSubject,
  editing: RowEditing,
): { readonly actions: RowActionsView; readonly lines: readonly RowLineView[] } {
  const { said } = editing;
  const own = said?.row === subject.id ? [buildSaidLine(said)] : [];
  const standing = subject.corrections.map((correction) => buildStandingLine(correction, subject, editing.timezone));
  return {
    actions: { name: formatActionsName(subject.name), buttons: listButtons(subject, editing.stored) },
    // What was said just now says it already.
    lines: own.length > 0 && said?.undo?.act === 'undo' ? own : [...own, ...standing],
  };
}

/** The column of menus, which whoever may put nothing right does not have, and how many columns there are with it. */
export function buildActionsColumn(editing: RowEditing | null, others: number) {
  return editing === null
    ? { actionsHead: null, width: others }
    : { actionsHead: columnTexts.actions, width: others + 1 };
}

/** What came of the last button, where its row is no more to be seen; else `null`. */
export function findLostLine({ said }: RowEditing, rows: readonly string[]): RowLineView | null {
  return said === null || rows.includes(said.row) ? null : buildSaidLine(said);
}

export function buildSaidLine({ tone, text, undo, ask }: RowSaid): RowLineView {
  return {
    ...{ tone, text, isNew: true },
    undo: undo && toButton(undo, actionTexts.undo),
    ask: ask && { ...ask, ...toButton(ask.command, actionTexts.save), cancel: actionTexts.cancel },
  };
}

function toButton(command: RowCommand, text: string): ButtonView {
  return { value: formatCommand(command), text };
}

/** What was put right, for whoever can only look: not by whom. */
export function buildToldLines(corrections: readonly RowCorrection[], timezone: string): RowLineView[] {
  return corrections.map((correction) => ({
    ...buildStandingLine({ ...correction, madeBy: null }, { id: '' }, timezone),
    undo: null,
  }));
}

function buildStandingLine(correction: RowCorrection, { id }: Pick<RowSubject, 'id'>, timezone: string): RowLineView {
  const { kind, madeBy, madeAt, targetName } = correction;
  const on = formatDate(formatLocalDate(madeAt, timezone));
  return {
    ...{ tone: 'neutral', ask: null, isNew: false },
    text: standingTexts[kind](madeBy?.displayName ?? null, on, targetName),
    undo: toButton({ act: 'undo', row: id, subjects: [correction.id], seen: unseen }, actionTexts.undo),
  };
}

function listButtons(subject: RowSubject, stored: RowsStored): ButtonView[] {
  const { id, date } = subject;
  const note = { act: 'write-note', subjects: [date], seen: toSeen.notes(stored, date) } as const;
  return [
    ...listIncidentButtons(subject, stored),
    ...listLeavingButtons(subject, stored),
    ...listBotButtons(subject, stored),
    toButton({ row: id, ...note }, actionTexts.note),
  ];
}

function listIncidentButtons(subject: RowSubject, stored: RowsStored): ButtonView[] {
  const { id: row, incidents: subjects } = subject;
  if (subjects.length === 0 || isDone(subject, 'leave_out_incident')) return [];
  const of = { row, subjects, seen: toSeen.corrections(stored, subjects) };
  const isOne = subjects.length === 1;
  return [
    toButton({ act: 'not-incident', ...of }, actionTexts.notIncident),
    // Of several incidents each is another's; in the list of incidents each has a row of its own.
    ...(isOne ? [toButton({ act: 'choose-cause', ...of }, actionTexts.chooseCause)] : []),
  ];
}

function listLeavingButtons(subject: RowSubject, stored: RowsStored): ButtonView[] {
  const { id: row, leaveOut } = subject;
  const isLeftOut = isDone(subject, 'leave_out_deployment') || isDone(subject, 'leave_out_pull_request');
  if (leaveOut === null || isLeftOut) return [];
  const of = { row, subjects: [row], seen: toSeen.corrections(stored, [row]) };
  return [toButton({ act: `leave-out-${leaveOut}`, ...of }, actionTexts.leaveOut)];
}

function listBotButtons({ id: row, author }: RowSubject, stored: RowsStored): ButtonView[] {
  if (author === null || author.isBot || author.displayName === null) return [];
  return [toButton({ act: 'bot', row, subjects: [author.uuid], seen: toSeen.bots(stored) }, actionTexts.bot)];
}

function isDone({ corrections }: RowSubject, kind: RowCorrection['kind']): boolean {
  return corrections.some((correction) => correction.kind === kind);
}
