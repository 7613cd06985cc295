import type { RequestHandler } from 'express';
import { Histogram, type Registry } from 'prom-client';
import { apiPath, ownWindowPaths, pagesPath, publicPath, formatBasePath } from '../routing/paths';
import type { WebDependencies, WebDoor } from '../routing/web-dependencies';

const nanosecondsInSecond = 1e9;

/** How long answers take, by kind of address: few label values, and none that a request chooses. */
export function measureRequests(
  registry: Registry,
  needs: Pick<WebDependencies, 'settings' | 'doors'>,
): RequestHandler {
  const basePath = formatBasePath(needs.settings.baseUrl);
  const kinds = [...needs.doors.flatMap(listDoorKinds), ...ownKinds];
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer',
    labelNames: ['kind', 'status'] as const,
    buckets: [0.005, 0.02, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  return (request, response, next) => {
    const startedAt = process.hrtime.bigint();
    response.on('finish', () => {
      const status = `${Math.floor(response.statusCode / 100).toString()}xx`;
      const path = request.originalUrl.slice(basePath.length);
      const kind = kinds.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'other';
      seconds.observe({ kind, status }, Number(process.hrtime.bigint() - startedAt) / nanosecondsInSecond);
    });
    next();
  };
}

type PathKind = readonly [prefix: string, kind: string];

const ownKinds: readonly PathKind[] = [
  [`${apiPath}/`, 'api'],
  [`${pagesPath}/`, 'page'],
  [`${publicPath}/`, 'asset'],
  [ownWindowPaths.signIn, 'sign-in'],
  [ownWindowPaths.signOut, 'sign-in'],
];

function listDoorKinds({ kind, noticesPath }: WebDoor): PathKind[] {
  return [
    [noticesPath.split(':', 1)[0] ?? noticesPath, 'notice'],
    [`/${kind}/`, 'lifecycle'],
  ];
}
