import { z } from 'zod';
import type { BitbucketClient, Purpose } from './bitbucket-client';
import { BitbucketUnavailable, UnreadablePayload } from './errors';
import { orNull } from './payload';

/** What reading a list takes of a client. */
export type ListingClient = Pick<BitbucketClient, 'getJson' | 'resolve'>;

/** One page of a list. */
export interface Page<T> {
  readonly items: T[];
  /** The address of the page after it, on the API host; `null` at the end. Opaque. */
  readonly next: string | null;
  /** How many items all pages hold together, where Bitbucket says so. */
  readonly size: number | null;
  /** What is wrong with each item that could not be understood: its place, paths and expectations, never values. */
  readonly unreadable: string[];
  /** There where the list may lack what Bitbucket has other words for, and refuses to list by those words. */
  readonly isNarrow?: true;
}

export interface PageRequest<T> {
  readonly purpose: Purpose;
  readonly address: string;
  /** @throws UnreadablePayload for an item that cannot be understood */
  readonly toItem: (body: unknown) => T;
}

/** More pages than any list we read to its end can have: beyond, the links run in circles in some clever way. */
const mostPages = 1000;

const pageBody = z.object({
  values: z.array(z.unknown()).optional(),
  next: orNull(z.string()),
  size: orNull(z.int().nonnegative()),
});

/** What an empty list may be reduced to by `fields=`. */
const envelope = new Set(['size', 'page', 'pagelen', 'previous']);

/**
 * One page, item by item.
 * @throws BitbucketUnavailable when it is no page, or its `next` leads back to itself or to another host
 */
export async function readPage<T>(
  client: ListingClient,
  { purpose, address, toItem }: PageRequest<T>,
): Promise<Page<T>> {
  const asked = client.resolve(address);
  const body = await client.getJson(purpose, asked);
  const parsed = pageBody.safeParse(body);
  const values = parsed.success ? (parsed.data.values ?? (isReducedToNothing(body) ? [] : null)) : null;
  if (!parsed.success || values === null) {
    throw new BitbucketUnavailable({ status: 200, reason: 'the answer is no page of a list' });
  }
  const next = toNext(client, parsed.data.next, asked);
  return { ...translateItems(values, toItem), next, size: parsed.data.size };
}

/** All pages of a list. @throws BitbucketUnavailable also when the pages run in circles */
export async function readAllPages<T>(client: ListingClient, request: PageRequest<T>): Promise<Omit<Page<T>, 'next'>> {
  return collectPages((cursor) => readPage(client, { ...request, address: cursor ?? request.address }), mostPages);
}

/** Everything that a list holds. @throws as `walkPages` does */
export async function collectPages<T>(
  ask: (cursor: string | null) => Promise<Page<T>>,
  most = mostPagesOfWalk,
): Promise<Omit<Page<T>, 'next'>> {
  const items: T[] = [];
  const unreadable: string[] = [];
  let size: number | null = null;
  for await (const page of walkPages(ask, most)) {
    items.push(...page.items);
    unreadable.push(...page.unreadable);
    size ??= page.size;
  }
  return { items, unreadable, size };
}

/** More pages than a repository with half a million pull requests has. */
const mostPagesOfWalk = 10_000;

/**
 * The pages of a list one after the other; whoever has seen enough stops asking.
 * @throws BitbucketUnavailable when the pages run in circles
 */
export async function* walkPages<T>(
  ask: (cursor: string | null) => Promise<Page<T>>,
  most = mostPagesOfWalk,
): AsyncGenerator<Page<T>> {
  const seen = new Set<string>();
  for (let cursor: string | null = null; ;) {
    const page: Page<T> = await ask(cursor);
    yield page;
    cursor = page.next;
    if (cursor === null) return;
    if (seen.has(cursor) || seen.size === most) {
      throw new BitbucketUnavailable({ status: 200, reason: 'the pages of a list run in circles' });
    }
    seen.add(cursor);
  }
}

/** Each item by itself: one that nobody understands is named and left out, the others are kept. */
export function translateItems<T>(
  values: readonly unknown[],
  toItem: (body: unknown) => T,
): { items: T[]; unreadable: string[] } {
  const items: T[] = [];
  const unreadable: string[] = [];
  values.forEach((value, index) => {
    try {
      items.push(toItem(value));
    } catch (error) {
      if (!(error instanceof UnreadablePayload)) {
        throw error;
      }
      unreadable.push(`item ${index + 1}: ${error.problems.join('; ')}`);
    }
  });
  return { items, unreadable };
}

/** An empty `next` is the end, as a missing one is. */
function toNext(client: ListingClient, link: string | null, asked: string): string | null {
  if (link === null || link === '') {
    return null;
  }
  const next = client.resolve(link, asked);
  if (next === asked) {
    throw new BitbucketUnavailable({ status: 200, reason: 'a page of a list leads back to itself' });
  }
  return next;
}

function isReducedToNothing(body: unknown): boolean {
  const members = Object.entries(body ?? {});
  return members.every(([name, value]) => envelope.has(name) && (name !== 'size' || value === 0));
}
