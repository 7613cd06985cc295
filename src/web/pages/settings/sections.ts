import { lookUp } from '../../../domain/look-up';
import type { QueryProblem } from '../../../reporting/filter/delivery-filter';
import { readOne } from '../../presentation/filter/page-parameters';
import type { PageParameters } from '../../presentation/filter/page-filter';
import type { FormRequest } from '../../presentation/frame/page-dependencies';
import { pageWords } from './words';

/** The sections of the settings, each at an address of its own, in the order of the list beside them. */
export const sectionGroups = [
  { group: 'numbers', sections: ['time-zone', 'deployments', 'incidents', 'people', 'teams'] },
  { group: 'content', sections: ['notes', 'corrections'] },
  { group: 'access', sections: ['tokens', 'links', 'viewers', 'connection'] },
  { group: 'reading', sections: ['import', 'work'] },
] as const;

export type SectionName = (typeof sectionGroups)[number]['sections'][number];

export const sectionNames: readonly SectionName[] = sectionGroups.flatMap(({ sections }) => [...sections]);

/** Where the buttons of each action stand. */
const sectionsOfActions: Readonly<Record<string, SectionName>> = {
  'save-general': 'time-zone',
  'save-incident-rules': 'incidents',
  'preview-incident-rules': 'incidents',
  'save-exclusions': 'people',
  'preview-exclusions': 'people',
  'find-people': 'people',
  'save-team': 'teams',
  'delete-team': 'teams',
  'find-members': 'teams',
  'save-note': 'notes',
  'delete-note': 'notes',
  correct: 'corrections',
  'undo-correction': 'corrections',
  'create-token': 'tokens',
  'revoke-token': 'tokens',
  'create-link': 'links',
  'revoke-link': 'links',
  'save-viewers': 'viewers',
  'restart-import': 'import',
  'retry-work': 'work',
  'retry-all-work': 'work',
};

const sectionsOfEdits: Readonly<Record<string, SectionName>> = { team: 'teams', note: 'notes' };

/**
 * Which section a request is about: that of the pressed button, else the one that is named, else that of the form which
 * a link opens or fills in; `null`: it does not say.
 */
export function readSection({
  parameters,
  isPost,
}: Pick<FormRequest, 'parameters' | 'isPost'>): SectionName | QueryProblem | null {
  const named = readOne(parameters, 'section');
  const section = sectionNames.find((one) => one === named);
  if (named !== null && section === undefined) {
    return { name: 'section', value: named, message: pageWords.noSection };
  }
  const pressed = isPost ? lookUp(sectionsOfActions, readOne(parameters, 'action') ?? '') : undefined;
  return pressed ?? section ?? findOpened(parameters);
}

function findOpened(parameters: PageParameters): SectionName | null {
  const [kind = ''] = (readOne(parameters, 'edit') ?? '').split(':', 1);
  const edited = lookUp(sectionsOfEdits, kind);
  return edited ?? (lookUp(parameters, 'subject') === undefined ? null : 'corrections');
}
