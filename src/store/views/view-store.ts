import { randomUUID } from 'node:crypto';
import type { Instant } from '../../domain/instant';
import {
  mostSavedViews,
  toNameKey,
  type KeptQuery,
  type SavedView,
  type WorkspaceViews,
} from '../../domain/views/saved-view';
import type { Database } from '../database/database';
import { defaultViews, lastViews, savedViews } from '../schema/saved-views';
import { WorkspaceStore } from '../workspaces/workspace-store';

export interface NewView extends KeptQuery, Pick<SavedView, 'name' | 'page' | 'madeBy'> {
  readonly now: Instant;
}

/** Whose view, and of which page: `place` is '' for the workspace, else the uuid of a repository. */
export interface ViewerPlace {
  readonly workspace: string;
  readonly viewer: string;
  readonly place: string;
}

/** Views that are kept. A change of what a workspace keeps gives it a new version; what a viewer saw last does not. */
export class ViewStore {
  readonly #database: Database;
  readonly #workspaces: WorkspaceStore;

  constructor(database: Database) {
    this.#database = database;
    this.#workspaces = new WorkspaceStore(database);
  }

  async list(workspace: string): Promise<WorkspaceViews> {
    const [rows, usual] = await Promise.all([
      this.#database.find(savedViews, { where: { workspace }, without: ['workspace'], order: ['name', 'id'] }),
      this.#database.find(defaultViews, { where: { workspace } }),
    ]);
    const saved = rows.map(({ labels, ...view }) => ({ ...view, labels: parseLabels(labels) }));
    return { saved, usual: usual[0]?.query ?? null };
  }

  /** The id of the new view, or why there is none. */
  async add(workspace: string, view: NewView): Promise<{ readonly id: string } | 'taken' | 'too_many'> {
    const { name, page, query, madeBy, now } = view;
    const labels = JSON.stringify(view.labels);
    return this.#database.within(undefined, async (tx) => {
      await this.#workspaces.hold(workspace, tx);
      const there = await this.#database.find(savedViews, { where: { workspace } }, tx);
      if (there.some((one) => toNameKey(one.name) === toNameKey(name))) return 'taken';
      if (there.length >= mostSavedViews) return 'too_many';
      const row = { workspace, id: randomUUID(), name, page, query, labels, madeBy, madeAt: now };
      await this.#database.insert(savedViews, [row], { onConflict: 'keep', tx });
      await this.#workspaces.bumpVersion(workspace, tx);
      return { id: row.id };
    });
  }

  /** `false` when it is no longer there. */
  async delete(workspace: string, id: string): Promise<boolean> {
    return this.#database.within(undefined, async (tx) => {
      await this.#workspaces.hold(workspace, tx);
      const count = await this.#database.delete(savedViews, { workspace, id }, tx);
      if (count > 0) await this.#workspaces.bumpVersion(workspace, tx);
      return count > 0;
    });
  }

  /** `null`: as built in again. */
  async saveUsual(workspace: string, query: string | null, by: { viewer: string | null; now: Instant }): Promise<void> {
    await this.#database.within(undefined, async (tx) => {
      await this.#workspaces.hold(workspace, tx);
      const row = { workspace, query: query ?? '', madeBy: by.viewer, madeAt: by.now };
      if (query === null) await this.#database.delete(defaultViews, { workspace }, tx);
      else await this.#database.insert(defaultViews, [row], { onConflict: 'overwrite', tx });
      await this.#workspaces.bumpVersion(workspace, tx);
    });
  }

  async getLast({ workspace, viewer, place }: ViewerPlace): Promise<KeptQuery | null> {
    const [row] = await this.#database.find(lastViews, { where: { workspace, viewer, place } });
    return row === undefined ? null : { query: row.query, labels: parseLabels(row.labels) };
  }

  async saveLast(of: ViewerPlace, { query, labels }: KeptQuery, now: Instant): Promise<void> {
    const row = { ...of, query, labels: JSON.stringify(labels), seenAt: now };
    await this.#database.insert(lastViews, [row], { onConflict: 'overwrite' });
  }
}

function parseLabels(text: string): Readonly<Record<string, string>> {
  return JSON.parse(text) as Record<string, string>;
}
