import { isTimeZone } from '../../../../domain/calendar/time-zone';
import { levelTables, type WorkspaceSettings } from '../../../../domain/settings/workspace-settings';
import { formatSeen } from '../../../presentation/forms/edit';
import { buildField, formatShown } from '../../../presentation/forms/field-view';
import { buildStoredNow, type Checked, type TypedForm } from '../../../presentation/forms/form-action';
import type { Choice } from '../../../presentation/filter/filter-view';
import type { PageParameters } from '../../../presentation/filter/page-filter';
import { readText } from '../../../presentation/filter/page-parameters';
import { formatTableName } from '../../../presentation/format/levels';

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
      ...(isZone ? {} : { timezone: `There is no time zone "${formatShown(fields.timezone)}".` }),
      ...(levels === undefined ? { levels: 'Choose one of the tables.' } : {}),
    },
  };
}

export function buildGeneralView(stored: GeneralSettings, typed: TypedForm | null) {
  const { timezone, levels } = typed === null ? stored : readFields(typed.parameters);
  const problems = typed?.problems ?? {};
  return {
    seen: formatSeen(stored),
    fields: [
      buildField(generalForm, problems, {
        name: 'timezone',
        label: 'Time zone',
        value: timezone,
        hint: 'Days, weeks and months begin and end in this zone.',
        choices: buildTimezones(timezone),
      }),
      buildField(generalForm, problems, {
        name: 'levels',
        label: 'Performance levels',
        value: levels,
        hint: 'The published table that elite, high, medium and low are taken from.',
        choices: levelTables.map((table) => ({
          value: table,
          text: formatTableName(table),
          isChosen: table === levels,
        })),
      }),
    ],
    stored: buildStoredNow(typed, stored, (now) => [
      `Time zone: ${now.timezone}`,
      `Performance levels: ${formatTableName(now.levels)}`,
    ]),
  };
}

function buildTimezones(chosen: string): Choice[] {
  const names = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];
  const all = names.includes(chosen) || chosen === '' ? names : [chosen, ...names];
  return all.map((name) => ({ value: name, text: name.replaceAll('_', ' '), isChosen: name === chosen }));
}
