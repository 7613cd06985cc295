import { toLocalDate, type LocalDate } from '../../domain/calendar/civil-day';
import { findLocalDay } from '../../domain/calendar/time-zone';
import type { Instant } from '../../domain/instant';
import type { WorkspaceVersion } from './workspace-version';

/** What every report says about how much of the workspace it knows. */
export interface Completeness {
  /** How far back the history of the workspace is complete. */
  readonly imported_since: LocalDate | null;
  readonly importing: boolean;
  readonly verified_at: string | null;
}

/** The workspace as reports name it. */
export interface WorkspaceName {
  readonly uuid: string;
  readonly slug: string;
}

export function toCompleteness({ workspace, progress, known }: WorkspaceVersion): Completeness {
  const { importedSince, verifiedAt } = workspace;
  const { timezone } = known.corrected.settings;
  return {
    imported_since: importedSince === null ? null : toLocalDate(findLocalDay(importedSince, timezone)),
    importing: progress.isImporting,
    verified_at: verifiedAt === null ? null : formatTimestamp(verifiedAt),
  };
}

export function toWorkspaceName({ workspace: { uuid, slug } }: Pick<WorkspaceVersion, 'workspace'>): WorkspaceName {
  return { uuid, slug };
}

/** ISO 8601 in UTC with milliseconds. */
export function formatTimestamp(at: Instant): string {
  return new Date(at).toISOString();
}
