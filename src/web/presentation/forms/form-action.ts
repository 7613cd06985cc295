import { lookUp } from '../../../domain/look-up';
import type { FormRequest, RoomsDependencies } from '../frame/page-dependencies';
import type { PageParameters } from '../filter/page-filter';

/** What came of a button, shown where the button is. */
export interface OutcomeView {
  readonly tone: 'success' | 'warning' | 'error';
  readonly title: string;
  readonly text: string;
  /** A new API token: shown this once. */
  readonly secret: string | null;
}

/** What is wrong, by the name of the field. */
export type Problems = Readonly<Record<string, string>>;

/** What was typed, where it can be used. */
export type Checked<T> = { readonly value: T } | { readonly problems: Problems };

/** The value, unless something is wrong with one of its fields (`null`: nothing is). */
export function checkFields<T>(found: Readonly<Record<string, string | null>>, value: T): Checked<T> {
  const problems = Object.entries(found).flatMap(([name, problem]) => (problem === null ? [] : [[name, problem]]));
  return problems.length > 0 ? { problems: Object.fromEntries(problems) as Problems } : { value };
}

/** What was typed into a form that is shown again as it was sent: refused, overtaken, or only to be tried. */
export interface TypedForm {
  /** Which of the forms: "general", "team". */
  readonly form: string;
  readonly parameters: PageParameters;
  readonly problems: Problems;
  /** Somebody else has changed meanwhile what this form edits. */
  readonly isStale: boolean;
  /** Shows what the typed values would do. */
  readonly isPreview: boolean;
}

export interface ActionResult {
  readonly outcome: OutcomeView | null;
  readonly typed: TypedForm | null;
}

/** Does what one button of a form says. */
export type Action = (request: FormRequest, dependencies: RoomsDependencies) => Promise<ActionResult>;

export const noAction: ActionResult = { outcome: null, typed: null };

export function succeed(title: string, text: string): ActionResult {
  return { outcome: { tone: 'success', title, text, secret: null }, typed: null };
}

/** Nothing was done. With what was typed the form is shown again, each reason beside its field. */
export function refuse(title: string, typed: Pick<TypedForm, 'form' | 'parameters' | 'problems'>): ActionResult {
  const text = 'What you typed is kept; the reason stands below its field.';
  return {
    outcome: { tone: 'error', title, text, secret: null },
    typed: { isStale: false, isPreview: false, ...typed },
  };
}

/** Nothing was done, and there is no form to show again. */
export function refuseAtOnce(title: string, text: string): ActionResult {
  return { outcome: { tone: 'error', title, text, secret: null }, typed: null };
}

export function overtake(typed: Pick<TypedForm, 'form' | 'parameters' | 'problems'>): ActionResult {
  return {
    outcome: {
      tone: 'warning',
      title: 'Somebody changed this meanwhile: nothing was saved',
      text: 'The stored values stand above the form. What you typed is kept: saving again replaces the stored values.',
      secret: null,
    },
    typed: { ...typed, isStale: true, isPreview: false },
  };
}

/** What was typed into one field; `''`: nothing. */
export function readTyped(typed: TypedForm | null, name: string): string {
  return typed === null ? '' : (lookUp(typed.parameters, name)?.at(-1) ?? '');
}

/** What is stored now, in words, for the form that somebody else has overtaken; else nothing. */
export function buildStoredNow<T>(
  typed: TypedForm | null,
  stored: T | null,
  toWords: (stored: T) => string[],
): string[] {
  return typed?.isStale === true && stored !== null ? toWords(stored) : [];
}

/** The form as it was sent, if it was this one. */
export function findTyped({ typed }: ActionResult, form: string): TypedForm | null {
  return typed?.form === form ? typed : null;
}
