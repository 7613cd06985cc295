/* eslint @typescript-eslint/no-deprecated: off -- the library marks what is to stand out, and the reasons do here */
import type * as Oauth from 'oauth4webapi';
import { readErrorCode } from '../../machine/system-error';
import { SignInRefused } from './sign-in-refused';
import type { WindowNeeds } from './window-needs';

export interface OauthClientNeeds extends Pick<WindowNeeds, 'bitbucketUrl'> {
  readonly oauthKey: string;
  readonly oauthSecret: string;
  /** Where Bitbucket sends people back to; beneath the callback URL of the consumer. */
  readonly redirectUri: string;
  readonly timeoutMs: number;
}

export type OauthClient = ReturnType<typeof createOauthClient>;
type Library = typeof Oauth;

/** An ESM package: loaded when it is first needed, and kept by Node. */
const loadLibrary = (): Promise<Library> => import('oauth4webapi');

/** The authorization code grant, as Bitbucket has it: no OpenID, no discovery, key and secret by Basic. */
export function createOauthClient(needs: OauthClientNeeds) {
  const { bitbucketUrl, oauthKey, redirectUri } = needs;
  return {
    toAuthorizeAddress: (state: string): string => {
      const query = { client_id: oauthKey, response_type: 'code', redirect_uri: redirectUri, state };
      return `${bitbucketUrl}/site/oauth2/authorize?${new URLSearchParams(query).toString()}`;
    },
    /** The access token for a callback whose state has been compared. @throws SignInRefused */
    exchange: async (callback: URLSearchParams, state: string): Promise<string> => {
      const library = await loadLibrary();
      const answered = readCallback(library, callback, { ...needs, state });
      const signal = AbortSignal.timeout(needs.timeoutMs);
      const response = await requestToken(library, answered, { ...needs, signal });
      try {
        const answer = await library.processAuthorizationCodeResponse(toServer(needs), toClient(needs), response);
        return answer.access_token;
      } catch (error) {
        if (signal.aborted) throw new SignInRefused('bitbucket_unavailable', 'token: time-out');
        throw toExchangeRefusal(library, error);
      }
    },
  };
}

const toServer = ({ bitbucketUrl }: OauthClientNeeds) => {
  return { issuer: bitbucketUrl, token_endpoint: `${bitbucketUrl}/site/oauth2/access_token` };
};
const toClient = ({ oauthKey }: OauthClientNeeds) => ({ client_id: oauthKey });

/** As `curl -u key:secret` in Bitbucket's documentation: the library's own way writes a dash as %2D first. */
function toBasic({ oauthKey, oauthSecret }: OauthClientNeeds): Oauth.ClientAuth {
  const credentials = Buffer.from(`${oauthKey}:${oauthSecret}`).toString('base64');
  return (...[, , , headers]) => {
    headers.set('authorization', `Basic ${credentials}`);
  };
}

function readCallback(
  library: Library,
  callback: URLSearchParams,
  needs: OauthClientNeeds & { readonly state: string },
): URLSearchParams {
  try {
    return library.validateAuthResponse(toServer(needs), toClient(needs), callback, needs.state);
  } catch (error) {
    const said = error instanceof library.AuthorizationResponseError ? error.error : null;
    throw new SignInRefused(toCallbackProblem(said), `callback: ${toCode(said)}`);
  }
}

function toCallbackProblem(said: string | null) {
  if (said === null) return 'bitbucket_unreadable';
  if (said === 'access_denied') return 'declined';
  const isPassing = said === 'server_error' || said === 'temporarily_unavailable';
  return isPassing ? 'bitbucket_unavailable' : 'consumer_refused';
}

async function requestToken(
  library: Library,
  answered: URLSearchParams,
  needs: OauthClientNeeds & { readonly signal: AbortSignal },
): Promise<Response> {
  const [code, ...others] = answered.getAll('code');
  if (!code || others.length > 0) throw new SignInRefused('bitbucket_unreadable', 'callback: not one code');
  // A Bitbucket to develop against has no certificate; settings say where the real one is.
  const isPlain = needs.bitbucketUrl.startsWith('http://');
  const options = { signal: needs.signal, [library.allowInsecureRequests]: isPlain };
  const { redirectUri } = needs;
  const response = await library
    .authorizationCodeGrantRequest(
      toServer(needs),
      toClient(needs),
      toBasic(needs),
      answered,
      redirectUri,
      library.nopkce,
      options,
    )
    .catch((error: unknown) => {
      const cause = error instanceof Error ? error.cause : null;
      const why = needs.signal.aborted ? 'time-out' : (readErrorCode(cause) ?? 'no answer');
      throw new SignInRefused('bitbucket_unavailable', `token: ${why}`);
    });
  const { status } = response;
  if (status === 429 || status >= 500) throw new SignInRefused('bitbucket_unavailable', `token: status ${status}`);
  if (status === 401) throw new SignInRefused('consumer_refused', `token: status ${status}`);
  return response;
}

function toExchangeRefusal(library: Library, error: unknown): SignInRefused {
  const said = error instanceof library.ResponseBodyError ? error.error : null;
  if (said === null) return new SignInRefused('bitbucket_unreadable', 'token: no token answer');
  return new SignInRefused(said === 'invalid_grant' ? 'code_refused' : 'consumer_refused', `token: ${toCode(said)}`);
}

/** An error code of OAuth, which has a form of its own; whatever else somebody put there is not written down. */
function toCode(said: string | null): string {
  return said !== null && /^[a-z_]{1,40}$/u.test(said) ? said : 'no code';
}
