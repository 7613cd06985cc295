import { applyCorrections, type CorrectedFacts } from '../../../src/domain/corrections/apply-corrections';
import type { Correction } from '../../../src/domain/corrections/correction';
import { findDeployments, type DeploymentFacts } from '../../../src/domain/deployments/strategies/all-strategies';
import { findIncidents } from '../../../src/domain/incidents/find-incidents';
import type { IncidentRules } from '../../../src/domain/incidents/incident-rules';
import type { MergedPullRequest } from '../../../src/domain/pull-requests/pull-request';
import type { WorkspaceSettings } from '../../../src/domain/settings/workspace-settings';

/** What deployments and incidents are worked out from. */
export interface DeliveryMaterial<T extends MergedPullRequest> extends DeploymentFacts {
  readonly settings: WorkspaceSettings;
  /** Those that act; none for the facts as they came. */
  readonly corrections: readonly Correction[];
  /** Merged pull requests without what the rules of the workspace leave out. */
  readonly merged: readonly T[];
}

/**
 * The pull requests, deployments and incidents of a workspace as they count: found by strategies and rules, then put
 * right by hand. In time linear in all merges, apart from sorting them.
 */
export function computeDeliveries<T extends MergedPullRequest>(
  material: DeliveryMaterial<T>,
  rules: IncidentRules = material.settings.incidentRules,
): CorrectedFacts<T> {
  const { merged, corrections } = material;
  const deployments = findDeployments(material);
  const incidents = findIncidents({ pullRequests: merged, deployments }, rules);
  return applyCorrections({ pullRequests: merged, deployments, incidents }, corrections);
}
