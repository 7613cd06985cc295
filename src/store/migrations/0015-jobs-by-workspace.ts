import type { Migration } from './migration';

/** Workers take due jobs of one workspace after the other: by this index each finds its own, however many wait elsewhere. */
export const jobsByWorkspace: Migration = {
  name: '0015-jobs-by-workspace',
  statements: [
    'DROP INDEX jobs_ready',
    `CREATE INDEX jobs_of_workspace ON jobs (workspace, kind, run_at, key) WHERE state = 'ready'`,
  ],
};
