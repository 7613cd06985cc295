import { createHash } from 'node:crypto';
import type { PageParameters } from '../filter/page-filter';
import { overtake, refuse, succeed, type ActionResult, type Checked } from './form-action';

/** A form that changes something stored. Both values are compared as the form knows them. */
export interface Edit<T> {
  readonly form: string;
  readonly parameters: PageParameters;
  readonly stored: T;
  readonly checked: Checked<T>;
  readonly save: (value: T) => Promise<unknown>;
  readonly words: { readonly refused: string; readonly saved: string; readonly text: string };
}

/** The name of the hidden field with the mark of what the form was rendered from. */
const seenField = 'seen';

/** A short mark of a stored value; another value has another. */
export function formatSeen(stored: unknown): string {
  return createHash('sha256').update(JSON.stringify(stored)).digest('base64url').slice(0, 16);
}

export function isOvertaken(parameters: PageParameters, stored: unknown): boolean {
  return parameters[seenField]?.at(-1) !== formatSeen(stored);
}

/**
 * Saves what was typed, unless it cannot be used or somebody else has changed what is stored since the form was
 * rendered. The same request again finds its own values stored: that is no change, and is answered as the first time.
 */
export async function runEdit<T>({ form, parameters, stored, checked, save, words }: Edit<T>): Promise<ActionResult> {
  const isUnchanged = 'value' in checked && formatSeen(checked.value) === formatSeen(stored);
  if (!isUnchanged && isOvertaken(parameters, stored)) {
    return overtake({ form, parameters, problems: 'problems' in checked ? checked.problems : {} });
  }
  if ('problems' in checked) {
    return refuse(words.refused, { form, parameters, problems: checked.problems });
  }
  await save(checked.value);
  return succeed(words.saved, words.text);
}

/** Shows what the typed values would do, under the same conditions; nothing is saved. */
export function runPreview<T>({ form, parameters, stored, checked }: Omit<Edit<T>, 'save' | 'words'>): ActionResult {
  const problems = 'problems' in checked ? checked.problems : {};
  if ('value' in checked && !isOvertaken(parameters, stored)) {
    return { outcome: null, typed: { form, parameters, problems, isStale: false, isPreview: true } };
  }
  return isOvertaken(parameters, stored)
    ? overtake({ form, parameters, problems })
    : refuse('There is no preview', { form, parameters, problems });
}
