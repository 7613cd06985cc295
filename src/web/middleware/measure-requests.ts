import type { RequestHandler } from 'express';
import { Histogram, type Registry } from 'prom-client';
import { apiPath, connectPaths, pagesPath, publicPath } from '../routing/paths';

const nanosecondsInSecond = 1e9;

/** How long answers take, by kind of address: few label values, and none that a request chooses. */
export function measureRequests(registry: Registry, basePath: string): RequestHandler {
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
      const kind = toKind(request.originalUrl.slice(basePath.length));
      seconds.observe({ kind, status }, Number(process.hrtime.bigint() - startedAt) / nanosecondsInSecond);
    });
    next();
  };
}

const kinds: readonly (readonly [string, string])[] = [
  [connectPaths.notices, 'notice'],
  ['/connect/', 'lifecycle'],
  [`${apiPath}/`, 'api'],
  [`${pagesPath}/`, 'page'],
  [`${publicPath}/`, 'asset'],
];

function toKind(path: string): string {
  return kinds.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'other';
}
