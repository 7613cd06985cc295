import { toLocalDate } from '../../domain/calendar/civil-day';
import { findLocalDay } from '../../domain/calendar/time-zone';
import type { Instant } from '../../domain/instant';
import type { Answer, completeness, workspace } from '../answers/parts';
import type { WorkspaceVersion } from './workspace-version';

/** What every report says about how much of the workspace it knows. */
export function toCompleteness({ workspace, progress, known }: WorkspaceVersion): Answer<typeof completeness> {
  const { importedSince, verifiedAt } = workspace;
  const { timezone } = known.settings;
  return {
    imported_since: importedSince === null ? null : toLocalDate(findLocalDay(importedSince, timezone)),
    importing: progress.isImporting,
    verified_at: verifiedAt === null ? null : formatTimestamp(verifiedAt),
  };
}

/** The workspace as reports name it. */
export function toWorkspaceName({ workspace: { uuid, slug } }: WorkspaceVersion): Answer<typeof workspace> {
  return { uuid, slug };
}

/** ISO 8601 in UTC with milliseconds. */
export function formatTimestamp(at: Instant): string {
  return new Date(at).toISOString();
}
