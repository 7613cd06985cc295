/**
 * Every table that holds something of a workspace, what refers to another before it, with the column
 * that names the workspace. A test compares it with the schema, so none is forgotten by an erasure.
 */
export const tenantTables: readonly { readonly name: string; readonly workspaceColumn: string }[] = [
  ...[
    'pull_request_commits',
    'pull_request_acts',
    'pull_request_teams',
    'pull_requests',
    'fact_months',
    'commits',
    'default_branches',
    'pushes',
    'pushed_commits',
    'reading_problems',
    'repositories',
    'imports',
    'notices',
    'jobs',
    'requests',
    'request_totals',
    'request_pauses',
    'corrections',
    'notes',
    'administrators',
    'submissions',
    'team_members',
    'teams',
    'people',
    'api_tokens',
    'pending_installs',
    'connections',
    'workspace_settings',
  ].map((name) => ({ name, workspaceColumn: 'workspace' })),
  { name: 'workspaces', workspaceColumn: 'uuid' },
];
