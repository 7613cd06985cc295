import type { RequestHandler } from 'express';
import { Counter, Histogram, type Registry } from 'prom-client';
import { apiPath, ownWindowPaths, pagesPath, publicPath, formatBasePath } from '../routing/paths';
import type { WebDependencies, WebDoor } from '../routing/web-dependencies';

/** Takes down how long an answer took, by kind of address: few label values, and none that a request chooses. */
export type RequestMeter = (answer: {
  readonly kind: string;
  readonly status: number;
  readonly milliseconds: number;
}) => void;

export function createRequestMeter(registry: Registry): RequestMeter {
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer',
    labelNames: ['kind', 'status'] as const,
    buckets: [0.005, 0.02, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  return ({ kind, status, milliseconds }) => {
    seconds.observe({ kind, status: `${Math.floor(status / 100).toString()}xx` }, milliseconds / 1000);
  };
}

/** Notices by the door that they came to: received are all of them. */
export type NoticeCounter = (
  door: string,
  response: { readonly statusCode: number; readonly headersSent: boolean },
) => void;

export function createNoticeCounter(registry: Registry): NoticeCounter {
  const notices = new Counter({
    name: 'drumbeat_notices_total',
    help: 'Notices of Bitbucket, by door and what became of them: stored, refused, failed, unanswered',
    labelNames: ['door', 'outcome'] as const,
    registers: [registry],
  });
  return (door, response) => notices.inc({ door, outcome: toOutcome(response) });
}

function toOutcome({ statusCode, headersSent }: Parameters<NoticeCounter>[1]): string {
  if (!headersSent) return 'unanswered';
  if (statusCode < 400) return 'stored';
  return statusCode < 500 ? 'refused' : 'failed';
}

export function measureRequests(
  meter: RequestMeter,
  needs: Pick<WebDependencies, 'settings' | 'doors'>,
): RequestHandler {
  const basePath = formatBasePath(needs.settings.baseUrl);
  const kinds = [...needs.doors.flatMap(listDoorKinds), ...ownKinds];
  return (request, response, next) => {
    const startedAt = performance.now();
    response.on('finish', () => {
      const path = request.originalUrl.slice(basePath.length);
      const kind = kinds.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'other';
      meter({ kind, status: response.statusCode, milliseconds: performance.now() - startedAt });
    });
    next();
  };
}

type PathKind = readonly [prefix: string, kind: string];

export const noticeKind = 'notice';
export const pageKind = 'page';

const ownKinds: readonly PathKind[] = [
  [`${apiPath}/`, 'api'],
  [`${pagesPath}/`, pageKind],
  [`${publicPath}/`, 'asset'],
  [ownWindowPaths.signIn, 'sign-in'],
  [ownWindowPaths.signOut, 'sign-in'],
];

function listDoorKinds({ kind, noticesPath }: WebDoor): PathKind[] {
  return [
    [noticesPath.split(':', 1)[0] ?? noticesPath, noticeKind],
    [`/${kind}/`, 'lifecycle'],
  ];
}
