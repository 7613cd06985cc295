import { renderSignInPage, renderSignInProblem } from './sign-in-page';
import type { OauthServer, SignIn } from '../access/oauth-server';
import type { Reply } from '../rest/call';
import type { World } from '../world/model';

/**
 * `GET /site/oauth2/authorize`: sends whoever is logged in back at once, else asks who it is to be. `&person=` (uuid,
 * nickname, name or e-mail address) and `&deny=1` answer without a page.
 */
export function answerSignIn(oauth: OauthServer, world: World, url: string): Reply {
  const query = new URLSearchParams(url.split('?')[1]);
  const signIn = oauth.readSignIn(query);
  if (typeof signIn === 'string') {
    return { status: 400, body: renderSignInProblem(signIn) };
  }
  if (query.has('deny')) {
    return redirectTo(oauth.deny(signIn));
  }
  const person = query.get('person') ?? oauth.signedIn;
  return person === null
    ? { status: 200, body: renderSignInPage(world, url, oauth.offered) }
    : grantTo(oauth, signIn, person);
}

function grantTo(oauth: OauthServer, signIn: SignIn, person: string): Reply {
  try {
    return redirectTo(oauth.grant(signIn, person));
  } catch {
    return { status: 400, body: renderSignInProblem(`Nobody is called ${person}.`) };
  }
}

function redirectTo(location: string): Reply {
  return { status: 302, body: '', headers: { location, 'cache-control': 'no-store' } };
}
