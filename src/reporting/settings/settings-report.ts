import type { WorkspaceSettings } from '../../domain/settings/workspace-settings';
import type { SettingsReport } from '../answers/choices';

export function toSettingsReport(settings: WorkspaceSettings): SettingsReport {
  const { timezone, levels, incidentRules, exclusions, viewersWithoutRights } = settings;
  return {
    timezone,
    levels,
    incident_rules: {
      revert: incidentRules.revert,
      branch_prefixes: incidentRules.branchPrefixes,
      title_prefixes: incidentRules.titlePrefixes,
    },
    exclusions,
    viewers_without_rights: viewersWithoutRights,
  };
}
