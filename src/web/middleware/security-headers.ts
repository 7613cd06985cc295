import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Response } from 'express';
import helmet from 'helmet';
import { toHostScript } from '../routing/paths';
import type { WebSettings } from '../routing/web-dependencies';

const twoYearsSeconds = 63_072_000;

type HeaderSettings = Pick<WebSettings, 'baseUrl' | 'bitbucketUrl' | 'isProduction'>;

type HeaderHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * For every answer. Only Bitbucket may frame us, so there is no X-Frame-Options: it cannot name another origin.
 * Scripts come from us, and one from Bitbucket, named by its whole address; none is inline, so none needs a nonce.
 */
export function setSecurityHeaders(settings: HeaderSettings): HeaderHandler[] {
  const bitbucket = new URL(settings.bitbucketUrl).origin;
  const isSecure = settings.isProduction || settings.baseUrl.startsWith('https:');
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: buildPolicy({ scripts: ["'self'", toHostScript(settings.bitbucketUrl)], ancestor: bitbucket }),
    },
    frameguard: false,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: isSecure && { maxAge: twoYearsSeconds, includeSubDomains: false },
  });
  const keepNothing: HeaderHandler = (_request, response, next) => {
    response.setHeader('Cache-Control', 'private, no-store');
    next();
  };
  return [headers, keepNothing];
}

const ownPolicy = Object.entries(buildPolicy({ scripts: ["'self'"], ancestor: "'none'" }))
  .map(([name, values]) => `${name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)} ${values.join(' ')}`)
  .join(';');

/** In the place of those for Bitbucket's frame, for an answer in our own window: nobody frames it, no script but ours. */
export function setOwnWindowHeaders(response: Response): void {
  response.setHeader('Content-Security-Policy', ownPolicy);
  response.setHeader('X-Frame-Options', 'DENY');
}

function buildPolicy({ scripts, ancestor }: { readonly scripts: readonly string[]; readonly ancestor: string }) {
  return {
    defaultSrc: ["'none'"],
    scriptSrc: scripts,
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: [ancestor],
  };
}
