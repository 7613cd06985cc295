import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import express, { type RequestHandler } from 'express';

/** `public/` lies at the root, beside `src` and beside `dist`. */
const publicFolder = path.resolve(__dirname, '../../../public');
const builtFolder = path.join(publicFolder, 'built');

/** Changes when any script or style does; stands in the address of each (`?v=`). */
export const assetVersion = computeVersion();

function computeVersion(): string {
  const hash = createHash('sha256');
  const files = existsSync(builtFolder) ? readdirSync(builtFolder).sort() : [];
  for (const file of files) hash.update(file).update(readFileSync(path.join(builtFolder, file)));
  return hash.digest('hex').slice(0, 12);
}

/** Kept for a year under the present version; asked again each time under any other. */
export function serveAssets(): RequestHandler[] {
  const setCaching: RequestHandler = (request, response, next) => {
    const isCurrent = request.query['v'] === assetVersion;
    response.setHeader('Cache-Control', isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache');
    next();
  };
  const files = express.static(publicFolder, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    cacheControl: false,
  });
  return [setCaching, files];
}
