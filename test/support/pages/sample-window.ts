import type { RoomsDependencies } from '../../../src/web/presentation/frame/page-dependencies';
import type { ConnectionState } from '../../../src/web/routing/web-dependencies';

/** No sign-in link is there, and one that is made is always the same. */
export const sampleLinks: RoomsDependencies['ownWindow'] = {
  listLinks: async () => [],
  makeLink: async ({ validMs = 0 }) => ({
    id: '1',
    url: 'https://drumbeat.example/sign-in/link/shown-once',
    validUntil: validMs,
  }),
  revokeLink: async () => false,
};

/** By a token that ends soon, without a webhook. */
export const sampleConnection: ConnectionState = {
  ...{ kind: 'access_token', status: 'live', tokenForm: 'access_token', repositories: null },
  givenAt: Date.parse('2026-03-12T09:00:00Z'),
  expiry: { sentence: 'The token ends on 3 December 2026.', wayOut: 'drumbeat rotate acme', announced: 30 },
  hook: { sentence: 'There is no webhook; Bitbucket is asked what moved.', wayOut: null, isTrouble: false },
  lastNoticeAt: null,
  problem: null,
};
