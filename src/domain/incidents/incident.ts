import type { Instant } from '../instant';

/** By which rule of docs/definitions.md, 4, an incident is known. */
export const incidentSources = ['revert', 'naming_convention'] as const;
export type IncidentSource = (typeof incidentSources)[number];

/** Proof that a deployment hurt. */
export interface Incident {
  /** The `deploy_id` of the fixing pull request. */
  readonly incidentId: string;
  /** With braces. */
  readonly repositoryUuid: string;
  readonly createdAt: Instant;
  readonly resolvedAt: Instant | null;
  readonly source: IncidentSource;
  /** The deployment it is blamed on; `null`: unlinked. */
  readonly deployId: string | null;
  /** The deployment that ended it; `null` where none is known. */
  readonly fixDeployId: string | null;
}
