import type { WorkspaceSettings } from '../../../../domain/settings/workspace-settings';
import type { Reporting } from '../../../../reporting/reporting';

/** The settings of a workspace as the forms of the settings page edit them, part by part. */
export async function loadStoredSettings(
  workspace: string,
  reporting: Pick<Reporting, 'loadSettings'>,
): Promise<WorkspaceSettings> {
  const { timezone, levels, incident_rules: rules, exclusions } = await reporting.loadSettings(workspace);
  const { people, bots, repositories } = exclusions;
  return {
    timezone,
    levels,
    incidentRules: {
      revert: rules.revert,
      branchPrefixes: rules.branch_prefixes,
      titlePrefixes: rules.title_prefixes,
    },
    exclusions: { people, bots, repositories },
  };
}
