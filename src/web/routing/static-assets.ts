import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { lookUp } from '../../domain/look-up';

/** `public/` lies at the root, beside `src` and beside `dist`. */
const publicFolder = path.resolve(__dirname, '../../../public');
const builtFolder = path.join(publicFolder, 'built');

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Changes when any script or style does; stands in the address of each (`?v=`). */
export const assetVersion = computeVersion();

function computeVersion(): string {
  const hash = createHash('sha256');
  const files = listBuilt().filter((file) => path.extname(file) in types);
  for (const file of files) hash.update(file).update(readFileSync(path.join(builtFolder, file)));
  return hash.digest('hex').slice(0, 12);
}

function listBuilt(): string[] {
  return existsSync(builtFolder) ? readdirSync(builtFolder).sort() : [];
}

/** What the build has compressed, as a browser asks for it: the smaller one first. */
const compressed = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;
const built = new Set(listBuilt().map((file) => `/built/${file}`));

/** Leads on to the compressed file, where there is one that the browser takes. */
function chooseCompressed(request: Request, response: Response): void {
  const type = lookUp(types, path.extname(request.path));
  if (type === undefined || !built.has(request.path)) return;
  response.vary('Accept-Encoding');
  response.setHeader('Content-Type', type);
  const chosen = compressed.find(
    ([encoding, end]) => built.has(`${request.path}${end}`) && request.acceptsEncodings(encoding) !== false,
  );
  if (chosen === undefined) return;
  response.setHeader('Content-Encoding', chosen[0]);
  request.url = `${request.path}${chosen[1]}`;
}

/** Kept for a year under the present version; asked again each time under any other. */
export function serveAssets(): RequestHandler[] {
  const setCaching: RequestHandler = (request, response, next) => {
    const isCurrent = request.query['v'] === assetVersion;
    response.setHeader('Cache-Control', isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache');
    chooseCompressed(request, response);
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
