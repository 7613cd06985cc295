import type { Migration } from './migration';

/**
 * What is needed to be right where Bitbucket answers late, in part or not at all.
 * - `default_branches`: which branch was known as a repository's default from when on.
 * - `pushes` and `pushed_commits`: what notices of pushes told, for pull requests whose branch is gone before it is read.
 * - `reading_problems`: what of a pull request Bitbucket did not show, until it does.
 * - `repositories.verified_at`, `.problem`, `.problem_since`: up to when it was compared with Bitbucket, and why it could
 *   not be since. One whose history import has not ended was compared with nothing yet.
 * - `workspaces.repositories_read_at`: when the last whole reading of the list of its repositories began.
 * - The job `reconcile-finish` is no more: each comparison moves what it has to move.
 * - `pull_requests.standing`: whose approval or changes request was in force, as of the newest snapshot that told.
 * - `pull_request_acts.gone_at`: when a whole reading no longer showed the act.
 * - `pull_request_commits.seen_at`: when the commit was first seen in a list; null for lists read before this column.
 */
export const whatBitbucketLeavesOpen: Migration = {
  name: '0003-what-bitbucket-leaves-open',
  statements: [
    'ALTER TABLE pull_requests ADD COLUMN is_queued INTEGER NOT NULL DEFAULT 0',
    `UPDATE pull_requests SET is_queued = CASE WHEN state = 'QUEUED' THEN 1 ELSE 0 END,
       is_draft = CASE WHEN state = 'DRAFT' THEN 1 ELSE is_draft END, state = 'OPEN'
     WHERE state NOT IN ('OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED')`,
    'ALTER TABLE pull_requests ADD COLUMN standing TEXT',
    'ALTER TABLE pull_requests ADD COLUMN standing_seen BIGINT',
    'ALTER TABLE pull_request_acts ADD COLUMN gone_at BIGINT',
    'ALTER TABLE pull_request_commits ADD COLUMN seen_at BIGINT',
    'ALTER TABLE repositories ADD COLUMN verified_at BIGINT',
    'ALTER TABLE repositories ADD COLUMN problem TEXT',
    'ALTER TABLE repositories ADD COLUMN problem_since BIGINT',
    `UPDATE repositories SET verified_at = (SELECT COALESCE(w.verified_at, i.started_at)
       FROM imports i JOIN workspaces w ON w.uuid = i.workspace
       WHERE i.workspace = repositories.workspace AND i.repository = repositories.uuid AND i.phase = 'done')`,
    'ALTER TABLE workspaces ADD COLUMN repositories_read_at BIGINT',
    'UPDATE workspaces SET repositories_read_at = verified_at',
    `DELETE FROM jobs WHERE kind = 'reconcile-finish'`,
    `CREATE TABLE default_branches (
      workspace TEXT NOT NULL,
      repository TEXT NOT NULL,
      since BIGINT NOT NULL,
      branch TEXT NOT NULL,
      PRIMARY KEY (workspace, repository, since)
    ) WITHOUT ROWID`,
    `INSERT INTO default_branches (workspace, repository, since, branch)
     SELECT workspace, uuid, read_at, default_branch FROM repositories WHERE default_branch IS NOT NULL`,
    `CREATE TABLE pushes (
      workspace TEXT NOT NULL,
      repository TEXT NOT NULL,
      branch TEXT NOT NULL,
      new_hash TEXT NOT NULL,
      old_hash TEXT,
      is_whole INTEGER NOT NULL,
      pushed_at BIGINT NOT NULL,
      PRIMARY KEY (workspace, repository, branch, new_hash)
    ) WITHOUT ROWID`,
    'CREATE INDEX pushes_by_time ON pushes (workspace, pushed_at)',
    `CREATE TABLE pushed_commits (
      workspace TEXT NOT NULL,
      repository TEXT NOT NULL,
      branch TEXT NOT NULL,
      hash TEXT NOT NULL,
      new_hash TEXT NOT NULL,
      authored_at BIGINT NOT NULL,
      parents TEXT,
      pushed_at BIGINT NOT NULL,
      PRIMARY KEY (workspace, repository, branch, hash)
    ) WITHOUT ROWID`,
    'CREATE INDEX pushed_commits_by_time ON pushed_commits (workspace, pushed_at)',
    `CREATE TABLE reading_problems (
      workspace TEXT NOT NULL,
      repository TEXT NOT NULL,
      number BIGINT NOT NULL,
      what TEXT NOT NULL,
      problem TEXT NOT NULL,
      since BIGINT NOT NULL,
      PRIMARY KEY (workspace, repository, number, what)
    ) WITHOUT ROWID`,
    `CREATE INDEX pull_requests_undated ON pull_requests (workspace, repository, number)
      WHERE state = 'MERGED' AND merged_at IS NULL`,
    `CREATE INDEX pull_requests_without_teams ON pull_requests (workspace, repository, number)
      WHERE sealed_at IS NOT NULL AND teams_as_of IS NULL`,
    `CREATE INDEX pull_requests_unjudged ON pull_requests (workspace, repository, number)
      WHERE sealed_at IS NOT NULL AND default_branch_at_merge IS NULL`,
  ],
};
