/** The pull request whose merge is a deployment. */
export interface DeployIdParts {
  /** With braces. */
  readonly repositoryUuid: string;
  readonly number: number;
}

const form = /^([^/]+)\/pullrequests\/(\d+)$/u;

/**
 * The `deploy_id` of what a merge of a pull request deploys: `<repository uuid>/pullrequests/<number>`, braces kept. It
 * names the pull request as well, whether it is a deployment or not, and the incident that its merge ended.
 */
export function formatDeployId({ repositoryUuid, number }: DeployIdParts): string {
  return `${repositoryUuid}/pullrequests/${number}`;
}

/** `null` for any other text. */
export function parseDeployId(text: string): DeployIdParts | null {
  const [, repositoryUuid, number] = form.exec(text) ?? [];
  return repositoryUuid === undefined ? null : { repositoryUuid, number: Number(number) };
}
