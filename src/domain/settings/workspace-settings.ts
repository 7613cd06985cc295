import { noExclusions, type ExclusionRules } from './exclusion-rules';
import { defaultIncidentRules, type IncidentRules } from '../incidents/incident-rules';

/** The published tables of performance levels that a workspace can choose from. */
export const levelTables = ['dora-2021', 'dora-2024'] as const;
export type LevelTable = (typeof levelTables)[number];

export interface WorkspaceSettings {
  /** IANA name. */
  readonly timezone: string;
  readonly levels: LevelTable;
  readonly incidentRules: IncidentRules;
  readonly exclusions: ExclusionRules;
}

export const defaultWorkspaceSettings: WorkspaceSettings = {
  timezone: 'UTC',
  levels: 'dora-2021',
  incidentRules: defaultIncidentRules,
  exclusions: noExclusions,
};
