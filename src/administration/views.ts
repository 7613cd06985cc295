import type { Clock } from '../domain/clock';
import type { KeptQuery } from '../domain/views/saved-view';
import type { Stores } from '../store/stores';
import type { NewView, ViewerPlace } from '../store/views/view-store';

/** The views that a workspace keeps, and those that its viewers saw last. */
export function createViewKeeping(views: Stores['views'], clock: Clock) {
  return {
    /** The id of the view, or that its name is taken or no more fit. */
    saveView: (workspace: string, view: Omit<NewView, 'now'>) => views.add(workspace, { ...view, now: clock.now() }),
    deleteView: (workspace: string, id: string): Promise<boolean> => views.delete(workspace, id),
    /** What a page shows to whoever saw nothing before; `null`: as built in. */
    saveUsualView: (workspace: string, query: string | null, viewer: string | null) =>
      views.saveUsual(workspace, query, { viewer, now: clock.now() }),
    getLastView: (of: ViewerPlace): Promise<KeptQuery | null> => views.getLast(of),
    saveLastView: (of: ViewerPlace, kept: KeptQuery) => views.saveLast(of, kept, clock.now()),
  };
}
