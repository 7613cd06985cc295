import { createHash } from 'node:crypto';
import type { KeptQuery } from '../../domain/views/saved-view';
import type { PageReader } from '../presentation/frame/page-dependencies';
import type { BarView } from '../presentation/frame/page-frame';
import type { PageParameters } from '../presentation/filter/page-filter';
import type { PageName } from '../routing/paths';
import type { PageBody } from './page-body';

/** Everything that the body of a page is made of; what is the same for the life of the process is left out. */
export interface BodyMaterial {
  readonly page: PageName;
  /** With the theme among them. */
  readonly parameters: PageParameters;
  /** What its viewer saw last, where the request chooses nothing; it decides what is shown. */
  readonly lastView?: KeptQuery | null;
  readonly reader: PageReader;
  /** The bar of our own window, with whoever is signed in; `null`: inside Bitbucket's frame. */
  readonly bar: BarView | null;
  /** Of the workspace: its version, its progress and the minute. */
  readonly state: string;
}

/** The same text for the same body: no reader, role, workspace or place is ever shown the body of another. */
export function toBodyKey({ page, parameters, lastView = null, reader, bar, state }: BodyMaterial): string {
  const { workspace, repositoryUuid, sight } = reader;
  const named = Object.entries(parameters).sort(([one], [other]) => (one < other ? -1 : 1));
  const text = JSON.stringify([
    page,
    named,
    lastView,
    workspace,
    repositoryUuid,
    sight,
    toViewer(page, parameters, reader),
    bar,
    state,
  ]);
  return createHash('sha256').update(text).digest('base64url');
}

/**
 * Who looks, where the page is asked for what is theirs; else whether that is known, where the page offers to be asked.
 * All other pages are the same for whoever may see the same.
 */
function toViewer(page: PageName, { whose }: PageParameters, { userUuid }: PageReader): string | boolean | null {
  if (page !== 'workInProgress') return null;
  return whose === undefined ? userUuid !== null : userUuid;
}

/** Bodies of pages within a budget of bytes; those asked for longest ago are forgotten first. */
export class BodyMemory {
  readonly #mostBytes: number;
  /** Asked for longest ago first. */
  readonly #kept = new Map<string, PageBody>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  find(key: string): PageBody | null {
    const body = this.#kept.get(key);
    if (body === undefined) return null;
    this.#kept.delete(key);
    this.#kept.set(key, body);
    return body;
  }

  keep(key: string, body: PageBody): void {
    this.#forget(key);
    this.#kept.set(key, body);
    this.#bytes += body.bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0;
    this.#kept.delete(key);
  }
}
