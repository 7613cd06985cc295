import { bigint, defineTable, orNull, text } from '../database/table';

/** Views of a workspace by name. `madeBy`: a viewer, as in `viewer_rights`; `null`: a token. */
export const savedViews = defineTable('saved_views', ['workspace', 'id'], {
  workspace: text(),
  id: text(),
  name: text(),
  page: text(),
  query: text(),
  /** JSON: uuid or slug to name. */
  labels: text(),
  madeBy: orNull(text()),
  madeAt: bigint,
});

/** What a page shows to whoever saw nothing before. */
export const defaultViews = defineTable('default_views', ['workspace'], {
  workspace: text(),
  query: text(),
  madeBy: orNull(text()),
  madeAt: bigint,
});

/** What a viewer saw last. `place`: of the workspace '', of a page of one repository its uuid. */
export const lastViews = defineTable('last_views', ['workspace', 'viewer', 'place'], {
  workspace: text(),
  viewer: text(),
  place: text(),
  query: text(),
  labels: text(),
  seenAt: bigint,
});
