import { toAddress, type Query } from './address';
import type { Purpose } from './bitbucket-client';
import { BitbucketUnavailable } from './errors';
import { nest } from './payload';
import { readAllPages, readPage, type ListingClient, type Page } from './pages';

/** A list of the API: where it is and how its items are understood. */
export interface Listing<T> {
  readonly purpose: Purpose;
  readonly path: string;
  readonly query: Query;
  /** Items a page; `null` for what Bitbucket thinks fit. */
  readonly pagelen: number | null;
  /** What `toItem` reads of an item; nothing else is asked for. Empty: all of it. */
  readonly fields: readonly string[];
  readonly toItem: (body: unknown) => T;
}

/** The page at `cursor` (the `next` of the page before), or the first one. */
export async function readListing<T>(
  client: ListingClient,
  listing: Listing<T>,
  cursor: string | null,
): Promise<Page<T>> {
  return cursor === null
    ? askWithPagelens(listing, (address) => readPage(client, { ...listing, address }))
    : readPage(client, { ...listing, address: cursor });
}

/** The first page, asked for once as it is: where Bitbucket may refuse the query itself, no other length is tried. */
export async function tryListing<T>(client: ListingClient, listing: Listing<T>): Promise<Page<T>> {
  return readPage(client, { ...listing, address: toListAddress(listing, listing.pagelen) });
}

/** Every item of the list. */
export async function readWholeListing<T>(client: ListingClient, listing: Listing<T>): Promise<Omit<Page<T>, 'next'>> {
  return askWithPagelens(listing, (address) => readAllPages(client, { ...listing, address }));
}

/** The largest `pagelen` differs from list to list and has changed before: a 400 costs one smaller try, then none. */
async function askWithPagelens<R>(listing: Listing<unknown>, ask: (address: string) => Promise<R>): Promise<R> {
  const pagelens = listing.pagelen === null ? [] : [listing.pagelen, 20];
  for (const pagelen of pagelens) {
    try {
      return await ask(toListAddress(listing, pagelen));
    } catch (error) {
      if (!(error instanceof BitbucketUnavailable && error.status === 400)) {
        throw error;
      }
    }
  }
  return ask(toListAddress(listing, null));
}

function toListAddress({ path, query, fields }: Listing<unknown>, pagelen: number | null): string {
  const paged: Query = pagelen === null ? query : [['pagelen', String(pagelen)], ...query];
  return toAddress(path, paged, fields.length === 0 ? [] : ['next', 'size', ...nest('values', fields)]);
}
