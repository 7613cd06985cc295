import {
  choicesForViewersWithoutRights,
  type ViewersWithoutRights,
} from '../../../../domain/settings/workspace-settings';
import { formatSeen } from '../../../presentation/forms/edit';
import { buildStoredNow, readTyped, type Checked, type TypedForm } from '../../../presentation/forms/form-action';
import type { PageParameters } from '../../../presentation/filter/page-filter';
import { readText } from '../../../presentation/filter/page-parameters';
import { viewersWords } from './words';

export const viewersForm = 'viewers';
const field = 'viewers_without_rights';

/** What each choice means, as the page says it. */
const words = viewersWords.choices;

export function checkViewers(parameters: PageParameters): Checked<ViewersWithoutRights> {
  const typed = readText(parameters, field);
  const value = choicesForViewersWithoutRights.find((choice) => choice === typed);
  return value === undefined ? { problems: { [field]: viewersWords.badChoice } } : { value };
}

export function buildViewersView(stored: ViewersWithoutRights, typed: TypedForm | null) {
  const chosen = typed === null ? stored : readTyped(typed, field);
  return {
    name: field,
    errorId: `${viewersForm}-error`,
    seen: formatSeen(stored),
    choices: choicesForViewersWithoutRights.map((value) => ({ value, ...words[value], isChosen: value === chosen })),
    error: typed?.problems[field] ?? null,
    stored: buildStoredNow(typed, stored, (now) => [words[now].text]),
  };
}
