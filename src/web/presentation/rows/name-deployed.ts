import { parseDeployId } from '../../../domain/deployments/deploy-id';
import { parseDeployed } from '../../../domain/deployments/strategies/all-strategies';

/** What was deployed, in a word: "#12". Only a pull request has a `number`, and a time line to lead to. */
export function nameDeployed(deployId: string): { readonly name: string; readonly number: number | null } {
  return { name: parseDeployed(deployId)?.name ?? deployId, number: parseDeployId(deployId)?.number ?? null };
}
