import { commitRoutes } from './commit-routes';
import { type Call, type Reply, type Route } from './call';
import { Refusal, toErrorBody } from './refusal';
import { selectFields } from './fields';
import type { CursorPages } from './cursor-pages';
import { pullRequestRoutes } from './pull-request-routes';
import { hookRoutes } from './hook-routes';
import { memberRoutes } from './member-routes';
import { checkScopes } from './needs';
import { userRoutes } from './user-routes';
import { goneTemplates, workspaceRoutes } from './workspace-routes';
import type { Addresses } from '../present/links';
import type { Clock, World } from '../world/model';
import type { Caller } from './caller';

const gone: readonly Route[] = goneTemplates.map((template) => ({
  template,
  needs: 'nothing',
  answer: () => {
    throw new Refusal(410, 'This API has been removed. See CHANGE-2770.');
  },
}));
/** Fixed words before names: `pullrequests/activity` before `pullrequests/:number`. */
const routes: readonly Route[] = [
  ...userRoutes,
  ...workspaceRoutes,
  ...memberRoutes,
  ...hookRoutes,
  ...pullRequestRoutes,
  ...commitRoutes,
  ...gone,
];

export interface ApiRequest {
  readonly method: string;
  /** Path and query as they were asked. */
  readonly url: string;
  /** A form that came along: `commits` takes its parameters there, too. */
  readonly form: URLSearchParams;
  /** As it came. Default: empty. */
  readonly body?: string;
}

/** A route and what its template names in an address. */
export interface FoundRoute {
  readonly template: string;
  readonly params: Readonly<Record<string, string>>;
}

export interface RestApi {
  /** The route that would answer, or `null`. */
  find(url: string): FoundRoute | null;
  /** Answers as far as the caller may see and change. */
  answer(request: ApiRequest, caller: Caller): Reply;
}

export interface RestApiParts {
  readonly world: World;
  readonly addresses: Addresses;
  readonly clock: Clock;
  readonly cursors: CursorPages;
}

/** Bitbucket's answers for unknown addresses: nine bytes of plain text. */
const notFound: Reply = { status: 404, body: 'Not Found', headers: { 'content-type': 'text/plain; charset=utf-8' } };

export function createRestApi(parts: RestApiParts): RestApi {
  return {
    find: (url) => {
      const found = match(toPath(url), () => true);
      return found === null ? null : { template: found.route.template, params: found.params };
    },
    answer: (request, caller) => {
      const path = toPath(request.url);
      const found = match(path, ({ methods = reading }) => methods.includes(request.method));
      if (found === null) {
        return notFound;
      }
      const asked = { params: found.params, path, query: readQuery(request), body: request.body ?? '' };
      return answerRoute(found.route, { ...parts, ...asked, caller });
    },
  };
}

const reading = ['GET', 'HEAD'];

function toPath(url: string): string {
  return url.split('?')[0] ?? '';
}

function readQuery({ url, form }: ApiRequest): URLSearchParams {
  const query = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');
  form.forEach((value, name) => query.append(name, value));
  return query;
}

function answerRoute(route: Route, call: Call): Reply {
  try {
    checkScopes(call.caller, route.needs);
    if (call.caller.kind === 'access_token' && route.isClosedToAccessTokens === true) {
      throw new Refusal(403, 'Access tokens cannot be used to query permissions.');
    }
    const reply = route.answer(call);
    const fields = call.query.get('fields');
    return fields === null && reply.hidden === undefined
      ? reply
      : { ...reply, body: selectFields(reply.body, fields, reply.hidden) };
  } catch (error) {
    if (error instanceof Refusal) {
      return { status: error.status, body: toErrorBody(error) };
    }
    throw error;
  }
}

interface Match {
  readonly route: Route;
  readonly params: Record<string, string>;
}

function match(path: string, isMeant: (route: Route) => boolean): Match | null {
  const segments = decode(path.split('/').filter((segment) => segment !== ''));
  for (const route of segments === null ? [] : routes.filter(isMeant)) {
    const params = segments === null ? null : matchTemplate(route.template, segments);
    if (params !== null) {
      return { route, params };
    }
  }
  return null;
}

function decode(segments: readonly string[]): string[] | null {
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return null; // A broken percent sign names nothing.
  }
}

function matchTemplate(template: string, segments: readonly string[]): Record<string, string> | null {
  const parts = template.split('/');
  const hasRest = parts.at(-1) === '*';
  const fixed = hasRest ? parts.slice(0, -1) : parts;
  const isLongEnough = hasRest ? segments.length > fixed.length : segments.length === fixed.length;
  if (!isLongEnough || fixed.some((part, index) => !part.startsWith(':') && part !== segments[index])) {
    return null;
  }
  const named = fixed.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), segments[index] ?? '']] : []));
  const rest = hasRest ? [['*', segments.slice(fixed.length).join('/')]] : [];
  return Object.fromEntries([...named, ...rest]) as Record<string, string>;
}
