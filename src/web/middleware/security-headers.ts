import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { WebSettings } from '../routing/web-dependencies';

const twoYearsSeconds = 63_072_000;

/**
 * For every answer. Only Bitbucket may frame us, so there is no X-Frame-Options: it cannot name another origin.
 * Scripts come from us and from Bitbucket (`all.js`, which tells the host how high the frame is); none is inline.
 */
export function setSecurityHeaders(settings: Pick<WebSettings, 'bitbucketUrl' | 'isProduction'>): RequestHandler[] {
  const bitbucket = new URL(settings.bitbucketUrl).origin;
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", bitbucket],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: [bitbucket],
      },
    },
    frameguard: false,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: settings.isProduction ? { maxAge: twoYearsSeconds, includeSubDomains: false } : false,
  });
  const keepNothing: RequestHandler = (_request, response, next) => {
    response.setHeader('Cache-Control', 'private, no-store');
    next();
  };
  return [headers, keepNothing];
}
