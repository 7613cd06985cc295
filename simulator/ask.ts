import type { Simulator } from './simulator';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed, or `null` where it is no JSON. */
  readonly body: unknown;
}

/** Asks the API for a path or an address; without `init` it is a `GET`. */
export type Ask = (
  pathOrUrl: string,
  init?: { readonly method: string; readonly body?: unknown },
) => Promise<ApiAnswer>;

/** A function that asks the API under an `Authorization` header, redirects not followed; `null` sends none. */
export function createAsk(simulator: Pick<Simulator, 'url'>, authorization: string | null): Ask {
  return async (pathOrUrl, init) => {
    const url = pathOrUrl.startsWith('http') ? pathOrUrl : `${simulator.url}${pathOrUrl}`;
    const response = await fetch(url, {
      redirect: 'manual',
      method: init?.method ?? 'GET',
      headers: { ...(authorization === null ? {} : { authorization }), 'content-type': 'application/json' },
      ...(init?.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) };
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
