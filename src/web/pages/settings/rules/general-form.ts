import { isTimeZone } from '../../../../domain/calendar/time-zone';
import { levelTables, type WorkspaceSettings } from '../../../../domain/settings/workspace-settings';
import { formatSeen } from '../../../presentation/forms/edit';
import { buildField, formatShown } from '../../../presentation/forms/field-view';
import { buildStoredNow, type Checked, type TypedForm } from '../../../presentation/forms/form-action';
import type { Choice } from '../../../presentation/filter/filter-view';
import type { PageParameters } from '../../../presentation/filter/page-filter';
import { readText } from '../../../presentation/filter/page-parameters';
import { formatTableName } from '../../../presentation/format/levels';
import { formatDateTime } from '../../../presentation/format/dates';
import { generalWords as words } from './words';

export const generalForm = 'general';

type GeneralSettings = Pick<WorkspaceSettings, 'timezone' | 'levels'>;

/** The part of the settings that this form edits. */
export function buildGeneral({ timezone, levels }: WorkspaceSettings): GeneralSettings {
  return { timezone, levels };
}

function readFields(parameters: PageParameters) {
  return { timezone: readText(parameters, 'timezone'), levels: readText(parameters, 'levels') };
}

export function checkGeneral(parameters: PageParameters): Checked<GeneralSettings> {
  const fields = readFields(parameters);
  const levels = levelTables.find((table) => table === fields.levels);
  const isZone = isTimeZone(fields.timezone);
  if (isZone && levels !== undefined) {
    return { value: { timezone: fields.timezone, levels } };
  }
  return {
    problems: {
      ...(isZone ? {} : { timezone: words.noZone(formatShown(fields.timezone)) }),
      ...(levels === undefined ? { levels: words.noTable } : {}),
    },
  };
}

export function buildGeneralView(stored: GeneralSettings, typed: TypedForm | null, now: number) {
  const { timezone, levels } = typed === null ? stored : readFields(typed.parameters);
  const problems = typed?.problems ?? {};
  return {
    seen: formatSeen(stored),
    fields: [
      buildField(generalForm, problems, {
        name: 'timezone',
        label: words.fields.timezone,
        value: timezone,
        hint: words.nowThere(formatDateTime(now, stored.timezone)),
        choices: buildTimezones(timezone),
      }),
      buildField(generalForm, problems, {
        name: 'levels',
        label: words.fields.levels,
        value: levels,
        hint: words.levelsHint,
        choices: levelTables.map((table) => ({
          value: table,
          text: formatTableName(table),
          isChosen: table === levels,
        })),
      }),
    ],
    stored: buildStoredNow(typed, stored, (current) => [
      words.stored.timezone(current.timezone),
      words.stored.levels(formatTableName(current.levels)),
    ]),
  };
}

function buildTimezones(chosen: string): Choice[] {
  const names = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];
  const all = names.includes(chosen) || chosen === '' ? names : [chosen, ...names];
  return all.map((name) => ({ value: name, text: name.replaceAll('_', ' '), isChosen: name === chosen }));
}
