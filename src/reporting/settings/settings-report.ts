import type { WorkspaceSettings } from '../../domain/settings/workspace-settings';

/** Settings as the API shows them. */
export interface SettingsReport {
  readonly timezone: string;
  readonly levels: WorkspaceSettings['levels'];
  readonly incident_rules: {
    readonly revert: boolean;
    readonly branch_prefixes: readonly string[];
    readonly title_prefixes: readonly string[];
  };
  readonly exclusions: {
    /** Uuids with braces. */
    readonly people: readonly string[];
    /** Patterns of display names. */
    readonly bots: readonly string[];
    /** Uuids with braces. */
    readonly repositories: readonly string[];
  };
}

export function toSettingsReport({ timezone, levels, incidentRules, exclusions }: WorkspaceSettings): SettingsReport {
  return {
    timezone,
    levels,
    incident_rules: {
      revert: incidentRules.revert,
      branch_prefixes: incidentRules.branchPrefixes,
      title_prefixes: incidentRules.titlePrefixes,
    },
    exclusions,
  };
}
