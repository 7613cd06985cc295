import { z } from 'zod';
import { createSilentLog } from '../../machine/log';
import type { BitbucketClient } from './bitbucket-client';
import { BitbucketUnavailable } from './errors';
import { readAllPages, readPage, translateItems, walkPages, type Page } from './pages';
import { read } from './payload';

const origin = 'https://api.bitbucket.org';
const toItem = (body: unknown) => read(z.object({ id: z.int() }), body).id;
const list = { purpose: 'repositories' as const, address: '/2.0/list?pagelen=2', toItem };

/** Answers by path and query, from memory. */
function createFakeClient(bodies: Record<string, unknown>): BitbucketClient & { asked: string[] } {
  const asked: string[] = [];
  return {
    workspace: '{w}',
    log: createSilentLog(),
    asked,
    getJson: async (_purpose, address) => {
      const path = address.replace(origin, '');
      asked.push(path);
      return bodies[path];
    },
    resolve: (address, from) => {
      const url = new URL(address, from ?? origin);
      if (url.origin !== origin) throw new BitbucketUnavailable({ status: null, reason: `another host, ${url.host}` });
      return url.href;
    },
  };
}

const first = (body: unknown) => readPage(createFakeClient({ '/2.0/list?pagelen=2': body }), list);

describe('a page', () => {
  it('has its items, the address of the next, and the size of the list', async () => {
    const next = `${origin}/2.0/list?page=8xhd`;
    await expect(first({ values: [{ id: 1 }, { id: 2 }], next, size: 5, page: 1, pagelen: 2 })).resolves.toEqual({
      items: [1, 2],
      next,
      size: 5,
      unreadable: [],
    });
  });

  it('may lack its size and its number', async () => {
    await expect(first({ values: [] })).resolves.toEqual({ items: [], next: null, size: null, unreadable: [] });
    await expect(first({ values: [], size: 'many' })).resolves.toMatchObject({ size: null });
  });

  it('is the last one when next is empty or null', async () => {
    await expect(first({ values: [], next: '' })).resolves.toMatchObject({ next: null });
    await expect(first({ values: [], next: null })).resolves.toMatchObject({ next: null });
  });

  it('takes a link that is only a query', async () => {
    await expect(first({ values: [], next: '?ctx=abc' })).resolves.toMatchObject({
      next: `${origin}/2.0/list?ctx=abc`,
    });
  });

  it('names an item that cannot be read and keeps the others', async () => {
    await expect(first({ values: [{ id: 1 }, { id: 'canary' }, null, { id: 4 }] })).resolves.toMatchObject({
      items: [1, 4],
      unreadable: [expect.stringMatching(/^item 2: id: (?!.*canary)/), expect.stringMatching(/^item 3: body: /)],
    });
  });

  it('may be reduced to nothing when the list is empty', async () => {
    await expect(first({})).resolves.toMatchObject({ items: [] });
    await expect(first({ size: 0, pagelen: 50 })).resolves.toMatchObject({ items: [] });
  });

  it.each([
    ['an array', [{ id: 1 }]],
    ['a text', 'ok'],
    ['nothing', null],
    ['an error', { type: 'error', error: { message: '4711' } }],
    ['a size without values', { size: 3 }],
    ['a next without values', { next: `${origin}/2.0/list?page=2` }],
    ['values that are no list', { values: {} }],
  ])('is not %s', async (_what, body) => {
    await expect(first(body)).rejects.toMatchObject({ name: 'BitbucketUnavailable', status: 200 });
  });

  it('does not lead back to itself', async () => {
    await expect(first({ values: [], next: `${origin}/2.0/list?pagelen=2` })).rejects.toThrow('back to itself');
  });

  it('does not lead to another host', async () => {
    await expect(first({ values: [], next: 'https://bitbucket.org/!api/2.0/list?page=2' })).rejects.toThrow(
      'bitbucket.org',
    );
  });

  it('lets our own mistakes through', () => {
    const broken = () => {
      throw new TypeError('ours');
    };
    expect(() => translateItems([1], broken)).toThrow(TypeError);
  });
});

describe('all pages', () => {
  it('are read to the end', async () => {
    const client = createFakeClient({
      '/2.0/list?pagelen=2': { values: [{ id: 1 }, { id: 2 }], next: `${origin}/2.0/list?page=b`, size: 3 },
      '/2.0/list?page=b': { values: [{ id: 3 }, {}], next: '' },
    });
    await expect(readAllPages(client, list)).resolves.toMatchObject({
      items: [1, 2, 3],
      size: 3,
      unreadable: [expect.stringContaining('item 2')],
    });
  });

  it('do not run in circles', async () => {
    const client = createFakeClient({
      '/2.0/list?pagelen=2': { values: [], next: `${origin}/2.0/list?page=b` },
      '/2.0/list?page=b': { values: [], next: `${origin}/2.0/list?page=c` },
      '/2.0/list?page=c': { values: [], next: `${origin}/2.0/list?page=b` },
    });
    await expect(readAllPages(client, list)).rejects.toThrow('in circles');
    expect(client.asked).toHaveLength(3);
  });
});

describe('a walk over pages', () => {
  const page = (items: number[], next: string | null): Page<number> => ({ items, next, size: null, unreadable: [] });
  const walk = async (pages: Record<string, Page<number>>, enough = Infinity) => {
    const items: number[] = [];
    for await (const one of walkPages(async (cursor) => pages[cursor ?? 'first'] ?? page([], null))) {
      items.push(...one.items);
      if (items.length >= enough) break;
    }
    return items;
  };

  it('goes to the end, or as far as is wanted', async () => {
    const pages = { first: page([1, 2], 'b'), b: page([3], null) };
    expect(await walk(pages)).toEqual([1, 2, 3]);
    expect(await walk(pages, 2)).toEqual([1, 2]);
  });

  it('does not run in circles', async () => {
    await expect(walk({ first: page([1], 'b'), b: page([2], 'c'), c: page([3], 'b') })).rejects.toThrow('in circles');
  });
});
