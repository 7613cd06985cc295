import { parseDeployId } from '../../../domain/deployments/deploy-id';
import { parseDeployed } from '../../../domain/deployments/strategies/all-strategies';

/** What was deployed, in a word: "#12". Only a pull request has a `number`, and a time line to lead to. */
export function nameDeployed(deployId: string) {
  const { number = null, repositoryUuid = null } = parseDeployId(deployId) ?? {};
  return { name: parseDeployed(deployId)?.name ?? deployId, number, repositoryUuid };
}
