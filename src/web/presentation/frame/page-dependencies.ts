import type { KeptQuery } from '../../../domain/views/saved-view';
import type { OwnWindow } from '../../../doors/own-window';
import type { Reporting } from '../../../reporting/reporting';
import type { Links } from '../../routing/paths';
import type { PageCaller, WebDependencies } from '../../routing/web-dependencies';
import type { PageParameters } from '../filter/page-filter';
import type { RowSaid } from '../rows/row-editing';

/**
 * All that a page of numbers is made of beside its request: a body that is kept serves wherever these are the same, so
 * whatever is added here is to be added to `toBodyKey`.
 */
export interface PagesDependencies {
  readonly reporting: Pick<Reporting, 'open' | 'openWhole'>;
  readonly links: Links;
  readonly bitbucketUrl: string;
}

/**
 * What of its caller a page of numbers is made of. Who it is (`userUuid`) is part of the key of a body only where the
 * page is asked for what is theirs (`toBodyKey`): no other page may use it.
 */
export type PageReader = Pick<PageCaller, 'workspace' | 'repositoryUuid' | 'sight' | 'userUuid'>;

/** One request for a page, free of HTTP. */
export interface PageRequest {
  readonly caller: PageReader;
  readonly parameters: PageParameters;
  /** What came of a button in a row: only on the answer to it, which is never kept. */
  readonly said?: RowSaid;
  /** What this viewer saw last, where the request chooses nothing. */
  readonly lastView?: KeptQuery | null;
}

type OfWeb =
  'importStatus' | 'imports' | 'givenUpWork' | 'administration' | 'connections' | 'administrators' | 'signIns';

/** What pages use that write, or that tell of more than numbers: their bodies are not kept. */
export interface RoomsDependencies extends PagesDependencies, Pick<WebDependencies, OfWeb> {
  /** For the links that an administrator makes. */
  readonly ownWindow: Pick<OwnWindow, 'makeLink' | 'listLinks' | 'revokeLink'>;
  readonly importDays: number | null;
}

/** A request for such a page. */
export interface FormRequest extends PageRequest {
  readonly caller: PageCaller;
  readonly isPost: boolean;
}

/** A file, part after part. */
export type CsvParts = readonly [string] | AsyncIterable<string>;

export type PageAnswer =
  | {
      readonly kind: 'page';
      readonly status: number;
      readonly template: string;
      readonly title: string;
      readonly view: object;
      /** The view again, without any token. */
      readonly address: string;
      /** Seconds until it is worth fetching again. */
      readonly live: number | null;
    }
  | { readonly kind: 'csv'; readonly fileName: string; readonly parts: CsvParts }
  | { readonly kind: 'not-found' };

export type AnswerPage = (request: PageRequest, dependencies: PagesDependencies) => Promise<PageAnswer>;
export type AnswerForms = (request: FormRequest, dependencies: RoomsDependencies) => Promise<PageAnswer>;

export function toCsvAnswer(fileName: string, parts: CsvParts): PageAnswer {
  return { kind: 'csv', fileName, parts };
}
