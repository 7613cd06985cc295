import type { Response } from 'express';
import type { SignIn } from '../../doors/own-window';
import { setOwnWindowHeaders } from '../middleware/security-headers';
import { buildPageFrame, readTheme } from '../presentation/frame/page-frame';
import { pageRenderer } from '../presentation/frame/page-renderer';
import { createLinks, type Links } from '../routing/paths';
import { assetVersion } from '../routing/static-assets';
import type { WebDependencies } from '../routing/web-dependencies';
import type { RefusalWords } from './refusals';
import { buildBar } from './top-bar';

/** A page of our own window that is of no workspace: it holds no session. */
export interface WindowPage {
  readonly template: string;
  readonly view: { readonly title: string };
  readonly status?: number;
  /** What the address is to show; without: as it is. Codes and used links do not stay in it. */
  readonly address?: string;
  readonly live?: number;
  /** `null`: nobody is signed in. */
  readonly signIn?: SignIn | null;
}

export interface WindowPages {
  readonly links: Links;
  send(response: Response, page: WindowPage): Promise<void>;
  refuse(response: Response, words: RefusalWords, refusal?: Refusing): Promise<void>;
}

interface Refusing {
  readonly signIn?: SignIn | null;
  /** Where the way on leads; without: to the ways to sign in. */
  readonly stepHref?: string;
  readonly others?: readonly { readonly href: string; readonly text: string }[];
}

export function createWindowPages({ settings }: Pick<WebDependencies, 'settings'>): WindowPages {
  const links = createLinks(settings.baseUrl, assetVersion, { workspace: null });
  const send = async (response: Response, page: WindowPage): Promise<void> => {
    const { template, view, status = 200, address = '', live = null, signIn = null } = page;
    const asked = response.req.query['theme'];
    const theme = readTheme(typeof asked === 'string' ? asked : undefined);
    const bar = buildBar(signIn, links);
    const frame = { title: view.title, address, session: null, theme, live, bar };
    setOwnWindowHeaders(response);
    response
      .status(status)
      .type('html')
      .send(await pageRenderer.renderDocument(template, view, buildPageFrame(frame, links, settings.bitbucketUrl)));
  };
  return {
    links,
    send,
    refuse: (response, { status, step, ...words }, { signIn = null, stepHref, others = [] } = {}) => {
      const view = { ...words, step: { href: stepHref ?? links.window('signIn'), text: step }, others };
      return send(response, { template: 'refusal', view, status, signIn, address: links.window('signIn') });
    },
  };
}
