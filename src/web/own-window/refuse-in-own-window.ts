import type { Request, Response } from 'express';
import { readHead } from '../middleware/credentials';
import { isNavigation, isOwnWindowVisit } from '../middleware/own-window-visit';
import type { Refusal } from '../middleware/page-authentication';
import type { WebDependencies } from '../routing/web-dependencies';
import { noRight } from './refusals';
import type { WindowPages } from './window-pages';

interface RefusalNeeds extends Pick<WebDependencies, 'ownWindow'> {
  readonly pages: WindowPages;
}

/**
 * A page that cannot be seen as somebody is signed in now, or is not: shows the way in. False: it is for others to
 * answer, with the same words as everywhere.
 */
export async function refuseInOwnWindow(
  { request, response }: { readonly request: Request; readonly response: Response },
  refusal: Refusal,
  { ownWindow, pages }: RefusalNeeds,
): Promise<boolean> {
  if (!isOwnWindowVisit(request) || !isNavigation(request)) return false;
  if (refusal === 'no-right') {
    const signIn = (await ownWindow.identify(readHead(request)))?.signIn ?? null;
    const others = [{ href: pages.links.window('home'), text: 'Open Drumbeat' }];
    await pages.refuse(response, noRight, { signIn, others });
    return true;
  }
  if (refusal !== 'session-ended' && refusal !== 'rights-unknown') return false;
  response.redirect(pages.links.window('signIn', { to: request.originalUrl }));
  return true;
}
