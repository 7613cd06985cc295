import { z } from 'zod';
import { lookUp } from '../../domain/look-up';
import { isTimeZone } from '../../domain/calendar/time-zone';
import { findPrefixProblem, mostPrefixes, type IncidentRules } from '../../domain/incidents/incident-rules';
import {
  choicesForViewersWithoutRights,
  levelTables,
  type WorkspaceSettings,
} from '../../domain/settings/workspace-settings';
import type { SettingsReport } from '../../reporting/answers/choices';
import type { QueryProblem } from '../../reporting/filter/delivery-filter';
import { changeExclusions, exclusionsForm, type KnownToExclude } from './exclusions-change';

/** Names only what is to be different. */
export const settingsChange = z.strictObject({
  timezone: z.string().refine(isTimeZone, 'A time zone is an IANA name such as "Europe/Berlin".').optional(),
  levels: z.enum(levelTables).optional(),
  incident_rules: z
    .strictObject({
      revert: z.boolean().optional(),
      branch_prefixes: buildPrefixes('branch').optional(),
      title_prefixes: buildPrefixes('title').optional(),
    })
    .optional(),
  exclusions: exclusionsForm.optional(),
  viewers_without_rights: z.enum(choicesForViewersWithoutRights).optional(),
});

interface KnownSettings extends KnownToExclude {
  readonly before: SettingsReport;
}

/** The settings after a change that names only what is to be different; every field that cannot be used is named. */
export function changeSettings(
  change: unknown,
  known: KnownSettings,
): { readonly settings: WorkspaceSettings } | { readonly problems: readonly QueryProblem[] } {
  const parsed = settingsChange.safeParse(change);
  if (!parsed.success) {
    return { problems: parsed.error.issues.flatMap((issue) => buildProblems(issue, change)) };
  }
  const { before } = known;
  const { timezone = before.timezone, levels = before.levels, incident_rules: rules = {} } = parsed.data;
  const viewersWithoutRights = parsed.data.viewers_without_rights ?? before.viewers_without_rights;
  const changed = changeExclusions(parsed.data.exclusions ?? {}, known);
  return 'problems' in changed
    ? changed
    : {
        settings: {
          ...{ timezone, levels, exclusions: changed.exclusions, viewersWithoutRights },
          incidentRules: buildRules(before.incident_rules, rules),
        },
      };
}

function buildRules(
  before: SettingsReport['incident_rules'],
  change: NonNullable<z.infer<typeof settingsChange>['incident_rules']>,
): IncidentRules {
  return {
    revert: change.revert ?? before.revert,
    branchPrefixes: change.branch_prefixes ?? before.branch_prefixes,
    titlePrefixes: change.title_prefixes ?? before.title_prefixes,
  };
}

/** Prefixes are compared without regard to case: one that differs in case alone is there already. */
function buildPrefixes(kind: 'branch' | 'title') {
  const prefix = z
    .string()
    .superRefine((text, context) => {
      const problem = findPrefixProblem(text, kind);
      if (problem !== null) {
        context.addIssue({ code: 'custom', message: problem });
      }
    })
    .meta({ minLength: 2, maxLength: 50 });
  return z
    .array(prefix)
    .max(mostPrefixes, `There can be at most ${mostPrefixes} prefixes.`)
    .transform((prefixes) => [...new Map(prefixes.map((text) => [text.toLowerCase(), text])).values()]);
}

function buildProblems(issue: z.core.$ZodIssue, change: unknown): QueryProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      name: formatName([...issue.path, key]),
      value: key.slice(0, 100),
      message: `There is no setting "${formatName([...issue.path, key])}".`,
    }));
  }
  const name = formatName(issue.path);
  return [{ name, value: show(issue.path.reduce(pick, change)), message: `${name}: ${issue.message}` }];
}

function pick(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null
    ? lookUp(value as Record<string, unknown>, String(key))
    : undefined;
}

function formatName(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'body' : path.map(String).join('.').slice(0, 100);
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return (text as string | undefined)?.slice(0, 100) ?? '';
}
