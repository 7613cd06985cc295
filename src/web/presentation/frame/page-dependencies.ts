import type { OwnWindow } from '../../../doors/own-window';
import type { Links } from '../../routing/paths';
import type { PageCaller, WebDependencies } from '../../routing/web-dependencies';
import type { PageParameters } from '../filter/page-filter';

type OfWeb = 'reporting' | 'importStatus' | 'imports' | 'administration' | 'connections';

/** The part of the web room's dependencies that pages use. */
export interface PagesDependencies extends Pick<WebDependencies, OfWeb> {
  /** For the links that an administrator makes. */
  readonly ownWindow: Pick<OwnWindow, 'makeLink' | 'listLinks' | 'revokeLink'>;
  readonly links: Links;
  readonly bitbucketUrl: string;
  readonly importDays: number | null;
}

/** One request for a page, free of HTTP. */
export interface PageRequest {
  readonly caller: PageCaller;
  readonly parameters: PageParameters;
  readonly isPost: boolean;
}

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
  | { readonly kind: 'csv'; readonly fileName: string; readonly text: string }
  | { readonly kind: 'not-found' };

export type AnswerPage = (request: PageRequest, dependencies: PagesDependencies) => Promise<PageAnswer>;
