import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { createSilentLog } from '../machine/log';
import { readCaptures, sharedFolder } from '../../test/support/shared-folder';
import { createBitbucketApi } from './bitbucket-api';
import { createBitbucketClient } from './client/bitbucket-client';
import { toCommit, toPullRequestCommit } from './commits/to-commit';
import { BitbucketUnavailable, UnreadablePayload } from './client/errors';
import { toGroup } from './groups/to-group';
import { toNotice } from './notices/to-notice';
import { hash, uuid } from './client/payload';
import { toComment, toUpdate, toVerdict } from './pull-requests/to-activity';
import { toActivityEntry } from './pull-requests/to-activity-entry';
import { toPullRequest } from './pull-requests/to-pull-request';
import { toFileSize } from './pull-requests/to-size';
import { toRepository } from './repositories/to-repository';
import { toWorkspace } from './repositories/to-workspace';
import { toInstant } from './client/time';

const everything = (['api', 'webhooks', 'lifecycle'] as const).flatMap((folder) => readCaptures(folder));

describe('every captured body', () => {
  const translators = [
    ...[toPullRequest, toComment, toUpdate, toFileSize, toCommit, toPullRequestCommit, toRepository, toWorkspace],
    ...[toGroup, (body: unknown) => toVerdict('approval', body)],
    ...[(body: unknown) => toActivityEntry(body, null), (body: unknown) => toActivityEntry(body, 1)],
    ...['repo:push', 'repo:fork', 'pullrequest:approved', 'pullrequest:comment_created', 'pullrequest:unapproved'].map(
      (eventKey) => (body: unknown) => toNotice(eventKey, body),
    ),
  ];

  /** The body, and every object and list in it. */
  function piecesOf(body: unknown): object[] {
    return typeof body === 'object' && body !== null ? [body, ...Object.values(body).flatMap(piecesOf)] : [];
  }

  it.each(everything.map(({ name, body }) => [name, body] as const))(
    '%s, and every piece of it, is understood or refused as unreadable by every translator',
    (_name, body) => {
      const failures = piecesOf(body).flatMap((piece) =>
        translators.flatMap((translate) => {
          try {
            translate(piece);
            return [];
          } catch (error) {
            return error instanceof UnreadablePayload ? [] : [error];
          }
        }),
      );
      expect(failures).toEqual([]);
    },
  );

  /** Every value of a member with one of these names. */
  function valuesOf(names: RegExp, body: unknown): string[] {
    const members = typeof body === 'object' && body !== null ? Object.entries(body) : [];
    return members.flatMap(([name, value]) =>
      typeof value === 'string' && names.test(name) ? [value] : valuesOf(names, value),
    );
  }

  const all = (names: RegExp) => [...new Set(everything.flatMap(({ body }) => valuesOf(names, body)))];

  it('has times in forms that we all know', () => {
    const times = all(/(_on|_at|date|last_accessed)$/).filter((value) => /^\d{4}-/.test(value));
    expect(times.filter((value) => toInstant(value) === null)).toEqual([]);
    const toForm = (value: string) => value.slice(19).replaceAll(/\d/g, '9');
    const forms = new Set(times.map(toForm));
    expect([...forms].sort()).toEqual(
      expect.arrayContaining(['+99:99', '.999999+99:99', '.999999Z', '.99999Z', '.999999999Z']),
    );
    const cut = (value: string) => Date.parse(value.replace(/(\.\d{3})\d+/, '$1').replace(/(T[^Z+]*)$/, '$1Z'));
    expect(times.filter((value) => toInstant(value) !== cut(value))).toEqual([]);
  });

  it('has hashes that we all take', () => {
    const hashes = all(/^hash$/);
    const refused = hashes.filter((value) => !hash.safeParse(value).success);
    expect(refused.filter((value) => /^[0-9a-f]{7,}$/.test(value))).toEqual([]);
    expect(new Set(hashes.map((value) => value.length))).toEqual(new Set([12, 40]));
  });

  it('has UUIDs that we all write in braces', () => {
    const refused = all(/^uuid$/i).filter((value) => !uuid.safeParse(value).success);
    expect(refused.every((value) => /^\{?\}?$/.test(value))).toBe(true);
  });

  it('has links to a next page that we follow on the API host only', () => {
    const client = createBitbucketClient({
      apiUrl: 'https://api.bitbucket.org',
      workspace: '{w}',
      authorise: async () => '',
      budget: { reserve: async () => undefined, pause: async () => undefined, note: async () => undefined },
      clock: { now: () => 0 },
      random: () => 0,
      lane: 'live',
      log: createSilentLog(),
    });
    const links = all(/^next$/).filter((link) => link !== '');
    const foreign = links.filter((link) => !link.startsWith('https://api.bitbucket.org/'));
    for (const link of foreign) {
      expect(() => client.resolve(link)).toThrow(BitbucketUnavailable);
    }
    expect(links.filter((link) => !foreign.includes(link)).map((link) => client.resolve(link))).not.toHaveLength(0);
    expect(foreign).not.toHaveLength(0);
  });
});

describe('what we ask', () => {
  it('is in Bitbucket’s own description', async () => {
    const file = path.join(sharedFolder, 'openapi/bitbucket-cloud-2026-08.json');
    const described = z
      .object({ paths: z.record(z.string(), z.unknown()) })
      .parse(JSON.parse(readFileSync(file, 'utf8')));
    const known = Object.keys(described.paths).map(
      (template) => new RegExp(`^/2\\.0${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
    );
    const asked: string[] = [];
    const client = createBitbucketApi({
      workspace: '{w}',
      log: createSilentLog(),
      resolve: (address) => address,
      getJson: async (_purpose, address) => {
        asked.push(address.replace(/\?.*$/, ''));
        return { values: [] };
      },
    });
    const size = {
      number: 1,
      diffstatUrl: null,
      sourceHash: 'aaaaaaa',
      destinationHash: 'bbbbbbb',
      sourceFullName: 'x',
    };
    await Promise.allSettled([
      client.getWorkspace('{w}'),
      client.listRepositories('{w}', null),
      client.getRepository('{w}', '{r}'),
      client.listPullRequests('{w}', '{r}', { states: ['OPEN'], cursor: null }),
      client.getPullRequest('{w}', '{r}', 1),
      client.listActivity('{w}', '{r}', { number: null, cursor: null }),
      client.listActivity('{w}', '{r}', { number: 1, cursor: null }),
      client.listPullRequestCommits('{w}', '{r}', 1),
      client.listCommits('{w}', '{r}', { include: ['main'], exclude: null, cursor: null }),
      client.getCommit('{w}', '{r}', 'aaaaaaa'),
      client.getSize('{w}', '{r}', size),
      client.getSize('{w}', '{r}', { ...size, sourceHash: null }),
    ]);
    expect(asked).toHaveLength(12);
    expect(asked.filter((address) => !known.some((template) => template.test(address)))).toEqual([]);
  });
});
