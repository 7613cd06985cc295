import type { Instant } from '../instant';

/** What an administrator put right by hand. Facts are never changed: corrections act when numbers are computed. */
export const correctionKinds = [
  'leave_out_pull_request',
  'leave_out_deployment',
  'leave_out_incident',
  'link_incident',
] as const;
export type CorrectionKind = (typeof correctionKinds)[number];

export interface Correction {
  readonly id: string;
  readonly kind: CorrectionKind;
  /** `deploy_id` of the pull request or deployment, `incident_id` of the incident (all of one form). */
  readonly subject: string;
  /** `link_incident` only: the `deploy_id` of the deployment it is blamed on instead. */
  readonly target: string | null;
  readonly reason: string;
  /** With braces; `null` where Bitbucket did not name the viewer. */
  readonly madeBy: string | null;
  readonly madeAt: Instant;
  /** `null`: in force. */
  readonly undoneAt: Instant | null;
  readonly undoneBy: string | null;
}
