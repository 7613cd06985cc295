import { findPrefixProblem } from '../../../domain/incident-rules';
import { levelTables, type WorkspaceSettings } from '../../../domain/workspace-settings';
import type { PageParameters } from '../overview/overview-query';

/** What stands in the fields of the form: as stored, or as typed while something is wrong with it. */
export interface SettingsFields {
  readonly timezone: string;
  readonly levels: string;
  readonly revert: boolean;
  /** One a line. */
  readonly branchPrefixes: string;
  readonly titlePrefixes: string;
}

export type SettingsErrors = Partial<Record<keyof SettingsFields, string>>;

const mostPrefixes = 20;

export function toFields({ timezone, levels, incidentRules }: WorkspaceSettings): SettingsFields {
  return {
    timezone,
    levels,
    revert: incidentRules.revert,
    branchPrefixes: incidentRules.branchPrefixes.join('\n'),
    titlePrefixes: incidentRules.titlePrefixes.join('\n'),
  };
}

export function readFields(parameters: PageParameters): SettingsFields {
  const read = (name: string) => parameters[name]?.at(-1) ?? '';
  return {
    timezone: read('timezone').trim(),
    levels: read('levels'),
    revert: read('revert') === 'yes',
    branchPrefixes: read('branch_prefixes'),
    titlePrefixes: read('title_prefixes'),
  };
}

/** Settings to store, or what is wrong with each field, in words. */
export function checkFields(fields: SettingsFields): { settings: WorkspaceSettings } | { errors: SettingsErrors } {
  const branchPrefixes = toLines(fields.branchPrefixes);
  const titlePrefixes = toLines(fields.titlePrefixes);
  const levels = levelTables.find((table) => table === fields.levels);
  const errors: SettingsErrors = {
    ...toError(
      'timezone',
      isTimezone(fields.timezone) ? null : `There is no time zone "${fields.timezone.slice(0, 60)}".`,
    ),
    ...toError('levels', levels === undefined ? 'Choose one of the tables.' : null),
    ...toError('branchPrefixes', findProblem(branchPrefixes, 'branch')),
    ...toError('titlePrefixes', findProblem(titlePrefixes, 'title')),
  };
  if (Object.keys(errors).length > 0 || levels === undefined) {
    return { errors };
  }
  const incidentRules = { revert: fields.revert, branchPrefixes, titlePrefixes };
  return { settings: { timezone: fields.timezone, levels, incidentRules } };
}

function toError(name: keyof SettingsFields, problem: string | null): SettingsErrors {
  return problem === null ? {} : { [name]: problem };
}

function toLines(text: string): string[] {
  return [
    ...new Set(
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    ),
  ];
}

function findProblem(prefixes: readonly string[], kind: 'branch' | 'title'): string | null {
  if (prefixes.length > mostPrefixes) {
    return `${mostPrefixes} prefixes are the most; these are ${prefixes.length}.`;
  }
  return prefixes.map((prefix) => findPrefixProblem(prefix, kind)).find((problem) => problem !== null) ?? null;
}

function isTimezone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
