import {
  choicesForViewersWithoutRights,
  type ViewersWithoutRights,
} from '../../../../domain/settings/workspace-settings';
import { formatSeen } from '../../../presentation/forms/edit';
import { buildStoredNow, readTyped, type Checked, type TypedForm } from '../../../presentation/forms/form-action';
import type { PageParameters } from '../../../presentation/filter/page-filter';
import { readText } from '../../../presentation/filter/page-parameters';

export const viewersForm = 'viewers';
const field = 'viewers_without_rights';

/** What each choice means, as the page says it. */
const words: Readonly<Record<ViewersWithoutRights, { readonly text: string; readonly hint: string }>> = {
  everybody: {
    text: 'Everybody who can open the page sees all repositories',
    hint: 'As in Bitbucket’s own overview of the workspace: whoever it shows the page to. Each page says so.',
  },
  administrators: {
    text: 'Nobody but administrators sees the numbers',
    hint: 'Others meet a page that says so and whom to ask.',
  },
};

export function checkViewers(parameters: PageParameters): Checked<ViewersWithoutRights> {
  const typed = readText(parameters, field);
  const value = choicesForViewersWithoutRights.find((choice) => choice === typed);
  return value === undefined ? { problems: { [field]: 'Choose one of the two.' } } : { value };
}

export function buildViewersView(stored: ViewersWithoutRights, typed: TypedForm | null) {
  const chosen = typed === null ? stored : readTyped(typed, field);
  return {
    name: field,
    seen: formatSeen(stored),
    choices: choicesForViewersWithoutRights.map((value) => ({ value, ...words[value], isChosen: value === chosen })),
    error: typed?.problems[field] ?? null,
    stored: buildStoredNow(typed, stored, (now) => [words[now].text]),
  };
}
