import type { Migration } from './migration';

/**
 * Views of a workspace by name, the one that a page shows by default, and what each viewer saw last. `query` is as in the
 * address of a page; `labels` are the names that repositories and teams in it had then, as JSON, for when they are gone.
 */
export const savedViews: Migration = {
  name: '0022-saved-views',
  statements: [
    `CREATE TABLE saved_views (
      workspace TEXT NOT NULL,
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      page TEXT NOT NULL,
      query TEXT NOT NULL,
      labels TEXT NOT NULL,
      made_by TEXT,
      made_at BIGINT NOT NULL,
      PRIMARY KEY (workspace, id)
    )`,
    `CREATE TABLE default_views (
      workspace TEXT NOT NULL,
      query TEXT NOT NULL,
      made_by TEXT,
      made_at BIGINT NOT NULL,
      PRIMARY KEY (workspace)
    )`,
    `CREATE TABLE last_views (
      workspace TEXT NOT NULL,
      viewer TEXT NOT NULL,
      place TEXT NOT NULL,
      query TEXT NOT NULL,
      labels TEXT NOT NULL,
      seen_at BIGINT NOT NULL,
      PRIMARY KEY (workspace, viewer, place)
    )`,
  ],
};
