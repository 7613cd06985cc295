import { noExclusions, type ExclusionRules } from './exclusion-rules';
import { defaultIncidentRules, type IncidentRules } from '../incidents/incident-rules';

/** The published tables of performance levels that a workspace can choose from. */
export const levelTables = ['dora-2021', 'dora-2024'] as const;
export type LevelTable = (typeof levelTables)[number];

/**
 * What viewers see of whom Bitbucket does not tell what they may see: all repositories, as whoever can open the page in
 * Bitbucket, or nothing unless they administer the workspace.
 */
export const choicesForViewersWithoutRights = ['everybody', 'administrators'] as const;
export type ViewersWithoutRights = (typeof choicesForViewersWithoutRights)[number];

export interface WorkspaceSettings {
  /** IANA name. */
  readonly timezone: string;
  readonly levels: LevelTable;
  readonly incidentRules: IncidentRules;
  readonly exclusions: ExclusionRules;
  readonly viewersWithoutRights: ViewersWithoutRights;
}

export const defaultWorkspaceSettings: WorkspaceSettings = {
  timezone: 'UTC',
  levels: 'dora-2021',
  incidentRules: defaultIncidentRules,
  exclusions: noExclusions,
  viewersWithoutRights: 'everybody',
};
