const repository = '2.0/repositories/:workspace/:repository';
const pullRequests = `${repository}/pullrequests`;

/** Short names for what tests speak of: the templates of the routes behind each. */
export const routeNames = {
  groups: ['1.0/groups/:workspace'],
  members: ['2.0/workspaces/:workspace/members'],
  permissions: ['2.0/workspaces/:workspace/permissions'],
  rights: [
    '2.0/workspaces/:workspace/permissions/repositories',
    '2.0/workspaces/:workspace/permissions/repositories/:repository',
  ],
  workspace_hooks: ['2.0/workspaces/:workspace/hooks', '2.0/workspaces/:workspace/hooks/:hook'],
  repository_hooks: [`${repository}/hooks`, `${repository}/hooks/:hook`],
  hook_events: ['2.0/hook_events', '2.0/hook_events/:subject'],
  user: ['2.0/user'],
  own_workspaces: ['2.0/user/workspaces'],
  own_role: ['2.0/user/workspaces/:workspace/permission'],
  own_rights: ['2.0/user/workspaces/:workspace/permissions/repositories'],
  deployments: [`${repository}/deployments`],
  workspace: ['2.0/workspaces/:workspace'],
  repositories: ['2.0/repositories/:workspace'],
  repository: [repository],
  branches: [`${repository}/refs/branches`, `${repository}/refs/branches/*`],
  pull_requests: [pullRequests],
  pull_request: [`${pullRequests}/:number`],
  pull_request_commits: [`${pullRequests}/:number/commits`],
  activity: [`${pullRequests}/:number/activity`],
  repository_activity: [`${pullRequests}/activity`],
  diffstat: [`${pullRequests}/:number/diffstat`, `${repository}/diffstat/*`],
  commits: [`${repository}/commits`, `${repository}/commits/*`],
  commit: [`${repository}/commit/:hash`],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type RouteName = keyof typeof routeNames;
