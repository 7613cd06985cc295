import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { BitbucketClient } from '../../../src/bitbucket/client/bitbucket-client';
import { createSilentLog } from '../../../src/machine/log';
import { reduceToFields } from './reduce-to-fields';

/**
 * Bodies as Bitbucket writes them, each in a file `<situation>.json`, and beside it in `<situation>.understood.json`
 * the facts that must come of it. All of it is made up.
 */

const endings = /(\.understood)?\.json$/u;

/** Every situation below a folder, by its path without an ending, also where one of its two files is missing. */
export function listSituations(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => endings.test(file));
  return [...new Set(files.map((file) => file.replace(endings, '').replaceAll(path.sep, '/')))].sort();
}

/** A body, by the path of its situation. @throws where there is no such file */
export function readPayload(folder: string, situation: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, `${situation}.json`), 'utf8')) as unknown;
}

/** Compares what comes of a body, or why it is refused, with the file beside it. */
export async function expectUnderstood(
  folder: string,
  situation: string,
  understand: (payload: unknown) => unknown,
): Promise<void> {
  const payload = readPayload(folder, situation);
  const understood = readPayload(folder, `${situation}.understood`);
  expect(writeFacts(await understandOrRefuse(() => understand(payload)))).toEqual(understood);
}

/**
 * What is read of a body, whether Bitbucket sends all of it or only the fields that were asked for: the two may not
 * differ.
 */
export async function readBothWays<T>(payload: unknown, read: (client: BitbucketClient) => Promise<T>): Promise<T> {
  const whole = await read(createClientGiving(() => payload));
  const fieldsOf = (address: URL) => address.searchParams.get('fields')?.split(',') ?? [''];
  expect(await read(createClientGiving((address) => reduceToFields(payload, fieldsOf(address))))).toEqual(whole);
  return whole;
}

function createClientGiving(answer: (address: URL) => unknown): BitbucketClient {
  const resolve = (address: string) => new URL(address, 'https://api.bitbucket.org').href;
  return {
    workspace: '{cccccccc-0000-4000-8000-000000000003}',
    log: createSilentLog(),
    resolve,
    getJson: async (_purpose, address) => answer(new URL(resolve(address))),
  };
}

/** Errors of the client's family have their name for themselves; any other one is a mistake of ours. */
async function understandOrRefuse(understand: () => unknown): Promise<unknown> {
  try {
    return await understand();
  } catch (error) {
    if (error instanceof Error && Object.hasOwn(error, 'name')) {
      return { refused: Object.fromEntries(Object.entries(error)) };
    }
    throw error;
  }
}

/** Facts as a file can hold them: maps as objects, and moments as people read them. */
function writeFacts(facts: unknown): unknown {
  return JSON.parse(JSON.stringify(facts, writeFact)) as unknown;
}

function writeFact(name: string, fact: unknown): unknown {
  if (fact instanceof Map) return Object.fromEntries(fact) as unknown;
  const isMoment = typeof fact === 'number' && /^(at|asOf|.+At)$/u.test(name);
  return isMoment ? new Date(fact).toISOString() : fact;
}
