import type { WorkspaceSettings } from '../../domain/settings/workspace-settings';
import type { SettingsReport } from '../answers/choices';

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
